#include "note/scalar.h"

#include "base/utf8.h"

/* More digits than these lose some where a reader makes a double of them. */
#define MOST_DIGITS 15

static bool is_any(struct str text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_ieq(text, str_of(words[i])))
			return true;
	return false;
}

/* What the type repository of YAML 1.1 or the core schema of 1.2 makes a boolean, null or key. */
static bool is_word(struct str text)
{
	static const char *const words[] = {"y",    "n",     "yes",   "no",    "on",  "off",
					    "true", "false", "null",  "~",     "=",   "<<",
					    ".inf", ".nan",  "+.inf", "-.inf", "---", "..."};
	return is_any(text, words, ARRAY_LEN(words));
}

static bool is_based(struct str text)
{
	if (text.n < 3 || text.p[0] != '0')
		return false;
	char base = str_lower(text.p[1]);
	if (base != 'x' && base != 'o' && base != 'b')
		return false;
	for (size_t i = 2; i < text.n; i++) {
		char c = str_lower(text.p[i]);
		if (!str_is_digit(c) && c != '_' && !(c >= 'a' && c <= 'f'))
			return false;
	}
	return true;
}

/* 0x1F, 017, 1_000, 1.5, 1e3, 12:30 (sexagesimal): wider than the schemas have them. */
static bool is_number(struct str text)
{
	bool sign = text.n && (text.p[0] == '+' || text.p[0] == '-');
	struct str rest = str_from(text, sign);
	size_t digits = 0, at = 0;
	if (is_based(rest))
		return true;
	for (; at < rest.n; at++) {
		char c = rest.p[at];
		digits += str_is_digit(c);
		if (!str_is_digit(c) && c != '_' && c != '.' && c != ':' && c != ',')
			break;
	}
	if (digits == 0)
		return false;
	if (at < rest.n && str_lower(rest.p[at]) == 'e') {
		at++;
		at += at < rest.n && (rest.p[at] == '+' || rest.p[at] == '-');
		while (at < rest.n && (str_is_digit(rest.p[at]) || rest.p[at] == '_'))
			at++;
	}
	return at == rest.n;
}

static bool is_plain_number(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!str_is_digit(text.p[i]))
			return false;
	return text.n && text.n <= MOST_DIGITS && (text.p[0] != '0' || text.n == 1);
}

/* NEL, LS, PS and BOM, C1, what is no character: other readers break lines or fail there. */
static bool needs_escape(int32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
	       (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

static bool is_printable(struct str text)
{
	int32_t c;
	for (size_t at = 0, n; at < text.n; at += n) {
		n = utf8_decode_any(text, at, &c);
		if (needs_escape(c))
			return false;
	}
	return true;
}

static bool is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/* An indicator may not come first, but `-`, where it cannot be a list's. */
static bool may_begin_plain(struct str text, bool flow)
{
	char next = text.n > 1 ? text.p[1] : ' ';
	if (text.p[0] == '-')
		return !is_one_of(next, flow ? " ,[]{}" : " ");
	return !is_one_of(text.p[0], "?:,[]{}#&*!|>'\"%@`");
}

bool scalar_fits_plain(struct str text, bool flow)
{
	if (text.n == 0 || !is_printable(text) || !may_begin_plain(text, flow))
		return false;
	if (text.p[0] == ' ' || text.p[text.n - 1] == ' ' || text.p[text.n - 1] == ':')
		return false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : 'x';
		if ((c == ':' && next == ' ') || (c == ' ' && next == '#'))
			return false;
		if (flow && (is_one_of(c, ",[]{}?") || (c == ':' && is_one_of(next, "'\"#"))))
			return false;
	}
	return true;
}

/* The same, where every reader takes it for a text (a date, a number as it stands). */
static bool is_plain_to_all(struct str text, bool flow)
{
	return scalar_fits_plain(text, flow) && !is_word(text) &&
	       (!is_number(text) || is_plain_number(text));
}

static void add_escape(struct buf *out, int32_t c)
{
	switch (c) {
	case '\t':
		buf_addz(out, "\\t");
		return;
	case '\n':
		buf_addz(out, "\\n");
		return;
	case '\r':
		buf_addz(out, "\\r");
		return;
	case 0x85:
		buf_addz(out, "\\N");
		return;
	case 0x2028:
		buf_addz(out, "\\L");
		return;
	case 0x2029:
		buf_addz(out, "\\P");
		return;
	default:
		buf_printf(out,
			   c < 0x100     ? "\\x%02X"
			   : c < 0x10000 ? "\\u%04X"
					 : "\\U%08X",
			   (unsigned)c);
	}
}

static void add_double(struct buf *out, struct str text)
{
	int32_t c;
	buf_addc(out, '"');
	for (size_t at = 0, n; at < text.n; at += n) {
		n = utf8_decode_any(text, at, &c);
		if (c == '"' || c == '\\')
			buf_addc(out, '\\');
		if (needs_escape(c))
			add_escape(out, c);
		else
			buf_add(out, str_slice(text, at, at + n));
	}
	buf_addc(out, '"');
}

static void add_single(struct buf *out, struct str text)
{
	buf_addc(out, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\'')
			buf_addc(out, '\'');
		buf_addc(out, text.p[i]);
	}
	buf_addc(out, '\'');
}

static bool has_char(struct str text, char c)
{
	return str_find_char(text, c) < text.n;
}

void scalar_write(struct buf *out, struct str text, enum yaml_style style, bool flow)
{
	bool printable = is_printable(text);
	bool escapes = !printable || has_char(text, '"') || has_char(text, '\\');
	if (style != YAML_SINGLE && style != YAML_DOUBLE && is_plain_to_all(text, flow))
		buf_add(out, text);
	else if (printable && (style == YAML_SINGLE ||
			       (style != YAML_DOUBLE && escapes && !has_char(text, '\''))))
		add_single(out, text);
	else
		add_double(out, text);
}
