#include "who.h"

#include "base/text.h"
#include "people/find.h"

/* Of those who look like it. */
#define NEAR 3

static struct str joined(const char *const *words, size_t count, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < count; i++)
		buf_printf(&b, "%s%s", i ? " " : "", words[i]);
	struct str text = arena_str(arena, buf_str(&b));
	buf_release(&b);
	return text;
}

static void add_people(struct context *context, struct buf *b, const struct found *found)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct contact *c = &context->journal->contacts[found->who[i]];
		buf_addz(b, "\n  ");
		text_add_line(b, c->name);
		buf_addz(b, "  ");
		text_add_line(b, found->how == FIND_SLUG ? c->path : c->slug);
		if (c->status != STATUS_ACTIVE)
			buf_printf(b, "  (%s)", status_name(c->status));
	}
}

uint32_t who_is(struct context *context, const char *const *words, size_t count)
{
	struct str text = joined(words, count, context->arena);
	struct found found;
	struct buf b;
	find_contacts(&found, context->journal, text, context->arena);
	if (found.count == 1)
		return found.who[0];
	buf_init(&b, 0);
	if (found.count) {
		buf_printf(&b, "\"%.*s\" may be any of these:", STR_ARG(text));
		add_people(context, &b, &found);
	} else {
		find_near(&found, context->journal, text, NEAR, context->arena);
		buf_printf(&b, "nobody is called \"%.*s\"%s", STR_ARG(text),
			   found.count ? "; did you mean:" : "; see: kith list");
		add_people(context, &b, &found);
	}
	out_say(context->out, "%s", b.p);
	buf_release(&b);
	return NO_CONTACT;
}
