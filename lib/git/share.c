#include "git/share.h"

enum { GROUP = 0660, ALL = 0664, RIGHTS = 0777, OWNER = 0600, READ = 0444 };

/* As git_config_perm of git's setup.c. */
static int parse_shared(const char *text)
{
	static const struct {
		const char *name;
		int rights;
	} words[] = {{"umask", 0},       {"group", GROUP}, {"all", ALL}, {"world", ALL},
		     {"everybody", ALL}, {"0", 0},         {"1", GROUP}, {"2", ALL}};
	int number = 0, on = 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(text, words[i].name) == 0)
			return words[i].rights;
	for (const char *p = text; *p >= '0' && *p <= '7' && number <= RIGHTS; p++)
		number = number * 8 + (*p - '0');
	if (number > 1)
		return (number & OWNER) == OWNER ? -(number & 0666) : 0;
	return git_config_parse_bool(&on, text) == 0 && on ? GROUP : 0;
}

int share_setting(git_repository *handle)
{
	git_config *config = NULL;
	const char *text = NULL;
	int setting = 0;
	if (git_repository_config_snapshot(&config, handle) == 0 &&
	    git_config_get_string(&text, config, "core.sharedRepository") == 0)
		setting = parse_shared(text);
	git_config_free(config);
	return setting;
}

mode_t share_begin(const struct git_repo *repo)
{
	mode_t rights = (mode_t)(repo->shared < 0 ? -repo->shared : repo->shared);
	mode_t before = umask(077);
	/* What may be read may be entered, if it is a folder. */
	rights |= (rights & READ) >> 2;
	umask(repo->shared < 0 ? RIGHTS & ~rights : before & ~rights);
	return before;
}

void share_end(mode_t mask)
{
	umask(mask);
}
