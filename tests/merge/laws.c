#include "laws.h"

#include <stdlib.h>

#include "base/search.h"
#include "facts.h"
#include "people/contact.h"
#include "people/keys.h"

const char *const merge_law_names[LAW_COUNT] = {
    [LAW_NONE] = "none",   [LAW_ONE_SIDE] = "one side", [LAW_ORDER] = "order",
    [LAW_KEPT] = "kept",   [LAW_CLEAN] = "clean",       [LAW_AGAIN] = "again",
    [LAW_TAKEN] = "taken", [LAW_WORDS] = "words",       [LAW_ENDS] = "ends",
    [LAW_DONE] = "done",
};

/* One triple before the judge. */
struct trial {
	const struct triple *triple;
	const struct config *config;
	struct arena *arena;
	struct verdict *out;
	struct merge_result merged;
	struct merge_facts base, ours, theirs, is;
};

static void break_law(struct trial *t, enum merge_law law, const char *why)
{
	if (t->out->law == LAW_NONE) {
		t->out->law = law;
		t->out->why = why;
	}
}

/* Merges in that order; false where there is nothing to judge. */
static bool merge_in_order(struct trial *t, struct merge_result *out, struct str base,
			   struct str ours, struct str theirs)
{
	struct merge_versions versions = {base, ours, theirs};
	struct kith_error err = {0};
	if (merge_files(out, t->triple->kind, &versions, t->config, t->arena, &err)) {
		break_law(t, LAW_DONE, arena_printf(t->arena, "refused: %s", err.message).p);
		return false;
	}
	return !out->unread.p;
}

static void must_give(struct trial *t, enum merge_law law, const char *which, struct str wanted,
		      struct str base, struct str ours, struct str theirs)
{
	struct merge_result got;
	if (!merge_in_order(t, &got, base, ours, theirs) || str_eq(got.bytes, wanted))
		return;
	break_law(t, law,
		  arena_printf(t->arena, "%s gives\n%.*s\n---- and not\n%.*s", which,
			       STR_ARG(got.bytes), STR_ARG(wanted))
		      .p);
}

static struct str present(struct str text)
{
	return text.p ? text : STR("");
}

static void judge_one_side(struct trial *t)
{
	const struct merge_versions *is = &t->triple->is;
	struct str base = present(is->base), sides[] = {present(is->ours), present(is->theirs)};
	for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
		must_give(t, LAW_ONE_SIDE, "(o, x, o)", sides[i], base, sides[i], base);
		must_give(t, LAW_ONE_SIDE, "(o, o, x)", sides[i], base, base, sides[i]);
		must_give(t, LAW_ONE_SIDE, "(o, x, x)", sides[i], is->base, sides[i], sides[i]);
	}
}

/* ---- Facts ---- */

static size_t count_of(const struct merge_facts *facts, const struct merge_fact *fact)
{
	return merge_facts_count(facts, fact->where, fact->text);
}

/* The keys whose row takes one side's. */
static bool one_side_wins(struct str where)
{
	static const char *const keys[] = {"=last_contact", "=snooze", "=added", "=generated",
					   "=status"};
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (str_eq(where, str_of(keys[i])))
			return true;
	return false;
}

static void judge_added(struct trial *t, const struct merge_facts *side,
			const struct merge_facts *other, const char *whose)
{
	for (size_t i = 0; i < side->count; i++) {
		const struct merge_fact *fact = &side->items[i];
		size_t was = count_of(&t->base, fact), here = count_of(side, fact),
		       there = count_of(other, fact), is = count_of(&t->is, fact);
		/* What was cut may be of other words, kith's, or a date written otherwise. */
		if (t->triple->wild && fact->where.p[0] != '=' &&
		    (t->triple->kind == MERGE_REVIEW || !str_eq(fact->where, STR("line"))))
			continue;
		if (here <= was || there < was || one_side_wins(fact->where) ||
		    str_eq(fact->where, STR("kith")))
			continue;
		/* A field is the text's only where the text is everybody's. */
		struct str text = str_from(fact->where, sizeof("field of ") - 1);
		if (str_starts(fact->where, STR("field of ")) &&
		    (merge_facts_count(&t->base, STR("task"), text) != 1 ||
		     merge_facts_count(other, STR("task"), text) != 1))
			continue;
		/* Of a line that was cut at another place. */
		if ((t->triple->wild ? fact->where.p[0] != '='
				     : str_starts(fact->where, STR("field"))) &&
		    str_find(t->merged.bytes, fact->text) < t->merged.bytes.n)
			continue;
		/* Which of several equal ones is whose, only who knows their pieces can say. */
		if (is > 0)
			continue;
		break_law(t, LAW_KEPT,
			  arena_printf(t->arena,
				       "%s added (%.*s) \"%.*s\", %zu times, of which %zu stand",
				       whose, STR_ARG(fact->where), STR_ARG(fact->text), here, is)
			      .p);
	}
}

