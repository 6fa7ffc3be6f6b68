/* The values of a contact's keys in words, as one would type them. */
#ifndef KITH_PEOPLE_FIELD_WORDS_H
#define KITH_PEOPLE_FIELD_WORDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "note/yaml.h"
#include "people/contact.h"
#include "people/keys.h"

/* The key's own name (`last_contact`); "" for KEY_UNKNOWN. */
struct str field_words_key(enum key key);

/*
 * What the contact holds under a key: `work ada@x.y`, `home: 1 Dorset Street`,
 * `2024-03-02 at Babbage's soirée`, `2021-05-01 joined X yearly`. No tags:
 * the contact has those of its body among them. None where the key is not
 * there, or means nothing of its own (given, family, tier).
 */
struct strs field_words(const struct contact *contact, enum key key, struct arena *arena);

/* A value as it stands in the front matter, on one line: `text`, `[a, b]`, `{a: b}`. */
struct str field_words_node(const struct yaml_node *node, struct arena *arena);

/* What the front matter (a map, or NULL) says under a key and its synonyms, so written. */
struct strs field_words_front(const struct yaml_node *map, enum key key, struct arena *arena);

/* Whether two values say the same, however they are written. Ends with the reader's limit on
 * nesting. */
bool field_words_same_node(const struct yaml_node *a, const struct yaml_node *b);

#endif
