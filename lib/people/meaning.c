#include "people/meaning.h"

#include "base/text.h"
#include "people/cadence.h"
#include "people/fields.h"
#include "people/link.h"

/* Of a number its digits and `+`, where there are more than two. */
static struct str number_means(struct str text, struct arena *arena)
{
	char *p = arena_bytes(arena, text.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		if (str_is_digit(text.p[i]) || text.p[i] == '+')
			p[n++] = text.p[i];
	return n > 2 ? (struct str){p, n} : text_key(text, arena);
}

static struct str cadence_means(const struct cadence_plan *plan, struct arena *arena)
{
	return arena_printf(arena, "%.*s %d %.*s", STR_ARG(cadence_words(plan->first, arena)),
			    plan->until, STR_ARG(cadence_words(plan->then, arena)));
}

static struct str one_means(const struct contact *c, enum key key, size_t i, struct str words,
			    struct arena *arena)
{
	const struct values *values = fields_place(c, key);
	const struct relations *links = fields_place(c, key);
	const struct birthday *day = &c->birthday;
	switch (key_row(key)->shape) {
	case SHAPE_LABELLED:
		return key == KEY_PHONE ? number_means(values->items[i].text, arena)
					: text_key(values->items[i].text, arena);
	case SHAPE_LINKS:
	case SHAPE_RELATIONS:
		return text_key(link_target(links->items[i].text), arena);
	case SHAPE_CADENCE:
		return c->cadence.first.kind ? cadence_means(&c->cadence, arena)
					     : text_key(words, arena);
	case SHAPE_BIRTHDAY:
		return day->month ? arena_printf(arena, "%d-%d-%d", day->year, day->month, day->day)
				  : text_key(words, arena);
	default:
		return text_key(link_text(words), arena);
	}
}

struct meaning meaning_of(enum key key, const struct yaml_node *value, const struct config *config,
			  struct arena *arena)
{
	struct contact c;
	struct meaning is = {.label = STR("")};
	struct reporter quiet = reporter_quiet(STR(""));
	struct fields f = {&c, config, arena, &quiet};
	contact_init(&c, STR(""));
	/* A name is read with the others that make it up; what a merge kept is of other keys. */
	if (key != KEY_UNKNOWN && key_row(key)->shape != SHAPE_NAME && key != KEY_MERGED &&
	    !yaml_is_null(value)) {
		fields_take(&f, key, value, STR(""));
		is.words = key == KEY_TAGS ? c.tags : fields_words(&c, key, arena);
	}
	is.means.count = is.words.count ? is.words.count : 1;
	is.means.items = ARENA_ARRAY(arena, struct str, is.means.count);
	is.means.items[0] = text_key(fields_node_words(value, arena), arena);
	for (size_t i = 0; i < is.words.count; i++)
		is.means.items[i] = one_means(&c, key, i, is.words.items[i], arena);
	const struct values *values = fields_place(&c, key);
	if (key != KEY_UNKNOWN && key_row(key)->shape == SHAPE_LABELLED && values->count)
		is.label = values->items[0].label;
	return is;
}
