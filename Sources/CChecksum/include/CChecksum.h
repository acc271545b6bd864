#ifndef CCHECKSUM_H
#define CCHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// The CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `count` bytes, continued from `seed`.
/// `seed` is 0 for the first piece and the result of the piece before for every other one.
uint32_t chequebook_crc32c(uint32_t seed, const void *bytes, size_t count);

/// The same by table alone: what a processor without CRC instructions runs, so that tests can compare the two.
uint32_t chequebook_crc32c_portable(uint32_t seed, const void *bytes, size_t count);

/// The SHA-256 (FIPS 180-4) of `count` bytes.
void chequebook_sha256(const void *bytes, size_t count, uint8_t out[32]);

/// A SHA-256 of bytes that come in pieces, for one thread at a time. It can be used again after it was finished.
typedef struct chequebook_sha256_stream chequebook_sha256_stream;

/// A new stream of nothing so far; `chequebook_sha256_stream_free` gives its memory back.
chequebook_sha256_stream *chequebook_sha256_stream_create(void);

/// Adds the next piece.
void chequebook_sha256_stream_add(chequebook_sha256_stream *stream, const void *bytes, size_t count);

/// The SHA-256 of all pieces; the stream begins anew.
void chequebook_sha256_stream_finish(chequebook_sha256_stream *stream, uint8_t out[32]);

void chequebook_sha256_stream_free(chequebook_sha256_stream *stream);

#endif
