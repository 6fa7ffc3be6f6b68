#include "people/field_words.h"

#include "base/buf.h"
#include "base/text.h"

struct str field_words_key(enum key key)
{
	static const char *const names[KEY_COUNT + 1] = {
	    [KEY_NAME] = "name",
	    [KEY_GIVEN] = "given",
	    [KEY_FAMILY] = "family",
	    [KEY_ALIASES] = "aliases",
	    [KEY_EMAIL] = "email",
	    [KEY_PHONE] = "phone",
	    [KEY_URL] = "url",
	    [KEY_ADDRESS] = "address",
	    [KEY_ORG] = "org",
	    [KEY_TITLE] = "title",
	    [KEY_LOCATION] = "location",
	    [KEY_TIMEZONE] = "timezone",
	    [KEY_TAGS] = "tags",
	    [KEY_INTERESTS] = "interests",
	    [KEY_CADENCE] = "cadence",
	    [KEY_TIER] = "tier",
	    [KEY_LAST_CONTACT] = "last_contact",
	    [KEY_STATUS] = "status",
	    [KEY_SNOOZE] = "snooze",
	    [KEY_BIRTHDAY] = "birthday",
	    [KEY_MET] = "met",
	    [KEY_INTRODUCED_BY] = "introduced_by",
	    [KEY_KNOWS] = "knows",
	    [KEY_DATES] = "dates",
	    [KEY_UID] = "uid",
	    [KEY_UNKNOWN] = "",
	};
	return str_of(names[key]);
}

static struct strs one(struct str text, struct arena *arena)
{
	if (!text.n)
		return (struct strs){NULL, 0};
	return (struct strs){arena_copy(arena, &text, 1, sizeof(text)), 1};
}

static struct str joined(struct str label, const char *between, struct str text,
			 struct arena *arena)
{
	if (!label.n || !text.n)
		return label.n ? label : text;
	return arena_printf(arena, "%.*s%s%.*s", STR_ARG(label), between, STR_ARG(text));
}

static struct str day_words(civil_day day, struct arena *arena)
{
	char text[DAY_SIZE] = "";
	if (day == NO_DAY)
		return STR("");
	day_write(text, day);
	return arena_str(arena, str_of(text));
}

static struct strs value_words(const struct values *values, const char *between,
			       struct arena *arena)
{
	struct str *items = ARENA_ARRAY(arena, struct str, values->count);
	for (size_t i = 0; i < values->count; i++)
		items[i] = joined(values->items[i].label, between, values->items[i].text, arena);
	return (struct strs){items, values->count};
}

static struct strs relation_words(const struct relations *relations, struct arena *arena)
{
	struct str *items = ARENA_ARRAY(arena, struct str, relations->count);
	for (size_t i = 0; i < relations->count; i++)
		items[i] =
		    joined(relations->items[i].relation, ": ", relations->items[i].text, arena);
	return (struct strs){items, relations->count};
}

static struct strs date_words(const struct contact *contact, struct arena *arena)
{
	struct str *items = ARENA_ARRAY(arena, struct str, contact->dates_count);
	for (size_t i = 0; i < contact->dates_count; i++) {
		const struct milestone *date = &contact->dates[i];
		struct str words = joined(day_words(date->day, arena), " ", date->what, arena);
		items[i] = date->yearly ? joined(words, " ", STR("yearly"), arena) : words;
	}
	return (struct strs){items, contact->dates_count};
}

