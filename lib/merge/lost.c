#include "merge/lost.h"

#include "base/text.h"
#include "merge/front.h"
#include "note/quick.h"
#include "people/entry.h"
#include "people/fields.h"
#include "people/keys.h"
#include "people/meaning.h"
#include "people/tags.h"
#include "people/task.h"
#include "report/page.h"

/* What a file says, sorted. */
struct told_texts {
	struct str *items;
	size_t count, cap;
	const struct piece_reader *reader;
	struct str image;
	struct str merged; /* all that stands under `merged` */
};

static void tell_text(struct told_texts *told, struct str text)
{
	if (!text.n)
		return;
	if (told->count == told->cap) {
		told->cap = 2 * told->cap + 64;
		struct str *more = arena_alloc(told->reader->arena, told->cap * sizeof(*more));
		if (told->count)
			memcpy(more, told->items, told->count * sizeof(*more));
		told->items = more;
	}
	told->items[told->count++] = text;
}

static bool is_told(const struct told_texts *told, struct str text)
{
	return str_is_among(told->items, told->count, text);
}

/* Keys whose row takes one side's value. */
static bool takes_one_side(const struct piece_reader *reader, struct str name)
{
	int rank;
	enum key key = reader->kind == MERGE_CONTACT ? key_find(name, &rank) : KEY_UNKNOWN;
	if (key == KEY_UNKNOWN)
		return reader->kind == MERGE_REVIEW && str_ieq(name, STR("generated"));
	enum key_unite unite = key_row(key)->unite;
	return unite == UNITE_LATER || unite == UNITE_EARLIER || unite == UNITE_STATUS;
}

/* Recursion ends with the reader's limit on nesting. */
static void tell_values(struct told_texts *told, const struct yaml_node *node)
{
	struct str text = str_trim(node->marked ? span_str(told->image, node->span) : node->value);
	if (node->marked || (node->kind == YAML_SCALAR && !yaml_is_null(node)))
		tell_text(told, told->reader->person ? text_key(text, told->reader->arena) : text);
	for (const struct yaml_node *n = node->first; n; n = n->next)
		tell_values(told, n);
}

static bool is_merged(struct str name)
{
	return key_compare(name, STR("merged")) == 0 ||
	       key_compare(name, STR("merged_values")) == 0;
}

/* Of two files of one person: what a value means. */
static void tell_meaning(struct told_texts *told, struct str name, const struct yaml_node *value)
{
	int rank;
	const struct piece_reader *r = told->reader;
	enum key key = key_find(name, &rank);
	struct meaning is = meaning_of(key, value, r->config, r->arena);
	for (size_t i = 0; i < is.words.count; i++)
		tell_text(told, is.means.items[i]);
	if (is.words.count == 0 || front_marks(value))
		tell_values(told, value);
}

/* A value of `phone.mobile`: as one of a map, too. */
static void tell_kept_value(struct told_texts *told, struct str path, const struct yaml_node *value)
{
	size_t dot = str_find_char(path, '.');
	struct yaml_node label = {.value = str_from(path, dot + 1), .next = &(struct yaml_node){0}};
	const struct yaml_node map = {.kind = YAML_MAP, .first = &label, .count = 1};
	*label.next = *value;
	label.next->next = NULL;
	tell_meaning(told, str_upto(path, dot), value);
	if (dot < path.n)
		tell_meaning(told, str_upto(path, dot), &map);
}

/* What a merge kept, as one text; of two files of one person also what each value means. */
static void tell_kept(struct told_texts *told, const struct yaml_node *map)
{
	struct arena *arena = told->reader->arena;
	bool person = told->reader->person;
	struct str words = fields_node_words(map, arena);
	told->merged = arena_printf(arena, "%.*s\n%.*s", STR_ARG(told->merged),
				    STR_ARG(person ? text_key(words, arena) : words));
	const struct yaml_node *k = person && map->kind == YAML_MAP ? map->first : NULL;
	for (; k; k = k->next->next) {
		bool list = k->next->kind == YAML_LIST;
		for (const struct yaml_node *n = list ? k->next->first : k->next; n;
		     n = list ? n->next : NULL)
			tell_kept_value(told, k->value, n);
	}
}

static void tell_front(struct told_texts *told, const struct yaml_node *map)
{
	int rank;
	for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next) {
		struct str name = str_trim(k->value), rest = k->next->value, tag;
		bool person = told->reader->person;
		if (is_merged(name))
			tell_kept(told, k->next);
		bool tags =
		    told->reader->kind == MERGE_CONTACT && key_find(name, &rank) == KEY_TAGS;
		/* A text of several tags is a list of them. */
		if (person && !is_merged(name) && !takes_one_side(told->reader, name))
			tell_meaning(told, name, k->next);
		else if (tags && k->next->kind == YAML_SCALAR && !yaml_is_null(k->next))
			while (tags_next_listed(&rest, &tag))
				tell_text(told, tag);
		else if (!takes_one_side(told->reader, name))
			tell_values(told, k->next);
	}
}

