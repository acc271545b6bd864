#include "CMemory.h"

#include <stdint.h>
#include <sys/mman.h>

void *chequebook_take_memory(size_t byteCount, size_t alignment, bool huge) {
    size_t taken = byteCount + alignment;
    char *memory = mmap(NULL, taken, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return NULL;
    size_t before = (alignment - (uintptr_t)memory % alignment) % alignment;
    char *aligned = memory + before;
    if (before > 0) munmap(memory, before);
    if (alignment > before) munmap(aligned + byteCount, alignment - before);
    // A system without huge pages says so, and ordinary ones do as well.
    if (huge) (void)madvise(aligned, byteCount, MADV_HUGEPAGE);
    return aligned;
}

void chequebook_give_memory(void *memory, size_t byteCount) { munmap(memory, byteCount); }
