/* Fields in people's terms: what somebody would say, not which key it stands under. */
#include "base/buf.h"
#include "change/describe.h"

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

/* How a key is called in a sentence; NULL for one of the user's own. */
static const char *key_noun(enum key key)
{
	static const char *const nouns[KEY_COUNT + 1] = {
	    [KEY_NAME] = "the name",
	    [KEY_GIVEN] = "the given name",
	    [KEY_FAMILY] = "the family name",
	    [KEY_ALIASES] = "the aliases",
	    [KEY_EMAIL] = "the e-mail",
	    [KEY_PHONE] = "the phone",
	    [KEY_URL] = "the web address",
	    [KEY_ADDRESS] = "the address",
	    [KEY_ORG] = "the org",
	    [KEY_TITLE] = "the title",
	    [KEY_LOCATION] = "the location",
	    [KEY_TIMEZONE] = "the time zone",
	    [KEY_TAGS] = "the tags",
	    [KEY_INTERESTS] = "the interests",
	    [KEY_CADENCE] = "the cadence",
	    [KEY_TIER] = "the tier",
	    [KEY_LAST_CONTACT] = "the last contact",
	    [KEY_STATUS] = "the status",
	    [KEY_SNOOZE] = "the snooze",
	    [KEY_BIRTHDAY] = "the birthday",
	    [KEY_DATES] = "the dates",
	    [KEY_UID] = "the UID",
	};
	return nouns[key];
}

static struct str generic(const struct difference *d, struct str name, struct arena *arena)
{
	const char *noun = key_noun(d->key);
	const char *verb = !d->before.count ? "Add" : !d->after.count ? "Remove" : "Change";
	struct str key = noun ? str_of(noun) : describe_short(d->key_text, arena);
	return arena_printf(arena, "%s %.*s of %.*s", verb, STR_ARG(key), STR_ARG(name));
}

static struct str tell_org(const struct difference *d, struct str name, struct arena *arena)
{
	struct str new = others(&d->after, &d->before, arena);
	struct str old = others(&d->before, &d->after, arena);
	if (new.n)
		return phrase(arena, "", name, d->before.count ? " is now at " : " is at ", new);
	if (old.n)
		return phrase(arena, "", name, " is no longer at ", old);
	return generic(d, name, arena);
}

static struct str tell_title(const struct difference *d, struct str name, struct arena *arena)
{
	struct str new = others(&d->after, &d->before, arena);
	struct str old = others(&d->before, &d->after, arena);
	if (new.n)
		return phrase(arena, "", name, d->before.count ? " is now " : " is ", new);
	if (old.n)
		return phrase(arena, "", name, " is no longer ", old);
	return generic(d, name, arena);
}

static struct str tell_location(const struct difference *d, struct str name, struct arena *arena)
{
	if (!d->after.count)
		return generic(d, name, arena);
	struct str place = describe_short(d->after.items[0], arena);
	return arena_printf(arena, "%.*s is in %.*s%s", STR_ARG(name), STR_ARG(place),
			    d->before.count ? " now" : "");
}

static struct str tell_email(const struct difference *d, struct str name, struct arena *arena)
{
	if (others(&d->after, &d->before, arena).n)
		return phrase(arena, "New e-mail of ", name, "", STR(""));
	if (d->after.count && d->after.count < d->before.count)
		return phrase(arena, "Remove an e-mail of ", name, "", STR(""));
	return generic(d, name, arena);
}

static struct str tell_snooze(const struct difference *d, struct str name,
			      const struct contact *after, struct arena *arena)
{
	if (after->snooze != NO_DAY && d->after.count)
		return phrase(arena, "Snooze ", name, " until ", d->after.items[0]);
	if (!d->after.count)
		return phrase(arena, "End the snooze of ", name, "", STR(""));
	return generic(d, name, arena);
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

static struct str tell_birthday(const struct difference *d, struct str name, struct arena *arena)
{
	if (d->before.count || !d->after.count)
		return generic(d, name, arena);
	return phrase(arena, "Note the birthday of ", name, "", STR(""));
}

static struct str tell_tags(const struct difference *d, struct str name, struct arena *arena)
{
	struct str new = others(&d->after, &d->before, arena);
	if (new.n && !others(&d->before, &d->after, arena).n)
		return phrase(arena, "Tag ", name, " with ", new);
	return generic(d, name, arena);
}

struct str describe_field(const struct difference *d, const struct contact *before,
			  const struct contact *after, struct arena *arena)
{
	struct str name = describe_short(after->name, arena);
	switch (d->key) {
	case KEY_NAME:
		if (str_eq(before->name, after->name))
			return generic(d, name, arena);
		return phrase(arena, "Rename ", describe_short(before->name, arena), " to ", name);
	case KEY_ORG:
		return tell_org(d, name, arena);
	case KEY_TITLE:
		return tell_title(d, name, arena);
	case KEY_LOCATION:
		return tell_location(d, name, arena);
	case KEY_EMAIL:
		return tell_email(d, name, arena);
	case KEY_SNOOZE:
		return tell_snooze(d, name, after, arena);
	case KEY_STATUS:
		return tell_status(d, name, before, after, arena);
	case KEY_CADENCE:
		return tell_cadence(d, name, after, arena);
	case KEY_BIRTHDAY:
		return tell_birthday(d, name, arena);
	case KEY_TAGS:
		return tell_tags(d, name, arena);
	case KEY_MET:
		return phrase(arena, "Note how ", name, " was met", STR(""));
	case KEY_INTRODUCED_BY:
		return phrase(arena, "Note who introduced ", name, "", STR(""));
	case KEY_KNOWS:
		return phrase(arena, "Note whom ", name, " knows", STR(""));
	default:
		return generic(d, name, arena);
	}
}