struct strs field_words(const struct contact *c, enum key key, struct arena *arena)
{
	switch (key) {
	case KEY_NAME:
		/* A name that nothing says is the slug itself. */
		return one(c->named || c->name.p != c->slug.p ? c->name : STR(""), arena);
	case KEY_ALIASES:
		return c->aliases;
	case KEY_EMAIL:
		return value_words(&c->email, " ", arena);
	case KEY_PHONE:
		return value_words(&c->phone, " ", arena);
	case KEY_URL:
		return value_words(&c->url, " ", arena);
	case KEY_ADDRESS:
		return value_words(&c->address, ": ", arena);
	case KEY_ORG:
		return c->org;
	case KEY_TITLE:
		return c->title;
	case KEY_LOCATION:
		return one(c->location, arena);
	case KEY_TIMEZONE:
		return one(c->timezone, arena);
	case KEY_INTERESTS:
		return c->interests;
	case KEY_CADENCE:
		return one(c->cadence_text, arena);
	case KEY_LAST_CONTACT:
		return one(day_words(c->last_contact, arena), arena);
	case KEY_STATUS:
		return one(c->status_text, arena);
	case KEY_SNOOZE:
		return one(day_words(c->snooze, arena), arena);
	case KEY_BIRTHDAY:
		return one(c->birthday.text, arena);
	case KEY_MET:
		return one(joined(day_words(c->met, arena), " ", c->met_text, arena), arena);
	case KEY_INTRODUCED_BY:
		return relation_words(&c->introduced_by, arena);
	case KEY_KNOWS:
		return relation_words(&c->knows, arena);
	case KEY_DATES:
		return date_words(c, arena);
	case KEY_UID:
		return one(c->uid, arena);
	case KEY_GIVEN:
	case KEY_FAMILY:
	case KEY_TIER:
	case KEY_TAGS:
	case KEY_UNKNOWN:
		break;
	}
	return (struct strs){NULL, 0};
}

static bool needs_quotes(struct str text)
{
	if (!text.n || !text_is_line(text))
		return true;
	for (size_t i = 0; i < text.n; i++)
		if (str_find_char(STR(",[]{}:\"#"), text.p[i]) < 8)
			return true;
	return false;
}

static void add_text(struct buf *b, struct str text)
{
	if (!needs_quotes(text)) {
		buf_add(b, text);
		return;
	}
	buf_addc(b, '"');
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '"' || c == '\\')
			buf_addc(b, '\\');
		if (c == '\n')
			buf_addz(b, "\\n");
		else
			buf_addc(b, c);
	}
	buf_addc(b, '"');
}

static void add_node(struct buf *b, const struct yaml_node *node)
{
	bool map = node->kind == YAML_MAP, key = true;
	if (node->kind == YAML_SCALAR) {
		add_text(b, node->value);
		return;
	}
	buf_addc(b, map ? '{' : '[');
	for (const struct yaml_node *child = node->first; child; child = child->next) {
		add_node(b, child);
		if (child->next)
			buf_addz(b, map && key ? ": " : ", ");
		key = !key;
	}
	buf_addc(b, map ? '}' : ']');
}

struct str field_words_node(const struct yaml_node *node, struct arena *arena)
{
	struct buf b;
	if (node->kind == YAML_SCALAR)
		return node->value;
	buf_init(&b, 0);
	add_node(&b, node);
	return arena_take(arena, &b);
}

struct strs field_words_front(const struct yaml_node *map, enum key key, struct arena *arena)
{
	struct strs words = {NULL, 0};
	int rank;
	if (!map)
		return words;
	size_t count = 0;
	for (const struct yaml_node *k = map->first; k; k = k->next->next)
		count += key_find(k->value, &rank) == key && !yaml_is_null(k->next);
	words.items = ARENA_ARRAY(arena, struct str, count);
	for (const struct yaml_node *k = map->first; k; k = k->next->next)
		if (key_find(k->value, &rank) == key && !yaml_is_null(k->next))
			words.items[words.count++] =
			    arena_str(arena, field_words_node(k->next, arena));
	return words;
}

bool field_words_same_node(const struct yaml_node *a, const struct yaml_node *b)
{
	if (yaml_is_null(a) || yaml_is_null(b))
		return yaml_is_null(a) && yaml_is_null(b);
	if (a->kind != b->kind || a->count != b->count || !str_eq(a->value, b->value))
		return false;
	a = a->first;
	b = b->first;
	for (; a && b; a = a->next, b = b->next)
		if (!field_words_same_node(a, b))
			return false;
	return !a && !b;
}
