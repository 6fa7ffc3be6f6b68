#include "people/task.h"

#include "base/text.h"
#include "people/tags.h"

bool task_begins(struct str content, enum task_state *state, size_t *used)
{
	if (content.n < 3 || content.p[0] != '[' || content.p[1] == ']')
		return false;
	/* One character of any script stands between. */
	size_t close = 2;
	while (close < content.n && close < 5 && ((unsigned char)content.p[close] & 0xC0) == 0x80)
		close++;
	if (close >= content.n || content.p[close] != ']')
		return false;
	if (close + 1 < content.n && !str_is_blank_char(content.p[close + 1]))
		return false;
	char mark = str_lower(content.p[1]);
	*state = mark == 'x' ? TASK_DONE : mark == '-' ? TASK_DROPPED : TASK_OPEN;
	*used = close + 1;
	while (*used < content.n && str_is_blank_char(content.p[*used]))
		(*used)++;
	return true;
}

/* In bytes, with its brackets; what is longer is text. */
#define LONGEST_BRACKET 201

enum field { FIELD_DUE, FIELD_CREATED, FIELD_DONE, FIELD_REPEAT, FIELD_OTHER };

/* Words before `::`, as Dataview and Obsidian Tasks name them. */
static enum field field_of(struct str word)
{
	if (str_ieq(word, STR("due")))
		return FIELD_DUE;
	if (str_ieq(word, STR("created")))
		return FIELD_CREATED;
	if (str_ieq(word, STR("completion")) || str_ieq(word, STR("done")))
		return FIELD_DONE;
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
    {"\xE2\x9D\x8C", FIELD_OTHER, true},       /* ❌ cancelled */
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
	bool must_be_date;
};

static size_t skip_task_blanks(struct str s, size_t i)
{
	while (i < s.n && str_is_blank_char(s.p[i]))
		i++;
	return i;
}

/* `(due:: DATE)`, `[due:: DATE]`, and in round brackets also `(due: DATE)` and `(due DATE)`. */
static bool match_bracket(struct str s, struct task_field *found)
{
	char close = s.p[0] == '(' ? ')' : ']';
	struct str near = str_upto(s, LONGEST_BRACKET);
	size_t end = str_find_char(near, close), word = 1;
	if (end == near.n)
		return false;
	while (word < end && (str_is_alpha(s.p[word]) || s.p[word] == '-' || s.p[word] == '_'))
		word++;
	struct str name = str_slice(s, 1, word), after = str_slice(s, word, end);
	*found = (struct task_field){end + 1, field_of(name), STR_NONE, true};
	if (name.n && str_starts(after, STR("::"))) {
		found->value = str_trim(str_from(after, 2));
		return true;
	}
	if (close != ')' || found->field != FIELD_DUE)
		return false;
	found->value = str_trim(str_starts(after, STR(":")) ? str_from(after, 1) : after);
	civil_day day;
	return date_parse_all(found->value, &day) != DATE_NONE;
}

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
		*found = (struct task_field){at, signs[i].field, STR_NONE, signs[i].dated};
		size_t from = skip_task_blanks(s, at), to = from;
		if (signs[i].field == FIELD_REPEAT)
			while (to < s.n && ((unsigned char)s.p[to] < 0x80 && s.p[to] != '#' &&
					    s.p[to] != '(' && s.p[to] != '['))
				to++;
		else if (signs[i].dated)
			while (to < s.n && !str_is_space_char(s.p[to]))
				to++;
		found->length = to > from ? to : at;
		found->value = str_trim(str_slice(s, from, to));
		return true;
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
		size_t n = 0;
		while (n < value.n && !str_is_space_char(value.p[n]) &&
		       !(closed && value.p[n] == ')'))
			n++;
		civil_day day;
		value = str_upto(value, n);
		if (date_parse_all(value, &day) == DATE_NONE)
			return false;
		*found = (struct task_field){prefix.n + n + closed, words[i].field, value, true};
		if (found->length > s.n)
			found->length = s.n;
		return true;
	}
	return false;
}

static bool match_field(struct str line, size_t at, struct task_field *found)
{
	struct str s = str_from(line, at);
	unsigned char c = (unsigned char)s.p[0];
	if (c == '(' || (c == '[' && !str_starts(s, STR("[["))))
		return match_bracket(s, found);
	if (c >= 0xE2)
		return match_sign(s, found);
	bool starts_word = at == 0 || str_is_space_char(line.p[at - 1]);
	return starts_word &&
	       (c == '@' || str_lower((char)c) == 'd' || str_lower((char)c) == 'c') &&
	       match_word(s, found);
}

static void take_task_field(struct task *task, const struct task_field *found, size_t offset,
			    struct reporter *reporter)
{
	civil_day *days[] = {&task->due, &task->created, &task->done};
	if (found->field == FIELD_REPEAT)
		task->repeats = true;
	if (found->field > FIELD_DONE || !found->value.n)
		return;
	civil_day day;
	enum date_result result = date_parse_all(found->value, &day);
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

bool task_read(struct task *out, struct str image, struct span content, struct span block,
	       struct arena *arena, struct reporter *reporter)
{
	enum task_state state;
	size_t used;
	struct str line = span_str(image, content);
	if (!task_begins(line, &state, &used))
		return false;
	*out = (struct task){.state = state,
			     .offset = content.from,
			     .block = block,
			     .due = NO_DAY,
			     .created = NO_DAY,
			     .done = NO_DAY};
	size_t base = content.from + used;
	line = str_from(line, used);
	bool plain = true;
	for (size_t i = 0; i < line.n && plain; i++)
		plain = !may_begin_field(line.p[i]);
	struct str left = line;
	if (!plain) {
		char *p = arena_bytes(arena, line.n + 1);
		size_t n = 0;
		struct task_field found;
		for (size_t i = 0; i < line.n;) {
			if (!match_field(line, i, &found)) {
				p[n++] = line.p[i++];
				continue;
			}
			if (found.value.p)
				take_task_field(out, &found,
						base + (size_t)(found.value.p - line.p), reporter);
			else
				take_task_field(out, &found, base + i, reporter);
			i += found.length;
			/* The blanks around it become those before it. */
			if (n == 0 || str_is_blank_char(p[n - 1]))
				i = skip_task_blanks(line, i);
		}
		left = (struct str){p, n};
	}
	unsigned tags = tags_in(left);
	out->waiting = tags & TAG_WAITING;
	out->topic = tags & TAG_TOPIC;
	out->gave = tags & TAG_GAVE;
	out->got = tags & TAG_GOT;
	out->asked = tags & TAG_ASKED;
	out->text = tags_strip(left, ~0u, arena);
	return true;
}

bool task_was_open(const struct task *task, civil_day day)
{
	if (task->created != NO_DAY && task->created > day)
		return false;
	if (task->state == TASK_OPEN)
		return true;
	return task->state == TASK_DONE && task->done != NO_DAY && task->done > day;
}
