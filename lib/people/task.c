#include "people/task.h"

#include "base/text.h"
#include "people/tags.h"

bool task_begins(struct str content, enum task_state *state, size_t *used)
{
	static const struct str marks = {" xX-/><!?*", 10};
	if (content.n < 3 || content.p[0] != '[' || content.p[2] != ']' ||
	    str_find_char(marks, content.p[1]) == marks.n)
		return false;
	if (content.n > 3 && !str_is_blank_char(content.p[3]))
		return false;
	char mark = str_lower(content.p[1]);
	*state = mark == 'x' ? TASK_DONE : mark == '-' ? TASK_DROPPED : TASK_OPEN;
	*used = 3 + str_blanks(str_from(content, 3));
	return true;
}

/* In bytes, with its brackets; what is longer is text. */
#define LONGEST_BRACKET 201

enum field { FIELD_DUE, FIELD_CREATED, FIELD_DONE, FIELD_DROPPED, FIELD_REPEAT, FIELD_OTHER };

/* Words before `::`, as Dataview and Obsidian Tasks name them. */
static enum field field_of(struct str word)
{
	if (str_ieq(word, STR("due")))
		return FIELD_DUE;
	if (str_ieq(word, STR("created")))
		return FIELD_CREATED;
	if (str_ieq(word, STR("completion")) || str_ieq(word, STR("done")))
		return FIELD_DONE;
	if (str_ieq(word, STR("cancelled")))
		return FIELD_DROPPED;
	return str_ieq(word, STR("repeat")) ? FIELD_REPEAT : FIELD_OTHER;
}

/* Signs of Obsidian Tasks; dated ones are followed by a date, 🔁 by a rule, others by nothing. */
static const struct sign {
	const char *sign;
	enum field field;
	bool dated;
} signs[] = {
    {"\xF0\x9F\x93\x85", FIELD_DUE, true},     /* 📅 */
    {"\xF0\x9F\x93\x86", FIELD_DUE, true},     /* 📆 */
    {"\xF0\x9F\x97\x93", FIELD_DUE, true},     /* 🗓 */
    {"\xE2\x9E\x95", FIELD_CREATED, true},     /* ➕ */
    {"\xE2\x9C\x85", FIELD_DONE, true},        /* ✅ */
    {"\xE2\x9D\x8C", FIELD_DROPPED, true},     /* ❌ cancelled */
    {"\xE2\x8F\xB3", FIELD_OTHER, true},       /* ⏳ scheduled */
    {"\xE2\x8C\x9B", FIELD_OTHER, true},       /* ⌛ scheduled */
    {"\xF0\x9F\x9B\xAB", FIELD_OTHER, true},   /* 🛫 start */
    {"\xF0\x9F\x94\x81", FIELD_REPEAT, false}, /* 🔁 */
    {"\xF0\x9F\x94\xBA", FIELD_OTHER, false},  /* 🔺 priorities */
    {"\xE2\x8F\xAB", FIELD_OTHER, false},      /* ⏫ */
    {"\xF0\x9F\x94\xBC", FIELD_OTHER, false},  /* 🔼 */
    {"\xF0\x9F\x94\xBD", FIELD_OTHER, false},  /* 🔽 */
    {"\xE2\x8F\xAC", FIELD_OTHER, false},      /* ⏬ */
};

/* A field found in a task's line: where, which, and what it says. */
struct task_field {
	size_t length;
	enum field field;
	struct str value; /* p == NULL for none */
};

/* A date at the start of s with a time after it: its bytes; 0 for none. */
static size_t date_and_time(struct str s)
{
	civil_day day;
	size_t used;
	if (date_parse(s, &day, &used) == DATE_NONE)
		return 0;
	return used + time_parse(str_from(s, used));
}

/* `.`, `,` or `;` after a field, where a blank or nothing follows. */
static size_t stop_length(struct str s)
{
	bool stop = s.n && str_find_char(STR(".,;"), s.p[0]) < 3;
	return stop && (s.n == 1 || str_is_space_char(s.p[1])) ? 1 : 0;
}

static bool match_sign(struct str s, struct task_field *found);
static bool match_word(struct str s, struct task_field *found);

/* A field that stands in brackets alone: `(📅 2026-11-30)`, `(due:2026-11-30)`. */
static bool match_inner(struct str inner, size_t end, struct task_field *found)
{
	struct task_field in;
	struct str s = str_trim(inner);
	bool matches =
	    s.n && ((unsigned char)s.p[0] >= 0xE2 ? match_sign(s, &in) : match_word(s, &in));
	if (!matches || !in.value.p || in.length < s.n)
		return false;
	*found = in;
	found->length = end + 1;
	return true;
}

