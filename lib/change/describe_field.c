/* Fields in people's terms: what somebody would say, not which key it stands under. */
#include "base/buf.h"
#include "change/describe.h"
#include "people/fields.h"

static struct str describe_fill(const char *sentence, struct str name, struct str value,
				struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (const char *p = sentence; *p; p++) {
		bool hole = p[0] == '%' && (p[1] == 'n' || p[1] == 'v');
		if (!hole)
			buf_addc(&b, *p);
		else
			buf_add(&b, *++p == 'n' ? name : value);
	}
	return arena_take(arena, &b);
}

static struct str phrase(struct arena *arena, const char *before, struct str name,
			 const char *after, struct str value)
{
	return arena_printf(arena, "%s%.*s%s%.*s", before, STR_ARG(name), after, STR_ARG(value));
}

static bool holds(const struct strs *list, struct str text)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq(list->items[i], text))
			return true;
	return false;
}

/* What is in `list` and not in `other`, between commas; "" for nothing, or for very many. */
static struct str others(const struct strs *list, const struct strs *other, struct arena *arena)
{
	struct buf b;
	if (list->count > 64 || other->count > 64)
		return STR("");
	buf_init(&b, 0);
	for (size_t i = 0; i < list->count; i++) {
		if (holds(other, list->items[i]))
			continue;
		buf_addz(&b, b.n ? ", " : "");
		buf_add(&b, list->items[i]);
	}
	struct str text = describe_short(arena_str(arena, buf_str(&b)), arena);
	buf_release(&b);
	return text;
}

static struct str generic(const struct difference *d, struct str name, struct arena *arena)
{
	const char *noun = key_row(d->key)->noun;
	const char *verb = !d->before.count ? "Add" : !d->after.count ? "Remove" : "Change";
	struct str key = noun ? str_of(noun) : describe_short(d->key_text, arena);
	return arena_printf(arena, "%s %.*s of %.*s", verb, STR_ARG(key), STR_ARG(name));
}

/* The sentence for what came and what went; NULL for none. */
static const char *told_by(const struct difference *d, bool came, bool went)
{
	const struct key_told *told = &key_row(d->key)->told;
	const char *sentence = NULL;
	if (came)
		sentence = !d->before.count ? told->first : went ? told->other : told->more;
	else if (went)
		sentence = d->after.count ? told->fewer : told->gone;
	return sentence ? sentence : told->any;
}

static struct str tell_usual(const struct difference *d, struct str name,
			     const struct contact *after, struct arena *arena)
{
	struct str new = others(&d->after, &d->before, arena);
	struct str old = others(&d->before, &d->after, arena);
	bool day = key_row(d->key)->shape == SHAPE_DAY;
	/* Of what is no date nothing can be said. */
	bool vague = day && d->after.count && fields_day(after, d->key) == NO_DAY;
	const char *sentence = vague ? NULL : told_by(d, new.n, old.n);
	if (!sentence)
		return generic(d, name, arena);
	return describe_fill(sentence, name, new.n ? new : old, arena);
}

static struct str tell_status(const struct difference *d, struct str name,
			      const struct contact *before, const struct contact *after,
			      struct arena *arena)
{
	static const char *const verbs[] = {
	    [STATUS_ACTIVE] = "Resume ",
	    [STATUS_PAUSED] = "Pause ",
	    [STATUS_ARCHIVED] = "Archive ",
	    [STATUS_DECEASED] = "Note the death of ",
	};
	if (before->status == after->status)
		return generic(d, name, arena);
	return phrase(arena, verbs[after->status], name, "", STR(""));
}

/* `every 6 weeks`; `every week`. */
static struct str every(struct cadence cadence, struct arena *arena)
{
	struct str words = cadence_words(cadence, arena);
	bool single = str_starts(words, STR("1 ")) &&
		      str_find_char(str_from(words, 2), ' ') == str_from(words, 2).n;
	return arena_printf(arena, "every %.*s", STR_ARG(single ? str_from(words, 2) : words));
}

static struct str tell_cadence(const struct difference *d, struct str name,
			       const struct contact *after, struct arena *arena)
{
	const struct cadence_plan *plan = &after->cadence;
	char until[DAY_SIZE];
	if (!d->after.count || plan->first.kind == CADENCE_UNSET)
		return generic(d, name, arena);
	if (plan->first.kind == CADENCE_NEVER)
		return phrase(arena, "No check-ins with ", name,
			      plan->until == NO_DAY ? "" : " for a while", STR(""));
	struct str often = every(plan->first, arena);
	if (plan->until == NO_DAY)
		return phrase(arena, "Keep in touch with ", name, " ", often);
	day_write(until, plan->until);
	bool then = plan->then.kind == CADENCE_EVERY;
	return arena_printf(arena, "Keep in touch with %.*s %.*s until %s%s%.*s", STR_ARG(name),
			    STR_ARG(often), until, then ? ", then " : "",
			    STR_ARG(then ? every(plan->then, arena) : STR("")));
}

struct str describe_field(const struct difference *d, const struct contact *before,
			  const struct contact *after, struct arena *arena)
{
	struct str name = describe_short(after->name, arena);
	bool renamed = d->key == KEY_NAME && !str_eq(before->name, after->name);
	if (renamed)
		return phrase(arena, "Rename ", describe_short(before->name, arena), " to ", name);
	switch (key_row(d->key)->shape) {
	case SHAPE_STATUS:
		return tell_status(d, name, before, after, arena);
	case SHAPE_CADENCE:
		return tell_cadence(d, name, after, arena);
	default:
		return tell_usual(d, name, after, arena);
	}
}
