#include "who.h"

#include "base/text.h"

/* Of those who look like it. */
#define NEAR 3
/* More are not looked through for twins. */
#define MOST_COMPARED 100

/* Whether another of them has that file name, in another folder. */
static bool has_twin(const struct journal *journal, const struct found *found,
		     const struct contact *c)
{
	for (size_t i = 0; i < found->count && found->count <= MOST_COMPARED; i++) {
		const struct contact *other = &journal->contacts[found->who[i]];
		if (other != c && str_ieq(other->slug, c->slug))
			return true;
	}
	return false;
}

static void add_people(const struct journal *journal, struct buf *b, const struct found *found)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct contact *c = &journal->contacts[found->who[i]];
		bool path = found->how == FIND_SLUG || found->how == FIND_PATH;
		buf_addz(b, "\n  ");
		text_add_line(b, c->name);
		buf_addz(b, "  ");
		text_add_line(b, path || has_twin(journal, found, c) ? c->path : c->slug);
		if (c->status != STATUS_ACTIVE)
			buf_printf(b, "  (%s)", status_name(c->status));
	}
}

void who_tell(struct context *context, const struct journal *journal, struct str text,
	      const struct found *several)
{
	struct found near = *several;
	struct buf b;
	buf_init(&b, 0);
	if (near.count == 1) {
		buf_printf(&b, "no name has the whole word \"%.*s\"; did you mean:", STR_ARG(text));
	} else if (near.count) {
		buf_printf(&b, "\"%.*s\" may be any of these:", STR_ARG(text));
	} else {
		find_near(&near, journal, text, NEAR, context->arena);
		buf_printf(&b, "nobody is called \"%.*s\"%s", STR_ARG(text),
			   near.count ? "; did you mean:" : "; see: kith list");
	}
	add_people(journal, &b, &near);
	out_say(context->out, "%s", b.p);
	buf_release(&b);
}

uint32_t who_is(struct context *context, struct str text)
{
	struct found found;
	find_contacts(&found, context->journal, text, context->arena);
	find_prefer_active(&found, context->journal);
	if (found.count == 1)
		return found.who[0];
	who_tell(context, context->journal, text, &found);
	return NO_CONTACT;
}
