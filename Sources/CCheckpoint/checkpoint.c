#define _GNU_SOURCE
#include "CCheckpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "CChecksum.h"

static int flush_block(uint8_t *block, size_t used, uint32_t number, chequebook_sink sink, void *context) {
    uint32_t checksum = chequebook_crc32c(number, block, used);
    for (size_t byte = 0; byte < sizeof checksum; byte++) block[used + byte] = (uint8_t)(checksum >> 8 * byte);
    return sink(context, block, used + sizeof checksum);
}

int chequebook_write_blocks(
    const chequebook_piece *pieces, size_t count, uint8_t *block, chequebook_sink sink, void *context) {
    size_t used = 0;
    uint32_t number = 0;
    for (size_t index = 0; index < count; index++) {
        const uint8_t *bytes = pieces[index].bytes;
        size_t left = pieces[index].byteCount;
        while (left > 0) {
            size_t part = left < CHEQUEBOOK_BLOCK_BYTES - used ? left : CHEQUEBOOK_BLOCK_BYTES - used;
            memcpy(block + used, bytes, part);
            bytes += part;
            left -= part;
            used += part;
            if (used < CHEQUEBOOK_BLOCK_BYTES) continue;
            int code = flush_block(block, used, number++, sink, context);
            if (code != 0) return code;
            used = 0;
        }
    }
    return used == 0 ? 0 : flush_block(block, used, number, sink, context);
}

typedef struct {
    int file;
    off_t written;
} child_file;

// A disk that is kept busy little by little lets the journal's syncs through; gigabytes at the end would not.
enum { WRITE_BACK_BYTES = 8 << 20 };

static int write_all(void *context, const void *bytes, size_t byteCount) {
    child_file *target = context;
    const char *from = bytes;
    while (byteCount > 0) {
        ssize_t written = write(target->file, from, byteCount);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return written < 0 ? errno : ENOSPC;
        from += written;
        byteCount -= (size_t)written;
        off_t before = target->written / WRITE_BACK_BYTES;
        target->written += written;
        if (target->written / WRITE_BACK_BYTES > before) {
            off_t start = before * WRITE_BACK_BYTES;
            sync_file_range(target->file, start, WRITE_BACK_BYTES, SYNC_FILE_RANGE_WRITE);
            if (before > 0) {
                sync_file_range(target->file, start - WRITE_BACK_BYTES, WRITE_BACK_BYTES,
                    SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
                // Nobody reads it before the next start; the memory is for the journal's pages.
                posix_fadvise(target->file, start - WRITE_BACK_BYTES, WRITE_BACK_BYTES, POSIX_FADV_DONTNEED);
            }
        }
    }
    return 0;
}

// A child of a process with threads must not allocate.
static uint8_t child_block[CHEQUEBOOK_BLOCK_BYTES + CHEQUEBOOK_BLOCK_CHECKSUM_BYTES];

// Runs in the child, where only what may be called in a signal's handler may be called.
static void write_and_exit(int file, chequebook_piece head, const chequebook_piece *pieces, size_t count, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(ESRCH);
    // A client's connection must end when this process's parent ends it, and the directory's lock with the parent.
    if (file > 0) close_range(0, (unsigned)file - 1, 0);
    close_range((unsigned)file + 1, ~0U, 0);
    // Whoever waits for an answer goes first.
    setpriority(PRIO_PROCESS, 0, 19);
    child_file target = {file, 0};
    int code = write_all(&target, head.bytes, head.byteCount);
    if (code == 0) code = chequebook_write_blocks(pieces, count, child_block, write_all, &target);
    if (code == 0 && fsync(file) != 0) code = errno;
    _exit(code);
}

pid_t chequebook_write_in_child(int file, chequebook_piece head, const chequebook_piece *pieces, size_t count) {
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) write_and_exit(file, head, pieces, count, parent);
    return child;
}
