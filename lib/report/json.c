#include "report/json.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

#define VERSION 1

static json_t *made(json_t *value)
{
	if (!value)
		mem_die();
	return value;
}

json_t *json_of_object(void)
{
	return made(json_object());
}

json_t *json_of_list(void)
{
	return made(json_array());
}

/* The text was made valid before: jansson need not look again. */
static json_t *of_valid(struct str s)
{
	return made(json_stringn_nocheck(s.n ? s.p : "", s.n));
}

json_t *json_of_line(struct str s)
{
	struct buf line;
	if (!s.p)
		return made(json_null());
	if (text_is_line(s))
		return of_valid(s);
	buf_init(&line, 0);
	text_add_line(&line, s);
	json_t *value = of_valid(buf_str(&line));
	buf_release(&line);
	return value;
}

/* s with U+FFFD for each byte that is not UTF-8. */
static void add_valid(struct buf *b, struct str s)
{
	while (s.n) {
		size_t valid = text_invalid_at(s);
		buf_add(b, str_upto(s, valid));
		if (valid < s.n)
			buf_addz(b, "\xef\xbf\xbd");
		s = str_from(s, valid + 1);
	}
}

json_t *json_of_text(struct str s)
{
	struct buf text;
	if (!s.p)
		return made(json_null());
	if (text_invalid_at(s) == s.n)
		return of_valid(s);
	buf_init(&text, 0);
	add_valid(&text, s);
	json_t *value = of_valid(buf_str(&text));
	buf_release(&text);
	return value;
}

json_t *json_of_lines(struct strs list)
{
	json_t *lines = json_of_list();
	for (size_t i = 0; i < list.count; i++)
		json_push(lines, json_of_line(list.items[i]));
	return lines;
}

json_t *json_of_day(civil_day day)
{
	if (day == NO_DAY)
		return made(json_null());
	return of_valid(str_of(day_text(day).z));
}

json_t *json_of_count(size_t count)
{
	return made(json_integer((json_int_t)count));
}

void json_put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new_nocheck(object, key, made(value)) < 0)
		mem_die();
}

void json_put_section(json_t *object, const char *key, json_t *list)
{
	if (json_array_size(list) == 0) {
		json_decref(list);
		json_put(object, key, json_null());
		return;
	}
	json_t *section = json_of_object();
	json_put(section, "items", list);
	json_put(object, key, section);
}

void json_push(json_t *list, json_t *value)
{
	if (json_array_append_new(list, made(value)) < 0)
		mem_die();
}

json_t *json_with_version(json_t *model)
{
	json_t *all = json_of_object();
	json_put(all, "version", json_integer(VERSION));
	if (json_object_update(all, model) < 0)
		mem_die();
	json_decref(model);
	return all;
}
