/*
 * Keeps two programs apart: flock(2), which the kernel gives back when its
 * holder ends, however it ends.
 */
#ifndef KITH_BASE_LOCK_H
#define KITH_BASE_LOCK_H

#include "base/attr.h"
#include "base/error.h"

/*
 * Locks the folder dir (open) for this process alone, waiting up to so many
 * milliseconds. Returns a descriptor, which lock_release gives back, or -1
 * with KITH_BUSY. Thread-safe; two locks of one process exclude each other
 * too. Where the file system knows no locks, a lock that holds nothing.
 */
int lock_folder(int dir, unsigned wait, struct kith_error *err) ATTR_MUST_CHECK;
void lock_release(int lock);

#endif
