#ifndef CHEQUEBOOK_MEMORY_H
#define CHEQUEBOOK_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/// Asks for the cache line at an address, and waits for nothing. Any address will do.
static inline void chequebook_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

/// Looks at the eight slots of a line at once, without a branch that could be guessed wrongly.
///
/// Slot I has bit 2 I if its low half is zero, and bit 2 I + 1 if its high half is `tag`.
static inline uint32_t chequebook_match_line(const uint64_t *line, uint32_t tag) {
#ifdef __SSE2__
    const __m128i *pairs = (const __m128i *)line;
    __m128i wanted = _mm_set1_epi64x((long long)((uint64_t)tag << 32));
    __m128i first = _mm_packs_epi32(
        _mm_cmpeq_epi32(_mm_loadu_si128(pairs), wanted), _mm_cmpeq_epi32(_mm_loadu_si128(pairs + 1), wanted));
    __m128i second = _mm_packs_epi32(
        _mm_cmpeq_epi32(_mm_loadu_si128(pairs + 2), wanted), _mm_cmpeq_epi32(_mm_loadu_si128(pairs + 3), wanted));
    return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(first, second));
#else
    uint32_t bits = 0;
    for (int slot = 0; slot < 8; slot++) {
        bits |= (uint32_t)((uint32_t)line[slot] == 0) << 2 * slot;
        bits |= (uint32_t)((uint32_t)(line[slot] >> 32) == tag) << (2 * slot + 1);
    }
    return bits;
#endif
}

/// Takes `byteCount` zero bytes from the system, which begin at a multiple of `alignment`, a power of two of at least a
/// page. What is never touched is never used. `huge` asks for huge pages. NULL if there is no more.
void *chequebook_take_memory(size_t byteCount, size_t alignment, bool huge);

/// Gives it back.
void chequebook_give_memory(void *memory, size_t byteCount);

#endif
