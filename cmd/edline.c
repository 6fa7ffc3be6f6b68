#include "edline.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <histedit.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/fs.h"
#include "base/text.h"
#include "people/find.h"
#include "prompt.h"

#define KEPT_LINES 500
/* Names of more words are not completed. */
#define MOST_WORDS 5
/* So many names are listed where several fit. */
#define MOST_LISTED 12

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define PASTE_END "\033[201~"

/* What is taken of the library. */
#define FUNCTIONS(USE)                                                                             \
	USE(el_init)                                                                               \
	USE(el_end)                                                                                \
	USE(el_set)                                                                                \
	USE(el_gets)                                                                               \
	USE(el_wgetc)                                                                              \
	USE(el_insertstr)                                                                          \
	USE(el_deletestr)                                                                          \
	USE(el_line)                                                                               \
	USE(history_init)                                                                          \
	USE(history_end)                                                                           \
	USE(history)

#define FUNCTION_MEMBER(name) __typeof__(name) *name;
#define FUNCTION_NAME(name)   #name,

struct edit_library {
	FUNCTIONS(FUNCTION_MEMBER)
};

/* A prompt while it stands. */
struct edline {
	struct edit_library use;
	struct writing *w;
	char *label;
	EditLine *edit;
	History *history;
};

static bool load_library(struct edit_library *use)
{
	static const char *const names[] = {FUNCTIONS(FUNCTION_NAME)};
	void *handle = dlopen("libedit.so.2", RTLD_NOW | RTLD_LOCAL);
	void *found[ARRAY_LEN(names)];
	for (size_t i = 0; handle && i < ARRAY_LEN(names); i++)
		if (!(found[i] = dlsym(handle, names[i])))
			return false;
	if (handle)
		memcpy(use, found, sizeof(*use));
	return handle != NULL;
}

/* libedit's callbacks get nothing of ours. */
static struct edline *standing;

static char *shown_label(EditLine *edit)
{
	(void)edit;
	return standing->label;
}

/* ---- what is pasted ---- */

/* Line ends and other controls become blanks, so that it is one line, and runs nothing. */
static unsigned char take_paste(EditLine *edit, int key)
{
	struct edline *e = standing;
	struct buf b;
	wchar_t c;
	char bytes[MB_LEN_MAX];
	(void)key;
	buf_init(&b, PROMPT_MAX);
	while (!str_ends(buf_str(&b), STR(PASTE_END)) && e->use.el_wgetc(edit, &c) == 1) {
		int n = wctomb(bytes, c);
		if (n > 0)
			buf_add(&b, (struct str){bytes, (size_t)n});
	}
	struct str all = buf_str(&b);
	if (str_ends(all, STR(PASTE_END)))
		all = str_upto(all, all.n - strlen(PASTE_END));
	struct str line = str_trim(text_line(all, e->w->context->arena));
	e->use.el_insertstr(edit, arena_str(e->w->context->arena, line).p);
	buf_release(&b);
	return CC_REFRESH;
}

/* ---- names ---- */

/* The last words before the cursor, so many; all of them where there are fewer. */
static struct str last_words(struct str before, size_t count)
{
	size_t from = before.n;
	for (size_t words = 0; from > 0; from--) {
		char c = before.p[from - 1];
		bool ends = c == ' ' || c == ',' || c == '[' || c == '(';
		if (ends && (c != ' ' || ++words == count))
			break;
	}
	return str_from(before, from);
}

/* How much two names have in common at their beginnings, in whole characters. */
static size_t common_length(struct str a, struct str b)
{
	size_t n = 0;
	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	while (n > 0 && n < a.n && ((unsigned char)a.p[n] & 0xC0) == 0x80)
		n--;
	return n;
}

/* Whose name is being typed: how many, and in *name what all of them have in common. */
static size_t fitting(struct str *name, struct strs *all, const struct journal *everybody,
		      struct str begun, struct arena *arena)
{
	struct found found = {.count = 0};
	all->count = 0;
	if (text_words(begun, arena).n)
		find_begun(&found, everybody, begun, arena);
	for (size_t i = 0; i < found.count; i++) {
		struct str line = text_line(everybody->contacts[found.who[i]].name, arena);
		*name = all->count ? str_upto(*name, common_length(*name, line)) : line;
		all->items[all->count++] = line;
	}
	return all->count;
}

/* Whether what several names have in common holds more than what is typed: `ada` for `love` does
 * not. */
static bool goes_further(struct str common, struct str begun, struct arena *arena)
{
	struct str key = text_key(common, arena), typed = text_key(begun, arena);
	return key.n > typed.n && str_find(key, typed) < key.n;
}

static unsigned char list_names(const struct strs *names)
{
	fputc('\n', stderr);
	for (size_t i = 0; i < names->count && i < MOST_LISTED; i++)
		fprintf(stderr, "%s%.*s", i ? ", " : "", STR_ARG(names->items[i]));
	fputs(names->count > MOST_LISTED ? ", \xE2\x80\xA6\n" : "\n", stderr);
	return CC_REDISPLAY;
}

/* The longest run of words before the cursor that begins in somebody's name becomes that. */
static unsigned char complete_name(EditLine *edit, int key)
{
	struct edline *e = standing;
	struct arena *arena = e->w->context->arena;
	const LineInfo *line = e->use.el_line(edit);
	struct str before = {line->buffer, (size_t)(line->cursor - line->buffer)}, name;
	const struct journal *everybody;
	struct strs names;
	(void)key;
	if (writing_everybody(e->w, &everybody) != EXIT_FINE)
		return CC_ERROR;
	names.items = ARENA_ARRAY(arena, struct str, everybody->count);
	for (size_t count = MOST_WORDS; count > 0; count--) {
		struct str begun = last_words(before, count);
		if (!fitting(&name, &names, everybody, begun, arena))
			continue;
		if (names.count > 1 && !goes_further(name, begun, arena))
			return list_names(&names);
		e->use.el_deletestr(edit, (int)text_length(begun));
		e->use.el_insertstr(edit, arena_str(arena, name).p);
		return CC_REFRESH;
	}
	return CC_ERROR;
}

