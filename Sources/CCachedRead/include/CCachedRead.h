#ifndef CHEQUEBOOK_CACHED_READ_H
#define CHEQUEBOOK_CACHED_READ_H

#include <stddef.h>
#include <sys/types.h>

/// Reads from a file what the system has of it in memory, and never waits for a disk: as `pread`, but fails with EAGAIN
/// where that would wait, and with EOPNOTSUPP on a file system that cannot tell.
ssize_t chequebook_cached_pread(int descriptor, void *target, size_t count, off_t offset);

#endif