/* The facts of one key from *at on, which moves behind them. */
static struct merge_facts next_key(const struct merge_facts *facts, size_t *at)
{
	size_t from = *at;
	while (*at < facts->count && str_eq(facts->items[*at].where, facts->items[from].where))
		(*at)++;
	return (struct merge_facts){.items = facts->items + from, .count = *at - from};
}

static struct merge_facts key_of(const struct merge_facts *facts, struct str where)
{
	size_t at;
	LOWER_BOUND(at, facts->count, str_cmp(facts->items[at].where, where) < 0);
	if (at == facts->count || !str_eq(facts->items[at].where, where))
		return (struct merge_facts){0};
	return next_key(facts, &at);
}

static bool says_all(const struct merge_facts *a, const struct merge_facts *b)
{
	for (size_t i = 0; i < b->count; i++)
		if (count_of(a, &b->items[i]) == 0)
			return false;
	return true;
}

static bool says_same(const struct merge_facts *a, const struct merge_facts *b)
{
	return says_all(a, b) && says_all(b, a);
}

/* Keys that `side` left as they were, and the other did not take away. */
static void judge_taken(struct trial *t, const struct merge_facts *side,
			const struct merge_facts *other, const char *whose)
{
	for (size_t at = 0; at < other->count;) {
		struct str where = other->items[at].where;
		struct merge_facts there = next_key(other, &at), was = key_of(&t->base, where),
				   here = key_of(side, where), is = key_of(&t->is, where);
		/* What was taken away stays where the other side wrote it otherwise. */
		bool taken = !says_all(&there, &was) && (was.count != 1 || there.count != 1);
		if (where.p[0] == '=' && !taken && says_same(&was, &here) &&
		    !says_same(&there, &is))
			break_law(t, LAW_TAKEN,
				  arena_printf(t->arena,
					       "%s left %.*s as it was, and the result does not "
					       "say what the other says of it",
					       whose, STR_ARG(where))
				      .p);
	}
}

/* ---- The other order ---- */

enum line_ends { ENDS_NONE, ENDS_LF, ENDS_CRLF, ENDS_MIXED };

static enum line_ends ends_of(struct str text)
{
	enum line_ends ends = ENDS_NONE;
	while (text.n) {
		struct str end = str_slice(text, str_line(text), str_full_line(text));
		enum line_ends this = end.n == 2 ? ENDS_CRLF : ENDS_LF;
		text = str_from(text, str_full_line(text));
		if (end.n == 1 && end.p[0] == '\r')
			return ENDS_MIXED;
		if (end.n && ends != ENDS_NONE && ends != this)
			return ENDS_MIXED;
		if (end.n)
			ends = this;
	}
	return ends;
}

/* Whether a version has equal pieces: which of them is which in another is anybody's guess. */
static bool says_twice(const struct merge_facts *version)
{
	for (size_t i = 1; i < version->count; i++) {
		const struct merge_fact *fact = &version->items[i];
		if (merge_fact_order(fact, fact - 1) == 0 && fact->where.p[0] != '=' &&
		    !str_starts(fact->where, STR("field")))
			return true;
	}
	return false;
}

/* Which piece is which, or whose line ends are ours, is not told by the three alone. */
static bool may_be_guessed(const struct trial *t)
{
	const struct merge_versions *is = &t->triple->is;
	if (ends_of(is->base) == ENDS_MIXED || ends_of(is->ours) == ENDS_MIXED ||
	    ends_of(is->theirs) == ENDS_MIXED)
		return true;
	return says_twice(&t->base) || says_twice(&t->ours) || says_twice(&t->theirs);
}

