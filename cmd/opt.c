#include "opt.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

/* By name (of that many bytes), or where n is 0 by letter. */
static const struct opt *find_option(const struct opts *opts, const char *name, size_t n,
				     char letter)
{
	for (size_t t = 0; t < ARRAY_LEN(opts->tables); t++)
		for (const struct opt *o = opts->tables[t]; o && o->name; o++)
			if (n ? strlen(o->name) == n && memcmp(o->name, name, n) == 0
			      : letter && o->letter == letter)
				return o;
	return NULL;
}

static const char *nearest_option(const struct opts *opts, struct str name)
{
	const char *best = NULL;
	size_t least = name.n > 4 ? 3 : 2;
	for (size_t t = 0; t < ARRAY_LEN(opts->tables); t++)
		for (const struct opt *o = opts->tables[t]; o && o->name; o++) {
			size_t distance =
			    name.n < 64 ? text_distance(name, str_of(o->name), least) : least;
			if (distance < least) {
				least = distance;
				best = o->name;
			}
		}
	return best;
}

static int fail_unknown(const struct opts *opts, struct str name, struct kith_error *err)
{
	const char *near = nearest_option(opts, name);
	if (near)
		return kith_fail(err, KITH_INVALID, "unknown option --%.*s (did you mean --%s?)",
				 STR_ARG(str_upto(name, 64)), near);
	return kith_fail(err, KITH_INVALID, "unknown option --%.*s", STR_ARG(str_upto(name, 64)));
}

static const char *article(const char *value)
{
	return strchr("AEIO", value[0]) ? "an" : "a";
}

static int fail_value(const struct opt *o, bool letter, struct kith_error *err)
{
	if (letter)
		return kith_fail(err, KITH_INVALID, "-%c needs %s %s", o->letter, article(o->value),
				 o->value);
	return kith_fail(err, KITH_INVALID, "--%s needs %s %s", o->name, article(o->value),
			 o->value);
}

static void give(struct opts *opts, const struct opt *o, const char *value)
{
	opts->given[opts->given_count++] = (struct opt_given){o, value};
}

/* `--name`, `--name=value`, or `--name` and the next one. Moves *at where it took that. */
static int take_long(struct opts *opts, char *const *args, size_t count, size_t *at,
		     struct kith_error *err)
{
	struct str arg = str_from(str_of(args[*at]), 2);
	size_t equals = str_find_char(arg, '=');
	struct str name = str_upto(arg, equals);
	const char *value = equals < arg.n ? arg.p + equals + 1 : NULL;
	const struct opt *o = name.n ? find_option(opts, name.p, name.n, 0) : NULL;
	if (!o)
		return fail_unknown(opts, name, err);
	if (!o->value && value)
		return kith_fail(err, KITH_INVALID, "--%s takes no value", o->name);
	if (o->value && !value && *at + 1 >= count)
		return fail_value(o, false, err);
	if (o->value && !value)
		value = args[++*at];
	give(opts, o, value);
	return 0;
}

/* `-e`, `-ab`, `-C dir`, `-Cdir`. */
static int take_letters(struct opts *opts, char *const *args, size_t count, size_t *at,
			struct kith_error *err)
{
	for (const char *c = args[*at] + 1; *c; c++) {
		const struct opt *o = find_option(opts, NULL, 0, *c);
		if (!o)
			return kith_fail(
			    err, KITH_INVALID,
			    "unknown option %.*s (what stands after -- may begin with -)",
			    STR_ARG(str_upto(str_of(args[*at]), 64)));
		if (!o->value) {
			give(opts, o, NULL);
			continue;
		}
		if (c[1] == '\0' && *at + 1 >= count)
			return fail_value(o, true, err);
		give(opts, o, c[1] ? c + 1 : args[++*at]);
		break;
	}
	return 0;
}

/* `- [ ] send it` is text. */
static bool is_option(const char *arg)
{
	return arg[0] == '-' && arg[1] != '\0' && arg[1] != ' ';
}

int opts_parse(struct opts *opts, char *const *args, size_t count, struct arena *arena,
	       struct kith_error *err)
{
	size_t letters = 0, raw = SIZE_MAX;
	int rc = 0;
	for (size_t i = 0; i < count; i++)
		letters += strlen(args[i]);
	opts->given = ARENA_ARRAY(arena, struct opt_given, letters + 1);
	opts->words = ARENA_ARRAY(arena, const char *, count + 1);
	for (size_t i = 0; i < count && rc == 0; i++) {
		if (strcmp(args[i], "--") == 0) {
			raw = opts->words_count;
			while (++i < count)
				opts->words[opts->words_count++] = args[i];
		} else if (!is_option(args[i])) {
			opts->words[opts->words_count++] = args[i];
		} else if (args[i][1] == '-') {
			rc = take_long(opts, args, count, &i, err);
		} else {
			rc = take_letters(opts, args, count, &i, err);
		}
	}
	opts->raw = raw < opts->words_count ? raw : opts->words_count;
	return rc;
}

bool opts_has(const struct opts *opts, const char *name)
{
	for (size_t i = 0; i < opts->given_count; i++)
		if (strcmp(opts->given[i].opt->name, name) == 0)
			return true;
	return false;
}

const char *opts_next(const struct opts *opts, const char *name, size_t *at)
{
	while (*at < opts->given_count) {
		const struct opt_given *given = &opts->given[(*at)++];
		if (strcmp(given->opt->name, name) == 0)
			return given->value;
	}
	return NULL;
}

const char *opts_value(const struct opts *opts, const char *name)
{
	const char *last = NULL, *value;
	for (size_t at = 0; (value = opts_next(opts, name, &at));)
		last = value;
	return last;
}

const char *opts_output(const struct opts *opts)
{
	const char *file = opts_value(opts, "output");
	return file && str_eq(str_of(file), STR("-")) ? NULL : file;
}

size_t opts_first_word(char *const *args, size_t count, const struct opt *common)
{
	const struct opts opts = {.tables = {common}};
	for (size_t i = 0; i < count; i++) {
		if (!is_option(args[i]))
			return i;
		const char *arg = args[i];
		bool is_long = arg[1] == '-';
		const struct opt *o = is_long ? find_option(&opts, arg + 2, strlen(arg + 2), 0)
					      : find_option(&opts, NULL, 0, arg[1]);
		if (o && o->value && (is_long || arg[2] == '\0'))
			i++;
	}
	return count;
}

struct str opts_joined(const struct opts *opts, size_t from, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = from; i < opts->words_count; i++) {
		buf_addz(&b, i > from ? " " : "");
		buf_addz(&b, opts->words[i]);
	}
	return arena_take(arena, &b);
}
