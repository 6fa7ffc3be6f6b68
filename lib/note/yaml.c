/*
 * libyaml tells places as code points without the byte-order mark, takes
 * more characters for line ends than anybody else, and reads ahead, so that
 * one bad byte would take the valid keys before it along. Hence: bad bytes
 * are looked for first and the text is cut before their line; places are
 * mapped to bytes here, and to lines by note/span.
 */
#include "note/yaml.h"

#include <stdlib.h>
#include <yaml.h>

#include "base/mem.h"
#include "base/text.h"

#define MAX_DEPTH 64

struct open_node {
	struct yaml_node *node;
	struct yaml_node **tail;
	size_t children;
};

struct yaml_reading {
	struct str image, text; /* text: the slice that is parsed */
	size_t base;            /* its offset in the image */
	struct arena *arena;
	struct reporter *reporter; /* NULL: say nothing */
	bool ascii;                /* then code points are bytes */
	size_t index, byte;        /* a code point's number and its offset, the latest asked for */
	struct open_node open[MAX_DEPTH];
	int depth;
	size_t nodes;
	struct yaml_node *root;
};

/* The offset in the image of a mark; marks come in rising order, so the cursor mostly moves on. */
static size_t offset_of(struct yaml_reading *r, size_t index)
{
	if (r->ascii)
		return r->base + (index < r->text.n ? index : r->text.n);
	if (index < r->index)
		r->index = r->byte = 0;
	while (r->index < index && r->byte < r->text.n) {
		r->byte++;
		while (r->byte < r->text.n && ((unsigned char)r->text.p[r->byte] & 0xC0) == 0x80)
			r->byte++;
		r->index++;
	}
	return r->base + r->byte;
}

static void tell(struct yaml_reading *r, size_t offset, const char *message)
{
	if (r->reporter)
		report_error(r->reporter, offset, "%s", message);
}

/* Whether libyaml's reader would refuse the character that begins here. */
static bool is_refused(const unsigned char *p, size_t n)
{
	if (p[0] < 0x20)
		return p[0] != '\t' && p[0] != '\n' && p[0] != '\r';
	if (p[0] == 0x7F)
		return true;
	if (p[0] == 0xC2 && n > 1)
		return p[1] < 0xA0 && p[1] != 0x85;
	return p[0] == 0xEF && n > 2 && p[1] == 0xBF && p[2] >= 0xBE;
}

/* Cuts the text before the line of the first character that YAML does not allow, and reports it. */
static void cut_bad_bytes(struct yaml_reading *r)
{
	size_t bad = text_invalid_at(r->text);
	const char *what = "this is not UTF-8; save the file as UTF-8";
	r->ascii = true;
	for (size_t i = 0; i < bad; i++) {
		unsigned char c = (unsigned char)r->text.p[i];
		if (c >= 0x20 && c < 0x7F)
			continue;
		r->ascii = r->ascii && c < 0x80;
		if (is_refused((const unsigned char *)r->text.p + i, r->text.n - i)) {
			bad = i;
			what = c ? "a control character in the front matter; delete it"
				 : "a NUL byte in the front matter; delete it";
		}
	}
	if (bad == r->text.n)
		return;
	tell(r, r->base + bad, what);
	r->text.n = str_line_start(r->text, bad);
}

static struct yaml_node *attach(struct yaml_reading *r, struct yaml_node node)
{
	struct yaml_node *made = ARENA_NEW(r->arena, struct yaml_node);
	*made = node;
	if (r->depth == 0) {
		r->root = made;
		return made;
	}
	struct open_node *parent = &r->open[r->depth - 1];
	*parent->tail = made;
	parent->tail = &made->next;
	parent->children++;
	return made;
}

static struct str text_of(struct yaml_reading *r, const yaml_event_t *event, struct span span)
{
	struct str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
	struct str raw = span_str(r->image, span);
	return str_eq(raw, value) ? raw : arena_str(r->arena, value);
}

static enum yaml_style scalar_style(yaml_scalar_style_t style)
{
	switch (style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
		return YAML_SINGLE;
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		return YAML_DOUBLE;
	case YAML_LITERAL_SCALAR_STYLE:
		return YAML_LITERAL;
	case YAML_FOLDED_SCALAR_STYLE:
		return YAML_FOLDED;
	default:
		return YAML_PLAIN;
	}
}

