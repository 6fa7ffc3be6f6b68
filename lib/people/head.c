/*
 * What stands before a colon, or all of a line, is a head where it reads as
 * one to its end. Where it does not, it still tells how the line was perhaps
 * meant, for the messages.
 */
#include "people/head.h"

#include "people/entry.h"
#include "people/head_parts.h"

/* `monday: call: x`: a day alone, and the rest of the head after its colon. */
static struct str second_head(struct head_parts *p, const struct head_source *s, struct str text)
{
	struct head_parts next;
	size_t colon = head_colon_at(text);
	if (p->head.channel.n || p->people.n || colon == text.n)
		return text;
	head_read_parts(&next, s, str_rtrim(str_upto(text, colon)), false);
	if (!next.all || next.at == 0 || (next.head.time.n && p->head.time.n))
		return text;
	if (next.head.time.n)
		p->head.time = next.head.time;
	p->head.channel = next.head.channel;
	p->head.with = next.head.with;
	return str_trim(str_from(text, colon + 1));
}

static bool may_be_channel(struct str word)
{
	if (word.n == 0 || word.n > HEAD_WORD_MAX ||
	    !(str_is_alpha(word.p[0]) || (unsigned char)word.p[0] >= 0x80))
		return false;
	for (size_t i = 0; i < word.n; i++)
		if (!head_is_tag_byte(word.p[i]) || word.p[i] == '/')
			return false;
	return true;
}

/* `zoom`, `zoom with grace`: what would be the rest of a head, were zoom a channel. */
static struct str unknown_channel(const struct head_parts *p, struct str head)
{
	struct str rest = str_ltrim_blanks(str_from(head, p->at)), word = head_first_word(rest);
	struct str after = str_ltrim_blanks(str_from(rest, word.n));
	if (p->head.channel.n || !may_be_channel(word) || str_ieq(word, STR("with")))
		return STR("");
	return after.n == 0 || str_istarts(after, STR("with ")) ? word : STR("");
}

static int read_with_colon(struct head_parts *p, const struct head_source *s, size_t colon,
			   struct kith_error *err)
{
	struct str head = str_rtrim(str_upto(s->first, colon));
	struct str text = str_ltrim(str_from(s->first, colon + 1));
	if (head.n + text.n + s->more.n == 0)
		return head_fail_empty(s, err);
	head_read_parts(p, s, head, true);
	if (!p->all && head_check_nearly(s, p, head, colon, err) < 0)
		return -1;
	if (p->all) {
		if (p->date_end)
			text = second_head(p, s, text);
	} else {
		p->head.unknown_channel = unknown_channel(p, head);
		text = str_ltrim(str_from(s->first, p->at));
		if (p->head.unknown_channel.n == 0 && s->line->kind == HEAD_PLAN)
			return head_fail_plan(s, p, err);
		if (p->head.unknown_channel.n == 0) {
			struct str kept = str_upto(s->first, p->date_end);
			head_read_parts(p, s, STR(""), false);
			p->head.kept_date = kept;
			text = s->first;
		}
	}
	p->head.text = text;
	return 0;
}

static int read_without_colon(struct head_parts *p, const struct head_source *s,
			      struct kith_error *err)
{
	size_t tags = head_tags_at(s->first);
	struct str head = str_rtrim(str_upto(s->first, tags));
	head_read_parts(p, s, head, true);
	bool is_head = p->all && head.n && head_are_names(s, &p->head.with);
	if (is_head) {
		p->head.text = str_from(s->first, tags);
		return 0;
	}
	if (head_check_nearly(s, p, head, tags, err) < 0)
		return -1;
	if (s->line->kind == HEAD_PLAN)
		return head_fail_plan(s, p, err);
	if (p->date_end)
		return head_fail_two_ways(s, p, err);
	head_read_parts(p, s, STR(""), false);
	p->head.text = s->first;
	return 0;
}

/* Refuses a line that begins with a date that is none, reads two ways, or is a range of days. */
static int check_date(const struct head_source *s, struct kith_error *err)
{
	civil_day day = NO_DAY;
	size_t used = 0;
	enum date_result result = head_date_at(s, s->first, &day, &used);
	struct str words = str_upto(s->first, used);
	if (result == DATE_IMPOSSIBLE || result == DATE_AMBIGUOUS)
		return head_fail_date(s, result, words, err);
	size_t range = result == DATE_OK ? entry_range(str_from(s->first, used), &day) : 0;
	if (range)
		return head_fail_range(s, str_upto(s->first, used + range), day, err);
	return 0;
}

static int read_line(struct head_parts *p, const struct head_source *s, struct kith_error *err)
{
	head_read_parts(p, s, STR(""), false);
	if (s->line->raw && s->line->kind == HEAD_PLAN)
		return head_fail_plan(s, p, err);
	if (s->line->raw) {
		p->head.text = s->first;
		return 0;
	}
	if (check_date(s, err) < 0)
		return -1;
	size_t colon = head_colon_at(s->first);
	int result =
	    colon < s->first.n ? read_with_colon(p, s, colon, err) : read_without_colon(p, s, err);
	if (result < 0)
		return -1;
	bool plan = s->line->kind == HEAD_PLAN;
	if (plan && !p->head.dated)
		return head_fail_plan(s, p, err);
	if (plan ? p->head.day < s->today : p->head.day > s->today)
		return head_fail_side(s, p, err);
	return 0;
}

int head_parse(struct head *out, const struct head_line *line, const struct config *config,
	       civil_day today, struct arena *arena, struct kith_error *err)
{
	struct head_source s = {.line = line, .config = config, .today = today, .arena = arena};
	struct head_parts p;
	if (head_check_text(line->text, err) < 0)
		return -1;
	struct str rest = str_trim(head_plain_lines(line->text, arena));
	if (rest.n == 0)
		return head_fail_empty(&s, err);
	str_next_line(&rest, &s.first);
	s.first = str_trim(s.first);
	s.more = rest;
	if (read_line(&p, &s, err) < 0)
		return -1;
	*out = p.head;
	/* Without text in the first line, the next one that holds something begins it. */
	if (out->text.n == 0)
		s.more = str_trim(s.more);
	out->text = head_tags(head_joined(out->text, '\n', s.more, arena), arena);
	return 0;
}
