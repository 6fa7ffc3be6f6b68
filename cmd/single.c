#include "single.h"

#include "change/describe.h"
#include "report/json.h"

static int edit_image(const struct single *s, struct str image, struct buf *out,
		      struct kith_error *err)
{
	if (s->edit(s->context, s->w->config, image, out, err) == 0)
		return 0;
	return kith_fail_at(err, s->who->path.p, err->line, err->column);
}

static int edit_copy(void *context, const struct change_copy *copy, struct str before,
		     struct buf *after, bool *gone, struct kith_error *err)
{
	const struct single *s = context;
	(void)copy;
	(void)gone;
	if (before.p)
		return edit_image(s, before, after, err);
	kith_fail(err, KITH_NOT_FOUND, "it is gone; it was there a moment ago");
	return kith_fail_at(err, s->who->path.p, 0, 0);
}

int single_preview(const struct single *s, struct preview *preview)
{
	struct context *context = s->w->context;
	struct kith_error err = {0};
	struct buf after;
	buf_init(&after, 0);
	int failed = edit_image(s, s->who->contact->image, &after, &err);
	struct str bytes = arena_take(context->arena, &after);
	if (failed)
		return context_fail(context, &err);
	preview_make(preview, s->who->path, s->who->contact->image, bytes, s->w->config,
		     context->arena);
	return EXIT_FINE;
}

int single_make(const struct single *s, const struct preview *preview, struct change_result *result)
{
	struct context *context = s->w->context;
	struct single copy = *s;
	struct change_file file = {s->who->path, edit_copy, &copy};
	const struct describe_file described = {
	    .path = s->who->path, .before = &preview->before, .after = &preview->after};
	struct description what;
	const struct describe_setting setting = {.config = s->w->config, .today = context->today};
	describe_files(&what, &described, 1, &setting, context->arena);
	struct change change = {.files = &file,
				.count = 1,
				.subject = what.subject,
				.body = what.body,
				.trailer =
				    arena_printf(context->arena, "%s %.*s", context->command->name,
						 STR_ARG(s->who->slug))};
	if (change.subject.n == 0)
		change.subject = arena_printf(context->arena, "Edit %.*s", STR_ARG(s->who->name));
	return writing_make(s->w, &change, result);
}

json_t *single_model(const struct single *s)
{
	json_t *o = json_of_object();
	json_put(o, "did", json_of_line(str_of(s->w->context->command->name)));
	json_put(o, "slug", json_of_text(s->who->slug));
	json_put(o, "name", json_of_line(s->who->name));
	json_put(o, "path", json_of_text(s->who->path));
	return o;
}

struct change_result single_unchanged(void)
{
	return (struct change_result){
	    .unchanged = true, .uncommitted = STR(""), .recovered = STR("")};
}