static const char *refusal(const yaml_event_t *event)
{
	const void *anchor = NULL, *tag = NULL;
	if (event->type == YAML_ALIAS_EVENT)
		return "an alias (*name) is not allowed here; write the value out, or quote it";
	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	}
	if (anchor)
		return "an anchor (&name) is not allowed here; write the value alone, or quote it";
	return tag ? "a tag (!name) is not allowed here; write the value alone, or quote it" : NULL;
}

static bool open_collection(struct yaml_reading *r, enum yaml_kind kind, bool flow, bool marked,
			    struct span span)
{
	if (r->depth == MAX_DEPTH) {
		tell(r, span.from, "nested more than 64 deep; nothing after this place is read");
		return false;
	}
	struct yaml_node *node =
	    attach(r, (struct yaml_node){.kind = kind,
					 .style = flow ? YAML_FLOW : YAML_BLOCK,
					 .marked = marked,
					 .span = span});
	r->open[r->depth++] = (struct open_node){node, &node->first, 0};
	return true;
}

static void close_collection(struct yaml_reading *r, size_t end)
{
	struct open_node *top = &r->open[--r->depth];
	top->node->span.to = end;
	top->node->count = top->node->kind == YAML_MAP ? top->children / 2 : top->children;
}

/* Takes one event into the tree; false where reading must stop. */
static bool take_event(struct yaml_reading *r, const yaml_event_t *event, int *documents)
{
	size_t from = offset_of(r, event->start_mark.index);
	struct span span = {from, offset_of(r, event->end_mark.index)};
	if (++r->nodes > YAML_NODES_MAX) {
		tell(r, from, "more keys and values than are read; nothing after this place is");
		return false;
	}
	const char *refused = refusal(event);
	if (refused) {
		tell(r, from, refused);
		/* Stands as an empty value, so that the keys after it still pair up. */
		if (event->type == YAML_ALIAS_EVENT)
			attach(r,
			       (struct yaml_node){.value = STR(""), .marked = true, .span = span});
	}
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if ((*documents)++ == 0)
			return true;
		tell(r, from, "a second YAML document begins here; one is expected");
		return false;
	case YAML_SCALAR_EVENT:
		attach(r, (struct yaml_node){.style = scalar_style(event->data.scalar.style),
					     .marked = refused != NULL,
					     .value = text_of(r, event, span),
					     .span = span});
		return true;
	case YAML_SEQUENCE_START_EVENT:
		return open_collection(r, YAML_LIST,
				       event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
				       refused != NULL, span);
	case YAML_MAPPING_START_EVENT:
		return open_collection(r, YAML_MAP,
				       event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
				       refused != NULL, span);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		close_collection(r, span.to);
		return true;
	default:
		return event->type != YAML_STREAM_END_EVENT;
	}
}

static void report_problem(struct yaml_reading *r, const yaml_parser_t *parser, size_t at)
{
	const char *what = parser->problem ? parser->problem : "it cannot be read";
	struct str rest = str_from(r->image, at);
	bool tab = rest.n && rest.p[0] == '\t';
	if (r->reporter)
		report_error(r->reporter, at,
			     "this is not YAML: %s%s; the keys before it still count", what,
			     tab ? " (a tab cannot indent; use blanks)" : "");
}

/* A broken end leaves collections open; a key without its value goes with it. */
static void close_all(struct yaml_reading *r)
{
	while (r->depth > 0) {
		struct open_node *top = &r->open[r->depth - 1];
		if (top->node->kind == YAML_MAP && top->children % 2 == 1) {
			struct yaml_node **at = &top->node->first;
			for (size_t i = 0; i + 1 < top->children; i++)
				at = &(*at)->next;
			*at = NULL;
		}
		close_collection(r, r->base + r->text.n);
	}
}