/* Equal bytes; where the sides end their lines otherwise, the lines are. */
static bool same_but_for_ends(const struct trial *t, struct str a, struct str b)
{
	enum line_ends ours = ends_of(t->triple->is.ours), theirs = ends_of(t->triple->is.theirs);
	if (ours == theirs && ours != ENDS_MIXED)
		return str_eq(a, b);
	while (a.n && b.n) {
		if (!str_eq(str_upto(a, str_line(a)), str_upto(b, str_line(b))))
			return false;
		a = str_from(a, str_full_line(a));
		b = str_from(b, str_full_line(b));
	}
	return a.n == b.n;
}

static void judge_order(struct trial *t)
{
	const struct merge_versions *is = &t->triple->is;
	struct merge_result other;
	struct merge_facts facts;
	bool clash = false;
	if (!merge_in_order(t, &other, is->base, is->theirs, is->ours))
		return;
	for (size_t i = 0; i < t->merged.count; i++)
		clash |= t->merged.decisions[i].what == MERGE_VALUE;
	for (size_t i = 0; i < other.count; i++)
		clash |= other.decisions[i].what == MERGE_VALUE;
	if (!clash && !may_be_guessed(t) && !same_but_for_ends(t, other.bytes, t->merged.bytes)) {
		break_law(
		    t, LAW_ORDER,
		    arena_printf(t->arena, "the other order gives\n%.*s", STR_ARG(other.bytes)).p);
		return;
	}
	merge_facts_read(&facts, t->triple->kind, other.bytes, t->arena);
	if (!says_same(&facts, &t->is))
		break_law(t, LAW_ORDER,
			  arena_printf(t->arena, "the other order says something else:\n%.*s",
				       STR_ARG(other.bytes))
			      .p);
}

/*
 * What is merged once more. Which of several equal pieces is whose is lost: where one side added
 * another one and the other took one away, R is as the base is, and the first law says what it
 * gives with either.
 */
static void judge_again(struct trial *t)
{
	const struct merge_versions *is = &t->triple->is;
	struct str result = t->merged.bytes;
	if (may_be_guessed(t))
		return;
	t->out->again = true;
	must_give(t, LAW_AGAIN, "(o, R, a)", result, is->base, result, is->ours);
	must_give(t, LAW_AGAIN, "(o, R, b)", result, is->base, result, is->theirs);
}

/* ---- Findings ---- */

static bool tells_of_clash(struct str finding)
{
	static const char *const words[] = {"a merge kept", "a merge also kept"};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_find(finding, str_of(words[i])) < finding.n)
			return true;
	return false;
}

/* What is wrong with a version, but for what tells of a clash. */
static const char *fault_of(const struct trial *t, struct str image)
{
	struct diag diag;
	struct reporter reporter;
	struct contact contact;
	struct config config;
	struct note note;
	const char *fault = NULL;
	diag_init(&diag, t->arena);
	reporter_init(&reporter, image, STR("people/ada.md"), &diag);
	if (t->triple->kind == MERGE_SETTINGS) {
		config_default(&config, t->arena);
		(void)config_read(&config, t->arena, &reporter);
	} else if (t->triple->kind == MERGE_REVIEW) {
		(void)note_read(&note, &note_reader_libs, t->arena, &reporter);
	} else {
		(void)contact_of_bytes(&contact, STR("people/ada.md"), image, t->config,
				       &note_reader_libs, &diag, t->arena);
	}
	for (size_t i = 0; i < diag.count && !fault; i++) {
		struct str said = diag.items[i].message;
		if (!tells_of_clash(said))
			fault = arena_printf(t->arena, "%d:%d: %.*s", diag.items[i].line,
					     diag.items[i].column, STR_ARG(said))
				    .p;
	}
	diag_release(&diag);
	return fault;
}

static void judge_clean(struct trial *t)
{
	const struct merge_versions *is = &t->triple->is;
	if (fault_of(t, present(is->base)) || fault_of(t, present(is->ours)) ||
	    fault_of(t, present(is->theirs)))
		return;
	const char *fault = fault_of(t, t->merged.bytes);
	if (fault)
		break_law(t, LAW_CLEAN, fault);
}

/* ---- Words ---- */

static bool parts_words(char c)
{
	return str_is_space_char(c) || str_find_char(STR("[]{},:\"'#.\\&-*+()|>"), c) < 19;
}

struct word_set {
	struct str *items;
	size_t count;
};

static int word_order(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	return str_cmp(*x, *y);
}

