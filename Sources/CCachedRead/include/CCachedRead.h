#ifndef CHEQUEBOOK_CACHED_READ_H
#define CHEQUEBOOK_CACHED_READ_H

#include <stddef.h>
#include <sys/types.h>

/// Reads from a file what the system has of it in memory, and never waits for a disk: as `pread`, but fails with EAGAIN
/// where that would wait, and with EOPNOTSUPP on a file system that cannot tell.
ssize_t chequebook_cached_pread(int descriptor, void *target, size_t count, off_t offset);

/// Has reading from a file not note when it was read, if the caller may ask that of it: only its owner may. The file must
/// not be open to append.
void chequebook_leave_access_time(int descriptor);

#endif
