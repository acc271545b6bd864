#ifndef CHEQUEBOOK_MEMORY_H
#define CHEQUEBOOK_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/// Asks for the cache line at an address, and waits for nothing. Any address will do.
static inline void chequebook_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

/// Takes `byteCount` zero bytes from the system, which begin at a multiple of `alignment`, a power of two of at least a
/// page. What is never touched is never used. `huge` asks for huge pages. NULL if there is no more.
void *chequebook_take_memory(size_t byteCount, size_t alignment, bool huge);

/// Gives it back.
void chequebook_give_memory(void *memory, size_t byteCount);

#endif
