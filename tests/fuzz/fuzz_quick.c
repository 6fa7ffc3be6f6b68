/*
 * Input: the bytes of a contact's file, read as one, then all of it as front
 * matter and all of it as a body. What the quick reader makes of it must be
 * what the libraries make of it.
 */
#include <stdint.h>
#include <stdlib.h>

#include "same_note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str image = {(const char *)data, size};
	for (int as_note = 0; as_note < 2; as_note++) {
		struct difference d = same_note(image, as_note);
		if (d.found) {
			fprintf(stderr, "%s\n", d.text);
			abort();
		}
	}
	return 0;
}
