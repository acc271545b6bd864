#ifndef CHEQUEBOOK_CHECKPOINT_H
#define CHEQUEBOOK_CHECKPOINT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// A piece of memory.
typedef struct {
    const void *bytes;
    size_t byteCount;
} chequebook_piece;

/// Where blocks go: returns 0, or the errno with which it failed.
typedef int (*chequebook_sink)(void *context, const void *bytes, size_t byteCount);

/// Bytes of pieces in a block; the CRC-32C of the block stands behind them, begun from the block's number.
enum { CHEQUEBOOK_BLOCK_BYTES = 1 << 20, CHEQUEBOOK_BLOCK_CHECKSUM_BYTES = 4 };

/// Gives all pieces to `sink`, one behind the other, in blocks of `CHEQUEBOOK_BLOCK_BYTES`, the last as long as is left,
/// each with its checksum behind it. Returns 0 or what the sink returned. It allocates nothing and takes no lock; `block`
/// has room for a block and its checksum.
int chequebook_write_blocks(
    const chequebook_piece *pieces, size_t count, uint8_t *block, chequebook_sink sink, void *context);

/// Has a child process write `head`, then all pieces in blocks, to `file`, and sync it. The child sees the memory as it is
/// now, however this process goes on to change it; it holds no other file of this process and ends with it.
/// Returns the child's id, or −1 with errno. The child's exit code is 0, or the errno with which it failed.
pid_t chequebook_write_in_child(
    int file, chequebook_piece head, const chequebook_piece *pieces, size_t count);

#endif
