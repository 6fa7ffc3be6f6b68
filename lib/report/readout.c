#include "report/readout.h"

#include "note/quick.h"
#include "people/fields.h"
#include "people/people.h"

struct reading_out {
	struct readout *out;
	const struct contact *c;
	const struct config *config;
	struct arena *arena;
};

/* The line that an offset stands in, and how many there are: a search by halves. */
static struct readout_line *line_of(const struct reading_out *r, size_t offset)
{
	const struct readout *out = r->out;
	size_t from = 0, to = out->count;
	while (to - from > 1) {
		size_t half = (from + to) / 2;
		if ((size_t)(out->items[half].text.p - r->c->image.p) <= offset)
			from = half;
		else
			to = half;
	}
	return &out->items[from];
}

/* What the lines of a stretch are that nothing was said of yet: its first, and the others. */
static void say_of(const struct reading_out *r, struct span at, struct str what, struct str more)
{
	struct readout_line *line = line_of(r, at.from), *end = r->out->items + r->out->count;
	size_t to = at.to;
	for (bool first = true; line < end; line++, first = false) {
		if (!first && (size_t)(line->text.p - r->c->image.p) >= to)
			break;
		if (!line->what.n && str_trim(line->text).n)
			line->what = first ? what : more;
	}
}

static void say_front(const struct reading_out *r, const struct note *note)
{
	int rank;
	for (const struct yaml_node *k = note->map ? note->map->first : NULL; k;
	     k = k->next->next) {
		enum key key = fields_key(k, &rank);
		struct str name = key_name(key);
		struct span at = {k->span.from,
				  k->next->span.to > k->span.to ? k->next->span.to : k->span.to};
		if (fields_absent(key, k->next))
			name = STR("as if absent");
		else if (key == KEY_UNKNOWN)
			name = STR("a key of your own");
		else if (key == KEY_TITLE && contact_is_note_title(r->c, k->next))
			name = STR("the note's title");
		say_of(r, at, name, name);
	}
}

static void say_heading(const struct reading_out *r, const struct block *b)
{
	struct str text = span_str(r->c->image, b->content), what = STR("");
	const struct task_heading *tasks = config_task_heading(r->config, text, r->arena);
	enum log_kind kind = contact_log_kind(text, r->config, r->arena);
	if (kind != LOG_NONE)
		what = kind == LOG_ALL ? STR("a section of talks")
				       : STR("talks where a channel or people are named");
	else if (tasks)
		what = tasks->waiting ? STR("a section of tasks: waited for")
		       : tasks->topic ? STR("a section of tasks: to bring up")
				      : STR("a section of tasks");
	else if (b->level == 1 && !r->c->named && r->c->name.p != r->c->slug.p)
		what = STR("the name");
	if (what.n)
		say_of(r, (struct span){b->start, b->content.to}, what, what);
}

static void read_out_entry(const struct reading_out *r, const struct entry *e)
{
	const char *kind = e->cancelled ? "cancelled"
			   : e->planned ? "a plan"
			   : e->note    ? "a note"
			   : e->tried   ? "no contact"
					: "a talk";
	struct str what = arena_printf(r->arena, "%s: %s%s%.*s%s", kind, day_text(e->day).z,
				       e->channel.n ? " " : "", STR_ARG(e->channel),
				       e->with_count ? ", with others" : "");
	say_of(r, e->block, what, STR("belongs to it"));
}

static void read_out_task(const struct reading_out *r, const struct task *t)
{
	const char *kind = t->state == TASK_DONE      ? "done"
			   : t->state == TASK_DROPPED ? "dropped"
			   : t->waiting               ? "waited for"
			   : t->topic                 ? "to bring up"
						      : "a promise";
	struct str what = STR("");
	what = t->due == NO_DAY ? arena_printf(r->arena, "%s", kind)
				: arena_printf(r->arena, "%s, due %s", kind, day_text(t->due).z);
	say_of(r, t->block, what, STR("belongs to it"));
}

static void say_below(void *context, enum key key, struct span value)
{
	const struct reading_out *r = context;
	struct str name = key_name(key);
	say_of(r, (struct span){value.from, value.to}, name, name);
}

void readout_make(struct readout *out, const struct journal *journal, uint32_t who,
		  struct arena *arena)
{
	const struct contact *c = &journal->contacts[who];
	struct reading_out r = {out, c, &journal->config, arena};
	struct reporter quiet = reporter_quiet(c->image);
	struct note note;
	struct str rest = c->image, line;
	size_t lines = 1;
	for (size_t i = 0; i < c->image.n; i++)
		lines += c->image.p[i] == '\n';
	*out = (struct readout){ARENA_ARRAY(arena, struct readout_line, lines), 0};
	while (out->count < lines && str_next_line(&rest, &line))
		out->items[out->count++] = (struct readout_line){line, STR("")};
	if (out->count == 0 || !note_read(&note, &note_reader_quick, arena, &quiet))
		return;
	say_front(&r, &note);
	for (size_t i = 0; i < c->tasks_count; i++)
		read_out_task(&r, &c->tasks[i]);
	for (size_t i = 0; i < c->entries_count; i++)
		read_out_entry(&r, &c->entries[i]);
	contact_each_below(c->image, &journal->config, say_below, &r, arena);
	for (size_t i = 0; i < note.blocks.count; i++)
		if (note.blocks.items[i].kind == BLOCK_HEADING)
			say_heading(&r, &note.blocks.items[i]);
}
