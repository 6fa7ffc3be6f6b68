/*
 * Input: a kith.yaml, then, after the first NUL, a path. Nothing may crash or
 * take long, and whatever is said there, the settings in force make sense.
 */
#include <stdint.h>
#include <stdlib.h>

#include "people/config.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_interval(struct interval interval)
{
	must(interval.months >= 0 && interval.days >= 0 && interval.months + interval.days > 0);
}

static void check_cadence(struct cadence cadence)
{
	must(cadence.kind == CADENCE_EVERY || cadence.kind == CADENCE_NEVER);
	if (cadence.kind == CADENCE_EVERY)
		check_interval(cadence.interval);
}

static void check_config(const struct config *c)
{
	must(c->version == CONFIG_VERSION);
	must(c->people.count > 0 && c->reviews.n > 0 && c->task_headings.count > 0);
	for (size_t i = 0; i < c->people.count; i++)
		must(c->people.items[i].n > 0 && c->people.items[i].p[0] != '/' &&
		     c->people.items[i].p[c->people.items[i].n] == '\0');
	for (size_t i = 0; i < c->channels.count; i++)
		must(c->channels.items[i].n > 0);
	for (size_t i = 0; i < c->cadences.count; i++)
		check_cadence(c->cadences.items[i].cadence);
	check_cadence(c->cadence_default);
	for (size_t i = 0; i < c->by_tag_count; i++)
		check_cadence(c->by_tag[i].cadence);
	for (size_t i = 0; i < c->new_ties_count; i++)
		check_interval(c->new_ties[i]);
	check_interval(c->ahead);
	check_interval(c->late);
	must(c->reach_out >= 0 && c->revive >= 0);
	must(c->max_file > 0 && c->max_file <= 64u * 1024 * 1024);
	must(c->since == NO_DAY || (c->since >= DAY_MIN && c->since <= DAY_MAX));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct diag diag;
	struct config config;
	struct reporter reporter;
	arena_init(&arena);
	diag_init(&diag, &arena);
	config_default(&config, &arena);
	struct str all = arena_str(&arena, (struct str){(const char *)data, size});
	struct str settings = str_upto(all, str_find_char(all, '\0'));
	reporter_init(&reporter, settings, STR("kith.yaml"), &diag);
	if (config_read(&config, &arena, &reporter))
		check_config(&config);
	else
		must(diag_has_error(&diag));
	for (size_t i = 0; i < diag.count; i++)
		must(diag.items[i].line > 0 && diag.items[i].column > 0);
	(void)config_passes_over(&config, str_from(all, settings.n + 1), false);
	diag_release(&diag);
	arena_release(&arena);
	return 0;
}