/* A line without what stands around its words; of an entry, what it says. */
static struct str line_says(const struct piece_reader *reader, struct str line)
{
	struct entry entry;
	size_t mark = str_find(line, STR(MERGE_BOTH_KEPT));
	line = str_trim(str_upto(line, mark));
	bool heading = str_at(line, 0) == '#';
	while (str_at(line, 0) == '#')
		line = str_from(line, 1);
	while (heading && str_ends(line, STR("#")))
		line.n--;
	line = str_trim(line);
	while (line_has_bullet(line)) {
		size_t digits = str_digits(line);
		line = str_ltrim(str_from(line, digits + 1));
	}
	struct span all = {0, line.n};
	struct reporter quiet = reporter_quiet(line);
	if (!entry_read(&entry, line, all, all, reader->config, reader->arena, &quiet))
		return line;
	return arena_printf(reader->arena, "%d %.*s %.*s %.*s %.*s", entry.day, STR_ARG(entry.time),
			    STR_ARG(entry.channel), STR_ARG(entry.rest.p ? entry.rest : STR("")),
			    STR_ARG(entry.text));
}

/* A task's box and fields may be those of both sides: its words, one by one. */
static void tell_body_line(struct told_texts *told, struct str line)
{
	enum task_state state;
	size_t used;
	struct str says = line_says(told->reader, line);
	/* Two files' headings may be one. */
	if (told->reader->person) {
		size_t n = 0;
		while (n < says.n && (says.p[n] == '=' || says.p[n] == '-'))
			n++;
		if (n == says.n)
			return;
		says = text_key(says, told->reader->arena);
	}
	if (!task_begins(says, &state, &used)) {
		tell_text(told, says);
		return;
	}
	for (says = str_from(says, used); says.n; says = str_ltrim(says)) {
		size_t n = 0;
		while (n < says.n && !str_is_space_char(says.p[n]))
			n++;
		tell_text(told, str_upto(says, n));
		says = str_from(says, n);
	}
}

/* As kith's lines are wrapped by other programs, and not as many as one likes. */
#define MOST_ITALIC_LINES 40

/* Where italics of a review's, of one line or several, end behind a line, plus 1; 0 for none. */
static size_t italic_lines(struct str line, struct str rest)
{
	struct str next = rest, more, text = line;
	char first = str_at(line_after_bullet(str_ltrim(line)), 0);
	if (first != '*' && first != '_')
		return 0;
	for (int lines = 0; !page_is_italic(text); lines++) {
		if (lines == MOST_ITALIC_LINES || !str_next_line(&next, &more) ||
		    !str_trim(more).n || line_has_bullet(more))
			return 0;
		text.n = (size_t)(more.p + more.n - text.p);
	}
	return rest.n - next.n + 1;
}

static struct told_texts read_told(struct str image, const struct piece_reader *reader)
{
	struct told_texts told = {.reader = reader, .image = image, .merged = STR("")};
	struct note note;
	if (reader->kind == MERGE_SETTINGS) {
		struct reporter quiet = reporter_quiet(image);
		size_t from = str_starts(image, STR("\xEF\xBB\xBF")) ? 3 : 0;
		struct yaml_node *root = note_reader_quick.front(
		    image, (struct span){from, image.n}, reader->arena, &quiet);
		tell_front(&told, root && root->kind == YAML_MAP ? root : NULL);
	} else {
		struct str rest, line;
		note_split(&note, image);
		tell_front(&told, note_front_map(&note, &note_reader_quick, reader->arena));
		for (rest = str_from(image, note.body); str_next_line(&rest, &line);) {
			size_t italics =
			    reader->kind == MERGE_REVIEW ? italic_lines(line, rest) : 0;
			if (italics)
				rest = str_from(rest, italics - 1);
			else
				tell_body_line(&told, line);
		}
	}
	str_sort(told.items, told.count);
	return told;
}

int lost_check(struct str base, struct str side, struct str result,
	       const struct piece_reader *reader, struct kith_error *err)
{
	struct told_texts was = read_told(base, reader), added = read_told(side, reader);
	struct told_texts is = read_told(result, reader);
	for (size_t i = 0; i < added.count; i++) {
		struct str text = added.items[i];
		if (is_told(&was, text) || is_told(&is, text))
			continue;
		/* A list or map that clashed is one text there. */
		if (str_find(is.merged, text) < is.merged.n)
			continue;
		return kith_fail(err, KITH_FAILED, "\"%.*s\" would be lost; nothing was merged",
				 STR_ARG(text_upto(text_line(text, reader->arena), 80)));
	}
	return 0;
}
