#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void set(struct kith_error *err, enum kith_status status, const char *format, va_list args)
    __attribute__((__format__(__printf__, 3, 0)));

static void set(struct kith_error *err, enum kith_status status, const char *format, va_list args)
{
	if (!err || err->status != KITH_OK)
		return;
	err->status = status;
	vsnprintf(err->message, sizeof(err->message), format, args);
}

int kith_fail(struct kith_error *err, enum kith_status status, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	set(err, status, format, args);
	va_end(args);
	return -1;
}

int kith_fail_line(struct kith_error *err, enum kith_status status, int line, const char *format,
		   ...)
{
	va_list args;
	va_start(args, format);
	if (err && err->status == KITH_OK)
		err->line = line;
	set(err, status, format, args);
	va_end(args);
	return -1;
}

int kith_fail_errno(struct kith_error *err, const char *format, ...)
{
	int cause = errno;
	char reason[128];
	va_list args;
	va_start(args, format);
	if (err && err->status == KITH_OK) {
		set(err, KITH_IO, format, args);
		if (strerror_r(cause, reason, sizeof(reason)) != 0)
			snprintf(reason, sizeof(reason), "error %d", cause);
		size_t n = strlen(err->message);
		snprintf(err->message + n, sizeof(err->message) - n, ": %s", reason);
	}
	va_end(args);
	return -1;
}

int kith_fail_at(struct kith_error *err, const char *path, int line, int column)
{
	if (err && err->path[0] == '\0') {
		snprintf(err->path, sizeof(err->path), "%s", path);
		err->line = line ? line : err->line;
		err->column = line ? column : err->column;
	}
	return -1;
}

int kith_fail_context(struct kith_error *err, const char *format, ...)
{
	if (!err)
		return -1;
	char message[sizeof(err->message)];
	va_list args;
	memcpy(message, err->message, sizeof(message));
	va_start(args, format);
	vsnprintf(err->message, sizeof(err->message), format, args);
	va_end(args);
	size_t n = strlen(err->message);
	snprintf(err->message + n, sizeof(err->message) - n, ": %s", message);
	return -1;
}
