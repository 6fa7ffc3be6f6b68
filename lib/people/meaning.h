/* What a value of front matter means, however it is written: `6w` and `6 weeks`, `NAVY` and `Navy`,
 * two spellings of a phone number. */
#ifndef KITH_PEOPLE_MEANING_H
#define KITH_PEOPLE_MEANING_H

#include "note/yaml.h"
#include "people/contact.h"
#include "people/keys.h"

/* All that a value of a key says. */
struct meaning {
	struct strs words; /* as one would type it, see fields_words */
	struct strs means; /* of each: values whose texts here are equal mean the same, labels
			      apart; one where there are no words */
	struct str label;  /* of the first; "" for none */
};

struct meaning meaning_of(enum key key, const struct yaml_node *value, const struct config *config,
			  struct arena *arena);

#endif