/* ---- the terminal ---- */

/* libedit has put the terminal back, and gives the signal on. */
static void leave_on_signal(int number)
{
	const struct sigaction plain = {.sa_handler = SIG_DFL};
	if (write(STDERR_FILENO, PASTE_OFF "\n", sizeof(PASTE_OFF "\n") - 1) < 0)
		_exit(EXIT_PROBLEM);
	sigaction(number, &plain, NULL);
	raise(number);
}

static void bind_keys(struct edline *e)
{
	/* As terminals send them; what libedit knows of the terminal itself comes beside. */
	static const char *const keys[][2] = {
	    {"\t", "names"},
	    {"\033[200~", "paste"},
	    {"\033[H", "ed-move-to-beg"},
	    {"\033[F", "ed-move-to-end"},
	    {"\033OH", "ed-move-to-beg"},
	    {"\033OF", "ed-move-to-end"},
	    {"\033[1~", "ed-move-to-beg"},
	    {"\033[4~", "ed-move-to-end"},
	    {"\033[7~", "ed-move-to-beg"},
	    {"\033[8~", "ed-move-to-end"},
	    {"\033[3~", "ed-delete-next-char"},
	    {"\033[D", "ed-prev-char"},
	    {"\033[C", "ed-next-char"},
	    {"\033OD", "ed-prev-char"},
	    {"\033OC", "ed-next-char"},
	    {"\033[1;5D", "ed-prev-word"},
	    {"\033[1;5C", "em-next-word"},
	    {"\033[1;3D", "ed-prev-word"},
	    {"\033[1;3C", "em-next-word"},
	    {"\027", "ed-delete-prev-word"},
	    {"\022", "em-inc-search-prev"},
	};
	e->use.el_set(e->edit, EL_ADDFN, "paste", "takes what is pasted", take_paste);
	e->use.el_set(e->edit, EL_ADDFN, "names", "completes a name", complete_name);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		e->use.el_set(e->edit, EL_BIND, keys[i][0], keys[i][1], NULL);
}

static const char *history_path(struct context *context)
{
	struct kith_error ignored = {0};
	const char *state = getenv("XDG_STATE_HOME"), *home = context->around.home;
	if (!(state && *state) && !(home && *home))
		return NULL;
	struct str folder = state && *state
				? arena_printf(context->arena, "%s/kith", state)
				: arena_printf(context->arena, "%s/.local/state/kith", home);
	if (fs_make_folders(AT_FDCWD, folder.p, &ignored))
		return NULL;
	return arena_printf(context->arena, "%s/history", folder.p).p;
}

static struct str read_edited(struct edline *e)
{
	struct context *context = e->w->context;
	const char *path = history_path(context);
	int n = 0;
	HistEvent event;
	e->use.history(e->history, &event, H_SETSIZE, KEPT_LINES);
	e->use.history(e->history, &event, H_SETUNIQUE, 1);
	if (path)
		e->use.history(e->history, &event, H_LOAD, path);
	const char *line = e->use.el_gets(e->edit, &n);
	if (!line || n <= 0)
		return STR_NONE;
	struct str said = str_trim((struct str){line, (size_t)n});
	said = arena_str(context->arena, said);
	if (said.n && path) {
		mode_t mask = umask(077);
		e->use.history(e->history, &event, H_ENTER, said.p);
		e->use.history(e->history, &event, H_SAVE, path);
		umask(mask);
	}
	return said;
}

bool edline_is_possible(void)
{
	const char *terminal = getenv("TERM");
	return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 && terminal && *terminal &&
	       strcmp(terminal, "dumb") != 0;
}

/* Between the two, the terminal is libedit's. */
static void read_on_terminal(struct str *line, struct edline *e)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	const struct sigaction leave = {.sa_handler = leave_on_signal};
	struct sigaction before[ARRAY_LEN(signals)];
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		sigaction(signals[i], &leave, &before[i]);
	standing = e;
	e->use.el_set(e->edit, EL_PROMPT, shown_label);
	e->use.el_set(e->edit, EL_EDITOR, "emacs");
	e->use.el_set(e->edit, EL_SIGNAL, 1);
	e->use.el_set(e->edit, EL_HIST, e->use.history, e->history);
	bind_keys(e);
	fputs(PASTE_ON, stderr);
	*line = read_edited(e);
	fputs(line->p ? PASTE_OFF : PASTE_OFF "\n", stderr);
	fflush(stderr);
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		sigaction(signals[i], &before[i], NULL);
}

bool edline_read(struct str *line, struct writing *w, struct str label)
{
	struct arena *arena = w->context->arena;
	struct str shown = arena_printf(arena, "%.*s> ", STR_ARG(text_line(label, arena)));
	struct edline e = {.w = w, .label = arena_copy(arena, shown.p, shown.n + 1, 1)};
	if (!load_library(&e.use) || !(e.history = e.use.history_init()))
		return false;
	setlocale(LC_CTYPE, "C.UTF-8");
	e.edit = e.use.el_init("kith", stdin, stderr, stderr);
	if (e.edit) {
		read_on_terminal(line, &e);
		e.use.el_end(e.edit);
		/* A second line, pasted where nothing marks it, shall not run in the shell. */
		tcflush(STDIN_FILENO, TCIFLUSH);
	}
	e.use.history_end(e.history);
	return e.edit != NULL;
}
