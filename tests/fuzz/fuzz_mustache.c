/*
 * Input: a kind of page (one byte), a template up to the first NUL, the model
 * as JSON. Each partial is the part of the template after the name's length,
 * so that partials recurse, differ and are faulty. Nothing may crash, leak or
 * take long, and every failure says where it is.
 */
#include <stdint.h>
#include <stdlib.h>

#include "report/mustache.h"

#define MAX_PAGE ((size_t)1 << 16)

static struct str find_partial(void *context, struct str name)
{
	const struct str *text = context;
	return name.n % 4 == 3 ? STR_NONE : str_from(*text, name.n);
}

static void check_failure(const struct kith_error *err)
{
	if (err->status == KITH_OK || !err->message[0] || err->line < 1 || err->column < 1)
		abort();
}

static void render(const struct mustache *t, const json_t *model, struct str text)
{
	struct buf out;
	struct kith_error err = {0};
	buf_init(&out, MAX_PAGE);
	if (mustache_render(t, model, find_partial, &text, &out, &err))
		check_failure(&err);
	if (out.n > MAX_PAGE)
		abort();
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	struct str all = {(const char *)data + 1, size - 1};
	struct str text = str_upto(all, str_find_char(all, '\0'));
	struct str json = str_from(all, text.n + 1);
	struct kith_error err = {0};
	struct mustache *t = NULL;
	if (mustache_parse(&t, "page", text, (enum mustache_kind)(data[0] % 3), &err)) {
		check_failure(&err);
		return 0;
	}
	json_t *model =
	    json_loadb(json.n ? json.p : "", json.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	render(t, model, text);
	json_decref(model);
	mustache_free(t);
	return 0;
}
