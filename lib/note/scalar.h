/*
 * A text as a YAML scalar on one line. Plain is only what YAML 1.1's readers
 * (PyYAML, Ruby's) and 1.2's both take for a string, whatever stands around
 * it; a whole number that is written as everybody writes it and a date are
 * plain too, since they come out of any reader as they went in.
 */
#ifndef KITH_NOTE_SCALAR_H
#define KITH_NOTE_SCALAR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "note/yaml.h"

/*
 * Writes a text, which must be UTF-8 without NUL: with the quotes of that
 * style where it has any; else plain where it can be, or in double quotes, or
 * in single ones where that takes no escapes. flow: inside [] or {}.
 */
void scalar_write(struct buf *out, struct str text, enum yaml_style style, bool flow);

/* Whether a plain scalar holds exactly this text for a YAML parser, of whatever type. */
bool scalar_fits_plain(struct str text, bool flow);

#endif
