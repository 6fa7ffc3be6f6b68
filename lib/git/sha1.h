/*
 * Inside the module: SHA-1 (FIPS 180-4) of bytes as they are. git ends its
 * index with one; libgit2 has none to lend. Not for secrets.
 */
#ifndef KITH_GIT_SHA1_H
#define KITH_GIT_SHA1_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { SHA1_SIZE = 20 };

void sha1_of(unsigned char out[SHA1_SIZE], struct str bytes);

#endif