/* `(due:: DATE)`, `[due:: DATE]`, and in round brackets also `(due: DATE)` and `(due DATE)`. */
static bool match_bracket(struct str s, struct task_field *found)
{
	char close = s.p[0] == '(' ? ')' : ']';
	struct str near = str_upto(s, LONGEST_BRACKET);
	size_t end = str_find_char(near, close), word = 1;
	if (str_find(near, STR("[[")) < end)
		end = str_find(near, STR("]]")) + 2 +
		      str_find_char(str_from(near, str_find(near, STR("]]")) + 2), close);
	if (end >= near.n)
		return false;
	while (word < end && (str_is_alpha(s.p[word]) || s.p[word] == '-' || s.p[word] == '_'))
		word++;
	struct str name = str_slice(s, 1, word), after = str_slice(s, word, end);
	*found = (struct task_field){end + 1, field_of(name), STR_NONE};
	if (name.n && str_starts(after, STR("::"))) {
		found->value = str_trim(str_from(after, 2));
		return true;
	}
	if (match_inner(str_slice(s, 1, end), end, found))
		return true;
	if (close != ')' || found->field != FIELD_DUE)
		return false;
	found->value = str_trim(str_starts(after, STR(":")) ? str_from(after, 1) : after);
	return date_and_time(found->value) == found->value.n && found->value.n;
}

/* A sign's rule, up to what may be another field. */
static size_t rule_length(struct str s)
{
	size_t n = 0;
	while (n < s.n && (unsigned char)s.p[n] < 0x80 && s.p[n] != '#' && s.p[n] != '(' &&
	       s.p[n] != '[')
		n++;
	return n;
}

/* A sign that wants a date and has none is text. */
static bool match_sign(struct str s, struct task_field *found)
{
	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		struct str sign = str_of(signs[i].sign);
		if (!str_starts(s, sign))
			continue;
		size_t at = sign.n;
		/* U+FE0F asks for the coloured form and says nothing else. */
		if (str_starts(str_from(s, at), STR("\xEF\xB8\x8F")))
			at += 3;
		size_t from = at + str_blanks(str_from(s, at));
		size_t n = signs[i].field == FIELD_REPEAT ? rule_length(str_from(s, from))
			   : signs[i].dated               ? date_and_time(str_from(s, from))
							  : 0;
		*found = (struct task_field){n ? from + n : at, signs[i].field,
					     str_trim(str_slice(s, from, from + n))};
		return n > 0 || !signs[i].dated;
	}
	return false;
}

/* todo.txt's `due:DATE` and `done:DATE`, and `@due(DATE)`. */
static bool match_word(struct str s, struct task_field *found)
{
	static const struct {
		const char *prefix;
		enum field field;
	} words[] = {{"due:", FIELD_DUE},
		     {"done:", FIELD_DONE},
		     {"created:", FIELD_CREATED},
		     {"@due(", FIELD_DUE}};
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		struct str prefix = str_of(words[i].prefix);
		if (!str_istarts(s, prefix))
			continue;
		struct str value = str_from(s, prefix.n);
		bool closed = prefix.p[0] == '@';
		size_t n = date_and_time(value);
		if (n == 0 || (closed && str_at(value, n) != ')'))
			return false;
		*found =
		    (struct task_field){prefix.n + n + closed, words[i].field, str_upto(value, n)};
		return true;
	}
	return false;
}

static bool match_field(struct str line, size_t at, struct task_field *found)
{
	struct str s = str_from(line, at);
	unsigned char c = (unsigned char)s.p[0];
	char lower = str_lower((char)c);
	bool matches;
	if (c == '(' || (c == '[' && !str_starts(s, STR("[["))))
		matches = match_bracket(s, found);
	else if (c >= 0xE2)
		matches = match_sign(s, found);
	else
		matches = (c == '@' || lower == 'd' || lower == 'c') &&
			  (at == 0 || str_is_space_char(line.p[at - 1])) && match_word(s, found);
	if (matches && found->value.p && found->field <= FIELD_DROPPED)
		found->length += stop_length(str_from(s, found->length));
	return matches;
}

size_t task_field(struct str line, size_t at, struct str *name)
{
	static const char *const names[] = {"due", "created", "done", "dropped", "repeat"};
	struct task_field found;
	if (!match_field(line, at, &found))
		return 0;
	size_t value = found.value.p ? (size_t)(found.value.p - line.p) : at + found.length;
	*name = found.field < FIELD_OTHER ? str_of(names[found.field])
					  : str_trim(str_slice(line, at, value));
	return found.length;
}