static struct str next_word(struct str *rest)
{
	struct str word, mark = STR("\xEF\xBB\xBF");
	/* What is quoted may be escaped. */
	while (rest->n && (parts_words(rest->p[0]) || str_starts(*rest, mark)))
		*rest = str_from(*rest, str_starts(*rest, mark) ? mark.n
					: rest->p[0] == '\\'    ? 2
								: 1);
	word = *rest;
	for (word.n = 0; word.n < rest->n && !parts_words(rest->p[word.n]);)
		word.n++;
	*rest = str_from(*rest, word.n);
	return word;
}

static void add_words(struct word_set *set, struct str text)
{
	for (struct str word = next_word(&text); word.n; word = next_word(&text))
		set->items[set->count++] = word;
}

/* Escapes in quotes are read: what is under `merged` may be written with others. */
static void add_read_words(struct word_set *set, const struct merge_facts *facts)
{
	for (size_t i = 0; i < facts->count; i++)
		if (facts->items[i].where.p[0] == '=')
			add_words(set, facts->items[i].text);
}

static void judge_words(struct trial *t)
{
	const struct merge_versions *is = &t->triple->is;
	struct word_set set = {0};
	set.items =
	    ARENA_ARRAY(t->arena, struct str, 2 * (is->base.n + is->ours.n + is->theirs.n) + 64);
	add_words(&set, is->base);
	add_words(&set, is->ours);
	add_words(&set, is->theirs);
	add_words(&set, STR("merged merged_values " MERGE_BOTH_KEPT));
	add_read_words(&set, &t->base);
	add_read_words(&set, &t->ours);
	add_read_words(&set, &t->theirs);
	qsort(set.items, set.count, sizeof(*set.items), word_order);
	struct str rest = t->merged.bytes;
	for (struct str word = next_word(&rest); word.n; word = next_word(&rest)) {
		size_t at;
		LOWER_BOUND(at, set.count, str_cmp(set.items[at], word) < 0);
		if (at == set.count || !str_eq(set.items[at], word))
			break_law(t, LAW_WORDS,
				  arena_printf(t->arena, "\"%.*s\" stands in none of the three",
					       STR_ARG(word))
				      .p);
	}
}

/* ---- Line ends ---- */

static void judge_ends(struct trial *t)
{
	const struct merge_versions *is = &t->triple->is;
	enum line_ends base = ends_of(is->base), ours = ends_of(is->ours),
		       theirs = ends_of(is->theirs), result = ends_of(t->merged.bytes);
	bool told = base == ENDS_LF || base == ENDS_CRLF;
	if (!told || ours == ENDS_MIXED || theirs == ENDS_MIXED || ours == ENDS_NONE ||
	    theirs == ENDS_NONE || result == ENDS_NONE)
		return;
	if (result != (ours == base ? theirs : ours))
		break_law(t, LAW_ENDS, "the line ends are not those of who changed them all");
}

/* ---- All of them ---- */

static void judge_done(struct trial *t)
{
	const struct merge_versions *is = &t->triple->is;
	size_t most = is->base.n + 2 * (is->ours.n + is->theirs.n) + 200 +
		      t->merged.count * (sizeof(MERGE_BOTH_KEPT) + 16);
	if (t->merged.bytes.n > most)
		break_law(t, LAW_DONE, "the result is too long");
}

/* Whether a version cannot be read as its kind: then nothing need be merged. */
static bool cannot_be_read(const struct trial *t, const struct merge_facts *facts, struct str image)
{
	static const char *const open[] = {"```",       "~~~",      "<!--",
					   "<details>", "\xC2\x85", "\xE2\x80\xA8"};
	for (size_t i = 0; i < ARRAY_LEN(open); i++)
		if (image.p && str_find(image, str_of(open[i])) < image.n)
			return true;
	return facts->broken || facts->crowded || fault_of(t, present(image));
}

