/*
 * Moves all dates of a text by the same number of days, so that a journal
 * which was written for one day reads the same on another.
 */
#ifndef KITH_CHANGE_SHIFT_H
#define KITH_CHANGE_SHIFT_H

#include "base/buf.h"
#include "base/date.h"
#include "base/str.h"

/*
 * Appends text, a contact's file or kith.yaml, to out with every date moved
 * by to - from days; all other bytes stay, and with from == to all of them.
 * from, to: the day the text was written for, and the one it is to be read
 * on; a whole number of weeks apart, weekdays stay as they are.
 *
 * Moved is what the format reads as a full date, each in its own form:
 * `2026-11-30`, `2026/11/30`, `20261130`, `2026-W48-1`, `13/04/2026` (as
 * `2026-05-11` where the result would read two ways), with or without zeros
 * before single digits. In the front matter also what comes back each year:
 * a birthday (`--11-26`, `--1126`, `11-26`, `XXXX-11-26`, and full dates) and
 * dates that are `yearly`. Of these it is the occurrence nearest to `from`
 * that moves, and the first year goes with it: so the next one stays as far
 * away, and the age it makes stays too, whatever leap days lie between.
 *
 * Not moved: months, years and weeks without a day (`2026-11`, `### 2026`,
 * `1984?`, `2026-W48`), digits that are part of a number, a word, a path or
 * an address, phone numbers, what is no day (2026-02-30), what reads two ways
 * (03/04/2026), and what would leave the years 1 to 9999.
 *
 * Two corners are off by a day. A yearly date of 29 February is taken for 1
 * March in a common year (as `leap_day: march` has it). One that would move
 * to 29 February, in a first year that has none, goes to 28 February.
 */
void shift_dates(struct buf *out, struct str text, civil_day from, civil_day to);

#endif
