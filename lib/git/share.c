#include "git/share.h"

#include <sys/stat.h>

enum { GROUP = 0660, ALL = 0664, RIGHTS = 0777, OWNER = 0600, READ = 0444, WRITE = 0222 };

/* As git_config_perm of git's setup.c. */
static int parse(const char *text)
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
		setting = parse(text);
	git_config_free(config);
	return setting;
}

/* As adjust_shared_perm of git's path.c. */
static mode_t adjusted(mode_t mode, int setting)
{
	mode_t rights = (mode_t)(setting < 0 ? -setting : setting);
	if (!(mode & S_IWUSR))
		rights &= ~(mode_t)WRITE;
	if (mode & S_IXUSR)
		rights |= (rights & READ) >> 2;
	mode_t now = (setting < 0 ? mode & ~(mode_t)RIGHTS : mode) | rights;
	return S_ISDIR(mode) ? now | (now & READ) >> 2 | S_ISGID : now;
}

void share_open(const struct git_repo *repo, int fd)
{
	struct stat st;
	if (repo->shared && fstat(fd, &st) == 0)
		(void)fchmod(fd, adjusted(st.st_mode, repo->shared) & 07777);
}

void share_path(const struct git_repo *repo, const char *path)
{
	struct stat st;
	if (repo->shared && lstat(path, &st) == 0 && !S_ISLNK(st.st_mode))
		(void)chmod(path, adjusted(st.st_mode, repo->shared) & 07777);
}