void laws_judge(struct verdict *out, const struct triple *triple, const struct config *config,
		struct arena *arena)
{
	const struct merge_versions *is = &triple->is;
	struct trial t = {.triple = triple, .config = config, .arena = arena, .out = out};
	*out = (struct verdict){0};
	merge_facts_read(&t.base, triple->kind, is->base, arena);
	merge_facts_read(&t.ours, triple->kind, is->ours, arena);
	merge_facts_read(&t.theirs, triple->kind, is->theirs, arena);
	out->broken = (size_t)t.base.broken + t.ours.broken + t.theirs.broken;
	if (!merge_in_order(&t, &t.merged, is->base, is->ours, is->theirs)) {
		out->unread = out->law == LAW_NONE;
		if (out->unread && !triple->wild && !cannot_be_read(&t, &t.base, is->base) &&
		    !cannot_be_read(&t, &t.ours, is->ours) &&
		    !cannot_be_read(&t, &t.theirs, is->theirs))
			break_law(&t, LAW_DONE,
				  arena_printf(arena, "all can be read, and yet: %.*s",
					       STR_ARG(t.merged.unread))
				      .p);
		return;
	}
	if (t.base.odd || t.ours.odd || t.theirs.odd)
		return;
	out->clashes = t.merged.count;
	out->result = t.merged.bytes;
	merge_facts_read(&t.is, triple->kind, t.merged.bytes, arena);
	judge_one_side(&t);
	judge_added(&t, &t.ours, &t.theirs, "ours");
	judge_added(&t, &t.theirs, &t.ours, "theirs");
	if (!triple->wild) {
		judge_taken(&t, &t.ours, &t.theirs, "ours");
		judge_taken(&t, &t.theirs, &t.ours, "theirs");
	}
	if (!triple->wild)
		judge_words(&t);
	judge_clean(&t);
	judge_again(&t);
	judge_order(&t);
	judge_ends(&t);
	judge_done(&t);
}

/* ---- Shrinking ---- */

/* What is being made smaller, and what must stay so. */
struct shrinking {
	struct triple *triple;
	enum merge_law law;
	size_t broken;
	const struct config *config;
	struct arena *arena;
};

static bool still_breaks(const struct shrinking *s, const struct triple *triple)
{
	struct verdict verdict;
	struct arena arena;
	arena_init(&arena);
	laws_judge(&verdict, triple, s->config, &arena);
	arena_release(&arena);
	return verdict.law == s->law && verdict.broken <= s->broken;
}

static struct str without(struct str text, size_t from, size_t to, struct arena *arena)
{
	if (!text.p)
		return text;
	return arena_printf(arena, "%.*s%.*s", STR_ARG(str_upto(text, from)),
			    STR_ARG(str_from(text, to)));
}

/* Takes that stretch out of one version, or (`all`) what stands there out of each. */
static bool take_out(const struct shrinking *s, size_t which, bool all, size_t from, size_t to)
{
	struct str *texts[] = {&s->triple->is.base, &s->triple->is.ours, &s->triple->is.theirs};
	struct triple less = *s->triple;
	struct str *lesser[] = {&less.is.base, &less.is.ours, &less.is.theirs};
	struct str gone = str_slice(*texts[which], from, to);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		size_t at = i == which ? from : str_find(*texts[i], gone);
		if ((all || i == which) && at < texts[i]->n)
			*lesser[i] = without(*texts[i], at, at + gone.n, s->arena);
	}
	if (!still_breaks(s, &less))
		return false;
	*s->triple = less;
	return true;
}

/* By pieces of so many lines; 0: by words. */
static bool shrink_by(const struct shrinking *s, size_t which, bool all, size_t lines)
{
	struct str *texts[] = {&s->triple->is.base, &s->triple->is.ours, &s->triple->is.theirs};
	bool shrunk = false;
	for (size_t at = 0; at < texts[which]->n;) {
		struct str rest = str_from(*texts[which], at);
		size_t n = lines ? 0 : str_find_char(str_upto(rest, str_line(rest)), ' ') + 1;
		for (size_t i = 0; i < lines; i++)
			n += str_full_line(str_from(rest, n));
		n = n > rest.n ? rest.n : n;
		if (take_out(s, which, all, at, at + n))
			shrunk = true;
		else
			at += lines ? str_full_line(rest) : n;
	}
	return shrunk;
}

void laws_shrink(struct triple *triple, const struct verdict *verdict, const struct config *config,
		 struct arena *arena)
{
	static const size_t sizes[] = {16, 4, 2, 1, 0};
	struct shrinking s = {triple, verdict->law, verdict->broken, config, arena};
	bool shrunk = true;
	for (int round = 0; shrunk && round < 8; round++) {
		shrunk = false;
		for (size_t size = 0; size < ARRAY_LEN(sizes); size++)
			for (size_t which = 6; which-- > 0;)
				shrunk |= shrink_by(&s, which % 3, which > 2, sizes[size]);
	}
}