static void take_task_field(struct task *task, const struct task_field *found, size_t offset,
			    struct reporter *reporter)
{
	civil_day *days[] = {&task->due, &task->created, &task->done, &task->done};
	if (found->field == FIELD_REPEAT)
		task->repeats = true;
	if (found->field > FIELD_DROPPED || !found->value.n)
		return;
	civil_day day;
	enum date_result result = date_parse_all(found->value, &day);
	/* Of one that was dropped and is done all the same it is the other day. */
	enum field other = task->state == TASK_DROPPED ? FIELD_DONE : FIELD_DROPPED;
	if (result == DATE_OK && found->field == other && task->done != NO_DAY)
		return;
	if (result == DATE_OK && found->field == FIELD_DUE)
		task->due_at = (struct span){offset, offset + found->value.n};
	if (result == DATE_OK)
		*days[found->field] = day;
	else if (!report_wrong_date(reporter, offset, result, found->value))
		report_error(reporter, offset, "\"%.*s\" is not a date (2026-11-30)",
			     STR_ARG(text_upto(found->value, 40)));
}

static bool may_begin_field(char c)
{
	return c == '(' || c == '[' || c == '@' || c == ':' || (unsigned char)c >= 0xE2;
}

/* The text without its fields, which are taken; s itself where it has none. */
static struct str take_task_fields(struct task *task, struct str s, size_t base,
				   struct arena *arena, struct reporter *reporter)
{
	size_t i = 0, n = 0;
	while (i < s.n && !may_begin_field(s.p[i]))
		i++;
	if (i == s.n)
		return s;
	char *p = arena_bytes(arena, s.n + 1);
	struct task_field found;
	for (i = 0; i < s.n;) {
		if (!match_field(s, i, &found)) {
			p[n++] = s.p[i++];
			continue;
		}
		size_t at = found.value.p ? (size_t)(found.value.p - s.p) : i;
		take_task_field(task, &found, base + at, reporter);
		i += found.length;
		/* The blanks around it become those before it. */
		if (n == 0 || str_is_blank_char(p[n - 1]))
			i += str_blanks(str_from(s, i));
	}
	return (struct str){p, n};
}

/* Words before a day at the end of a text. */
static const char *const day_words[] = {"by ", "before ", "until ", "due ", "due: ", "due:: "};

static bool may_precede_day_word(char c)
{
	return str_is_blank_char(c) || c == '(';
}

/* Where the last of them begins in a text, behind a blank or a bracket; s.n for none. */
static size_t last_day_word(struct str s, size_t *length)
{
	for (size_t i = s.n; i-- > 1;)
		for (size_t k = 0; may_precede_day_word(s.p[i - 1]) && k < ARRAY_LEN(day_words);
		     k++) {
			struct str word = str_of(day_words[k]);
			*length = word.n;
			if (str_istarts(str_from(s, i), word))
				return i;
		}
	return s.n;
}

/* `by DATE` at the end of the text of a task without a due day, perhaps in brackets. */
static void take_by_date(struct task *task)
{
	struct str text = task->text;
	size_t length, by = last_day_word(text, &length);
	if (by == text.n)
		return;
	struct str date = str_ltrim_blanks(str_from(text, by + length));
	size_t n = date_and_time(date);
	bool bracket = text.p[by - 1] == '(';
	size_t end = n + (bracket && str_at(date, n) == ')');
	civil_day day;
	if (n == 0 || end + stop_length(str_from(date, end)) < date.n || bracket != (end > n) ||
	    date_parse_all(str_upto(date, n), &day) != DATE_OK)
		return;
	task->due = day;
	task->text = str_rtrim(str_upto(text, by - bracket));
}

bool task_read(struct task *out, struct str image, struct span content, struct span block,
	       struct arena *arena, struct reporter *reporter)
{
	enum task_state state;
	size_t used;
	struct str line = span_str(image, content);
	if (!task_begins(line, &state, &used) || used == line.n)
		return false;
	*out = (struct task){.state = state,
			     .offset = content.from,
			     .block = block,
			     .due = NO_DAY,
			     .created = NO_DAY,
			     .done = NO_DAY};
	struct str left =
	    take_task_fields(out, str_from(line, used), content.from + used, arena, reporter);
	unsigned tags = tags_in(left);
	out->waiting = tags & TAG_WAITING;
	out->topic = tags & TAG_TOPIC;
	out->gave = tags & TAG_GAVE;
	out->got = tags & TAG_GOT;
	out->asked = tags & TAG_ASKED;
	out->text = tags_strip(left, ~0u, arena);
	if (out->due == NO_DAY)
		take_by_date(out);
	return out->text.n > 0;
}

bool task_was_open(const struct task *task, civil_day day)
{
	if (task->created != NO_DAY && task->created > day)
		return false;
	if (task->state == TASK_OPEN)
		return true;
	return task->state == TASK_DONE && task->done != NO_DAY && task->done > day;
}
