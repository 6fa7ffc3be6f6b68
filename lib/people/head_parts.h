/* What the parts of head.h share, and nobody else needs. */
#ifndef KITH_PEOPLE_HEAD_PARTS_H
#define KITH_PEOPLE_HEAD_PARTS_H

#include "base/datewords.h"
#include "people/head.h"

/* Bytes of a word that may be a channel, or speak of time. */
#define HEAD_WORD_MAX 24

struct head_source {
	const struct head_line *line;
	const struct config *config;
	civil_day today;
	struct arena *arena;
	struct str first; /* the line that holds the head, trimmed */
	struct str more;  /* the lines after it */
};

/* --- How far a head reads, and as what (head_parts.c) --- */

struct head_parts {
	struct head head;
	size_t date_end;   /* behind the date; 0 for none */
	size_t at;         /* behind all that reads */
	struct str people; /* what follows `with ` */
	bool all;          /* it reads to the end */
};

/* Reads text, without blanks at its ends, as far as it is a head; date: it may begin with one. */
void head_read_parts(struct head_parts *p, const struct head_source *s, struct str text, bool date);
/* A date at the start of text, in the direction of the line's kind. */
enum date_result head_date_at(const struct head_source *s, struct str text, civil_day *day,
			      size_t *used) ATTR_MUST_CHECK;
struct str head_first_word(struct str s);
/* Where the first word that ends in a colon ends, before that; s.n for none. */
size_t head_colon_at(struct str s);
/* Without a colon, a name of several words may be text: only a known one is a name. */
bool head_are_names(const struct head_source *s, const struct strs *names);
/* Of what follows `with`, where text follows people: names of one word each. */
size_t head_single_names(struct str s);

/* --- What is refused: KITH_INVALID, with the lines to type (head_refuse.c) --- */

int head_fail_empty(const struct head_source *s, struct kith_error *err);
int head_fail_date(const struct head_source *s, enum date_result result, struct str words,
		   struct kith_error *err);
int head_fail_range(const struct head_source *s, struct str words, civil_day last,
		    struct kith_error *err);
/* `monday is her first day` */
int head_fail_two_ways(const struct head_source *s, const struct head_parts *p,
		       struct kith_error *err);
/* A plan whose words are no head. */
int head_fail_plan(const struct head_source *s, const struct head_parts *p, struct kith_error *err);
/* A day on the wrong side of today. */
int head_fail_side(const struct head_source *s, const struct head_parts *p, struct kith_error *err);
/* Refuses what is nearly a head (`coffee friday`, `coffee with`), up to end. 0 where it is none. */
int head_check_nearly(const struct head_source *s, const struct head_parts *p, struct str head,
		      size_t end, struct kith_error *err) ATTR_MUST_CHECK;

/* --- The text (head_text.c) --- */

/* KITH_INVALID for a text with control characters or that is no UTF-8. */
int head_check_text(struct str text, struct kith_error *err) ATTR_MUST_CHECK;
/* Every line end as LF: a CR alone would end a line in the file too. */
struct str head_plain_lines(struct str text, struct arena *arena);
bool head_is_tag_byte(char c);
/* Tags at the end: where they begin, behind the blanks before them; s.n for none. */
size_t head_tags_at(struct str s);
struct str head_joined(struct str a, char between, struct str b, struct arena *arena);

#endif
