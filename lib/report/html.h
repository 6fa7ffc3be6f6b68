/*
 * A model made ready for a template of HTML: what is Markdown in it becomes HTML, days are said in
 * words, numbers become the bars of a chart.
 */
#ifndef KITH_REPORT_HTML_H
#define KITH_REPORT_HTML_H

#include <jansson.h>

#include "base/date.h"
#include "base/str.h"

struct html_order {
	civil_day today;
	civil_day chart_from; /* the Monday of the first of the 52 weeks of its chart */
	struct str folder;    /* of the page, from the journal's; p == NULL: it is not in there, and
				 names lead nowhere */
};

/*
 * Changes the model in place. Its texts are valid UTF-8.
 * - What the review's model says is Markdown, and `about`, becomes HTML (note/markdown.h), to be
 *   put in as it is; all other texts become lines as text_add_line makes them.
 * - What has a `path` gets `href`, the way there from the page's folder.
 * - A day KEY gets KEY_date and KEY_ago, in words (report/words.h).
 * - `weeks` get a `chart`: bars of {x, y, height, what} in a picture of 520 by 48, and from, to.
 */
void html_ready(json_t *model, const struct html_order *order);

#endif
