#include "surroundings.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define DAY_SECONDS 86400

/* Minutes east of UTC: POSIX has no field for it. */
static int zone_of(time_t now)
{
	struct tm local;
	tzset();
	if (!localtime_r(&now, &local))
		return 0;
	int64_t day = day_from_ymd(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
	int64_t seconds = day * DAY_SECONDS + local.tm_hour * 3600L + local.tm_min * 60L +
			  (local.tm_sec < 60 ? local.tm_sec : 59);
	int64_t east = seconds - (int64_t)now;
	return (int)((east + (east < 0 ? -30 : 30)) / 60);
}

static bool is_true(const char *value)
{
	return value && *value && value[0] != '0' && value[0] != 'f' && value[0] != 'n';
}

void surroundings_fill(struct git_surroundings *around)
{
	time_t now = time(NULL);
	*around = (struct git_surroundings){
	    .home = getenv("HOME"),
	    .xdg_config_home = getenv("XDG_CONFIG_HOME"),
	    .config_global = getenv("GIT_CONFIG_GLOBAL"),
	    .config_system = getenv("GIT_CONFIG_SYSTEM"),
	    .config_nosystem = is_true(getenv("GIT_CONFIG_NOSYSTEM")),
	    .author_name = getenv("GIT_AUTHOR_NAME"),
	    .author_email = getenv("GIT_AUTHOR_EMAIL"),
	    .committer_name = getenv("GIT_COMMITTER_NAME"),
	    .committer_email = getenv("GIT_COMMITTER_EMAIL"),
	    .email = getenv("EMAIL"),
	    .now = now,
	    .zone = zone_of(now),
	    .fsync = true,
	};
}

civil_day surroundings_date(const struct git_surroundings *around)
{
	int64_t seconds = around->now + around->zone * INT64_C(60);
	int64_t day = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
	return day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : (civil_day)day;
}
