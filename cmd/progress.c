#include "progress.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/fs.h"
#include "base/str.h"
#include "clock.h"

/* Nothing is said in the first second (KITH_PROGRESS_DELAY says another number), then so often. */
#define DELAY 1000
#define PAUSE 100

static int64_t delay(void)
{
	const char *said = getenv("KITH_PROGRESS_DELAY");
	long seconds = said ? str_number(str_of(said), 86400) : -1;
	return seconds < 0 ? DELAY : seconds * 1000;
}

/* A terminal that does not take it has gone, and the work goes on. */
static void write_progress(const struct progress *progress, const char *text)
{
	if (fs_write_all(progress->fd, str_of(text)) < 0)
		return;
}

void progress_tick(void *context)
{
	struct progress *progress = context;
	char text[64];
	int64_t now = clock_milliseconds();
	progress->count++;
	if (!progress->next)
		progress->next = now + delay();
	if (now < progress->next)
		return;
	snprintf(text, sizeof(text), "\rlooking through history: %zu commits\033[K",
		 progress->count);
	write_progress(progress, text);
	progress->next = now + PAUSE;
	progress->shown = true;
}

void progress_clear(struct progress *progress)
{
	if (progress->shown)
		write_progress(progress, "\r\033[K");
	progress->shown = false;
}
