/*
 * Pieces of a report's model, as jansson's values. None returns NULL: out of
 * memory ends the process (see base/mem.h), and text is made valid first.
 *
 * What a command prints with --json is one object, and a list stands in it by a name. Its first key
 * is "version", 1: a later kith may add keys, and counts it up where one goes away or means
 * something else. A line of ndjson is an item of that list, without a version: it was written by
 * the one kith that wrote all the lines. tests/schema/ has each command's.
 */
#ifndef KITH_REPORT_JSON_H
#define KITH_REPORT_JSON_H

#include <jansson.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/date.h"
#include "base/str.h"
#include "people/config.h"

json_t *json_of_object(void) ATTR_MUST_CHECK;
json_t *json_of_list(void) ATTR_MUST_CHECK;

/* One line that is safe in a page and on a terminal (see text_add_line); null for an absent text.
 */
json_t *json_of_line(struct str s) ATTR_MUST_CHECK;
/* The text as it stands, each byte that is not UTF-8 as U+FFFD; null for an absent text. */
json_t *json_of_text(struct str s) ATTR_MUST_CHECK;
/* A list of lines. */
json_t *json_of_lines(struct strs list) ATTR_MUST_CHECK;
/* "2026-11-23"; null for NO_DAY. */
json_t *json_of_day(civil_day day) ATTR_MUST_CHECK;
json_t *json_of_count(size_t count) ATTR_MUST_CHECK;

/* Sets a key; takes the value, which may be NULL where memory ran out in jansson. */
void json_put(json_t *object, const char *key, json_t *value);
/* Sets a key to {items: list}, null where the list is empty, so that a template can leave out what
 * stands above it; takes the list. */
void json_put_section(json_t *object, const char *key, json_t *list);
/* Adds to a list, likewise. */
void json_push(json_t *list, json_t *value);
/* An object as it is printed, its version first; takes it. */
json_t *json_with_version(json_t *model) ATTR_MUST_CHECK;

#endif
