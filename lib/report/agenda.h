/* What is due, as a model: for `kith due` and for today's page. */
#ifndef KITH_REPORT_AGENDA_H
#define KITH_REPORT_AGENDA_H

#include <jansson.h>

#include "base/attr.h"
#include "insight/agenda.h"

/*
 * {today, until, people: [{slug, name, path, due, late, last, ratio, cadence,
 * why, talk, new, dormant}], items: [{kind, day, when, time, slug, name, path,
 * what, late}], waiting: [...]}. Days are "YYYY-MM-DD" or null; `late` is in
 * days, negative for what is to come; all texts are plain, one line each.
 */
json_t *agenda_model(const struct journal *journal, const struct agenda *agenda) ATTR_MUST_CHECK;

#endif
