// preadv2 is an extension of Linux.
#define _GNU_SOURCE
#include "CCachedRead.h"

#include <sys/uio.h>

ssize_t chequebook_cached_pread(int descriptor, void *target, size_t count, off_t offset) {
    struct iovec whole = {.iov_base = target, .iov_len = count};
    return preadv2(descriptor, &whole, 1, offset, RWF_NOWAIT);
}
