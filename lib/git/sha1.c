#include "git/sha1.h"

enum { BLOCK = 64, LENGTH = 8 };

static uint32_t turn(uint32_t x, unsigned by)
{
	return x << by | x >> (32 - by);
}

static uint32_t get_u32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void put_u32(unsigned char *p, uint32_t value)
{
	p[0] = (unsigned char)(value >> 24);
	p[1] = (unsigned char)(value >> 16);
	p[2] = (unsigned char)(value >> 8);
	p[3] = (unsigned char)value;
}

/* Word t of the schedule, in a ring of 16 (6.1.3). */
#define WORD(t)                                                                                    \
	(w[(t)&15] =                                                                               \
	     turn(w[((t) + 13) & 15] ^ w[((t) + 8) & 15] ^ w[((t) + 2) & 15] ^ w[(t)&15], 1))

/* A round, with the five letters' roles given instead of moved. */
#define ROUND(a, b, c, d, e, function, constant, word)                                             \
	e += turn(a, 5) + (function) + (constant) + (word);                                        \
	b = turn(b, 30);

#define CHOICE(b, c, d)   ((d) ^ ((b) & ((c) ^ (d))))
#define PARITY(b, c, d)   ((b) ^ (c) ^ (d))
#define MAJORITY(b, c, d) (((b) & (c)) | ((d) & ((b) | (c))))

/* Five rounds from t on, after which each letter has its role again. */
#define FIVE(t, function, constant, word)                                                          \
	ROUND(a, b, c, d, e, function(b, c, d), constant, word((t)))                               \
	ROUND(e, a, b, c, d, function(a, b, c), constant, word((t) + 1))                           \
	ROUND(d, e, a, b, c, function(e, a, b), constant, word((t) + 2))                           \
	ROUND(c, d, e, a, b, function(d, e, a), constant, word((t) + 3))                           \
	ROUND(b, c, d, e, a, function(c, d, e), constant, word((t) + 4))

#define TWENTY(t, function, constant)                                                              \
	FIVE(t, function, constant, WORD)                                                          \
	FIVE((t) + 5, function, constant, WORD)                                                    \
	FIVE((t) + 10, function, constant, WORD)                                                   \
	FIVE((t) + 15, function, constant, WORD)

#define GIVEN(t) w[t]

static void add_block(uint32_t h[5], const unsigned char *block)
{
	uint32_t w[16], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
	for (size_t t = 0; t < 16; t++)
		w[t] = get_u32(block + 4 * t);
	FIVE(0, CHOICE, 0x5a827999, GIVEN)
	FIVE(5, CHOICE, 0x5a827999, GIVEN)
	FIVE(10, CHOICE, 0x5a827999, GIVEN)
	ROUND(a, b, c, d, e, CHOICE(b, c, d), 0x5a827999, w[15])
	ROUND(e, a, b, c, d, CHOICE(a, b, c), 0x5a827999, WORD(16))
	ROUND(d, e, a, b, c, CHOICE(e, a, b), 0x5a827999, WORD(17))
	ROUND(c, d, e, a, b, CHOICE(d, e, a), 0x5a827999, WORD(18))
	ROUND(b, c, d, e, a, CHOICE(c, d, e), 0x5a827999, WORD(19))
	TWENTY(20, PARITY, 0x6ed9eba1)
	TWENTY(40, MAJORITY, 0x8f1bbcdc)
	TWENTY(60, PARITY, 0xca62c1d6)
	h[0] += a;
	h[1] += b;
	h[2] += c;
	h[3] += d;
	h[4] += e;
}

void sha1_of(unsigned char out[SHA1_SIZE], struct str bytes)
{
	uint32_t h[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
	unsigned char last[2 * BLOCK] = {0};
	const unsigned char *p = (const unsigned char *)bytes.p;
	size_t left = bytes.n;
	for (; left >= BLOCK; left -= BLOCK, p += BLOCK)
		add_block(h, p);
	if (left)
		memcpy(last, p, left);
	last[left] = 0x80;
	size_t n = left + 1 + LENGTH <= BLOCK ? BLOCK : 2 * BLOCK;
	uint64_t bits = (uint64_t)bytes.n * 8;
	put_u32(last + n - 8, (uint32_t)(bits >> 32));
	put_u32(last + n - 4, (uint32_t)bits);
	for (size_t at = 0; at < n; at += BLOCK)
		add_block(h, last + at);
	for (size_t i = 0; i < 5; i++)
		put_u32(out + 4 * i, h[i]);
}
