/* Sets of numbers, a bit for each. */
#ifndef PROVISO_BITS_H
#define PROVISO_BITS_H

#include <stdbool.h>
#include <stdint.h>

static inline void
bits_add(uint64_t *set, uint32_t number)
{
	set[number / 64] |= (uint64_t)1 << (number % 64);
}

static inline bool
bits_have(const uint64_t *set, uint32_t number)
{
	return set[number / 64] >> (number % 64) & 1;
}

#endif
