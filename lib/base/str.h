/*
 * A borrowed slice of bytes: pointer and length, not NUL-terminated, owned by
 * somebody else (an arena, a file's image, a literal). A slice with p == NULL
 * means "absent", which differs from an empty text. Functions here allocate
 * nothing and work on bytes; case is ASCII's (Unicode: base/text.h).
 */
#ifndef KITH_BASE_STR_H
#define KITH_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

/* Made inline where a call would cost more than what it does: reading calls these most. */

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_NONE     ((struct str){NULL, 0})
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

static inline struct str str_of(const char *z)
{
	return (struct str){z, z ? strlen(z) : 0};
}

static inline struct str str_from(struct str s, size_t at)
{
	if (!s.p)
		return s;
	return at > s.n ? (struct str){s.p + s.n, 0} : (struct str){s.p + at, s.n - at};
}

static inline struct str str_upto(struct str s, size_t n)
{
	return (struct str){s.p, n < s.n ? n : s.n};
}

static inline struct str str_slice(struct str s, size_t from, size_t to)
{
	return str_from(str_upto(s, to), from);
}

/* The byte there, or NUL past the end. */
static inline char str_at(struct str s, size_t i)
{
	return i < s.n ? s.p[i] : '\0';
}

static inline bool str_is_blank_char(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool str_is_space_char(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool str_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline char str_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline bool str_is_alpha(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Equal but for ASCII case. */
bool str_ieq(struct str a, struct str b);
/* strcmp's order on bytes (which is code point order for UTF-8). */
int str_cmp(struct str a, struct str b);
/* Sorts by that order; items may be NULL where count is 0. */
void str_sort(struct str *items, size_t count);
/* Whether a text is among sorted ones. */
bool str_is_among(const struct str *sorted, size_t count, struct str text);
static inline bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_istarts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Index of the first such byte or text, or s.n where there is none. */
static inline size_t str_find_char(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
	return at ? (size_t)(at - s.p) : s.n;
}

size_t str_find(struct str s, struct str needle);

/* Without ASCII white space at both ends (line ends too), or at one. */
static inline struct str str_ltrim(struct str s)
{
	while (s.n && str_is_space_char(s.p[0]))
		s = (struct str){s.p + 1, s.n - 1};
	return s;
}

/* How many digits it begins with. */
static inline size_t str_digits(struct str s)
{
	size_t n = 0;
	while (n < s.n && str_is_digit(s.p[n]))
		n++;
	return n;
}

/* Without blanks and tabs at the beginning; line ends stay. */
static inline struct str str_ltrim_blanks(struct str s)
{
	while (s.n && str_is_blank_char(s.p[0]))
		s = (struct str){s.p + 1, s.n - 1};
	return s;
}

/* How many blanks and tabs it begins with. */
static inline size_t str_blanks(struct str s)
{
	return s.n - str_ltrim_blanks(s).n;
}

static inline struct str str_rtrim(struct str s)
{
	while (s.n && str_is_space_char(s.p[s.n - 1]))
		s.n--;
	return s;
}

static inline struct str str_trim(struct str s)
{
	return str_rtrim(str_ltrim(s));
}

/* Lines. LF, CRLF and a CR alone end one, as in CommonMark; nothing else does. */

/* The length of the first line, without its end or with it. */
size_t str_line(struct str s);
size_t str_full_line(struct str s);
/* Whether a line begins at the offset; where the one begins that holds it. */
bool str_begins_line(struct str s, size_t at);
size_t str_line_start(struct str s, size_t at);
/* Takes the first line off *rest, without its end; false at the end. */
bool str_next_line(struct str *rest, struct str *line);

/* Whether one of the lines is that, but for white space at its ends. */
bool str_holds_line(struct str text, struct str line);

/* A path's name: what follows the last '/', or all of it where there is none. */
struct str str_base(struct str path);
/* A path's folder: what stands before that name, with the '/'; "" where there is none. */
struct str str_folder(struct str path);
/* Whether a path is folder, which may end in '/', or below it; "" and "." hold everything. */
bool str_is_below(struct str path, struct str folder);

/* A whole number of digits alone, at most max; -1 where it is none or larger. */
long str_number(struct str s, long max);

#endif