/* Parses the text into r->root; false where it broke, at *broken in the image. */
static bool parse(struct yaml_reading *r, size_t *broken)
{
	yaml_parser_t parser;
	yaml_event_t event;
	int documents = 0;
	bool good = true;

	r->root = NULL;
	r->depth = 0;
	r->nodes = 0;
	r->index = r->byte = 0;
	if (!yaml_parser_initialize(&parser))
		mem_die();
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)r->text.p, r->text.n);
	for (bool more = true; more;) {
		if (!yaml_parser_parse(&parser, &event)) {
			if (parser.error == YAML_MEMORY_ERROR)
				mem_die();
			*broken = offset_of(r, parser.problem_mark.index);
			report_problem(r, &parser, *broken);
			good = false;
			break;
		}
		more = take_event(r, &event, &documents);
		yaml_event_delete(&event);
	}
	close_all(r);
	yaml_parser_delete(&parser);
	return good;
}

/* A key at the end whose value was cut off says nothing. */
static void drop_last_empty(struct yaml_node *map)
{
	if (!map || map->kind != YAML_MAP || map->count == 0)
		return;
	struct yaml_node **at = &map->first;
	for (size_t i = 1; i < map->count; i++)
		at = &(*at)->next->next;
	if (yaml_is_null((*at)->next)) {
		*at = NULL;
		map->count--;
	}
}

/*
 * The parser looks ahead: what breaks on a line may take the key before it
 * along. The lines before that one are read again alone, and count where they
 * say more.
 */
static void read_before(struct yaml_reading *r, size_t broken)
{
	struct yaml_node *root = r->root;
	size_t pairs = root && root->kind == YAML_MAP ? root->count : 0, ignored;
	size_t n = broken > r->base ? broken - r->base : 0;
	r->text.n = n = str_line_start(r->text, n);
	r->reporter = NULL;
	if (n > 0)
		(void)parse(r, &ignored);
	drop_last_empty(r->root);
	if (n == 0 || !r->root || r->root->kind != YAML_MAP || r->root->count <= pairs)
		r->root = root;
}

/* A `?` or `-` alone is a sign to YAML, and to a person what is not known: made null. */
static bool mend_bare(struct yaml_reading *r, size_t broken)
{
	size_t at = broken - r->base, end;
	if (broken < r->base || at >= r->text.n || (r->text.p[at] != '?' && r->text.p[at] != '-'))
		return false;
	end = at + 1 + str_find_char(str_from(r->text, at + 1), '\n');
	size_t before = at;
	while (before > 0 && str_is_blank_char(r->text.p[before - 1]))
		before--;
	if (before == 0 || before == at || r->text.p[before - 1] != ':' ||
	    str_trim(str_slice(r->text, at + 1, end)).n)
		return false;
	char *bytes = arena_copy(r->arena, r->text.p, r->text.n, 1);
	bytes[at] = '~';
	r->text.p = bytes;
	return true;
}

/* As often as a contact has keys with a type, and not for ever. */
#define MOST_BARE 32

/* Without a word: what is found is told when it is read for good. */
static void mend_all_bare(struct yaml_reading *r)
{
	struct reporter *reporter = r->reporter;
	size_t broken;
	r->reporter = NULL;
	for (int i = 0; i < MOST_BARE; i++)
		if (parse(r, &broken) || !mend_bare(r, broken))
			break;
	r->reporter = reporter;
}

/* Whether a line may hold one. */
static bool has_bare(struct str text)
{
	struct str line;
	while (str_next_line(&text, &line)) {
		line = str_rtrim(line);
		if (str_ends(line, STR(" ?")) || str_ends(line, STR(" -")))
			return true;
	}
	return false;
}

struct yaml_node *yaml_read(struct str image, struct span at, struct arena *arena,
			    struct reporter *reporter)
{
	struct yaml_reading r = {.image = image,
				 .text = span_str(image, at),
				 .base = at.from,
				 .arena = arena,
				 .reporter = reporter};
	size_t broken;
	cut_bad_bytes(&r);
	if (has_bare(r.text))
		mend_all_bare(&r);
	if (!parse(&r, &broken))
		read_before(&r, broken);
	return r.root;
}

bool yaml_is_null(const struct yaml_node *node)
{
	if (!node)
		return true;
	if (node->kind != YAML_SCALAR || node->style != YAML_PLAIN)
		return false;
	return node->value.n == 0 || str_eq(node->value, STR("~")) ||
	       str_ieq(node->value, STR("null"));
}
