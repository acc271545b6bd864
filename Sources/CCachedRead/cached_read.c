// The system calls are extensions of Linux.
#define _GNU_SOURCE
#include "CCachedRead.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

ssize_t chequebook_cached_pread(int descriptor, void *target, size_t count, off_t offset) {
    struct iovec whole = {.iov_base = target, .iov_len = count};
    // Not by the library's function: that lets a thread be cancelled in it, which costs as much as all else outside of
    // the kernel. The offset has two words, of which a system of 64 bits looks at the first.
    return syscall(SYS_preadv2, descriptor, &whole, 1UL, offset, 0L, RWF_NOWAIT);
}

void chequebook_leave_access_time(int descriptor) {
    (void)fcntl(descriptor, F_SETFL, O_NOATIME);
}
