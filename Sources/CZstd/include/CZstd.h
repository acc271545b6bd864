#ifndef CHEQUEBOOK_ZSTD_H
#define CHEQUEBOOK_ZSTD_H

#include <stddef.h>

/// Compresses blocks of bytes, each into one zstd frame (RFC 8878) that says how long its content is and ends with the
/// checksum of it. For one thread at a time.
typedef struct chequebook_zstd_encoder chequebook_zstd_encoder;

/// An encoder at a level of zstd's, of which 3 is its usual one; NULL if there is no memory for it.
chequebook_zstd_encoder *chequebook_zstd_encoder_create(int level);

void chequebook_zstd_encoder_free(chequebook_zstd_encoder *encoder);

/// The most bytes that a frame of `count` bytes of content takes.
size_t chequebook_zstd_frame_bytes_max(size_t count);

/// Writes a frame of `count` bytes to `target`, which has room for the most that it can take. Returns the frame's size,
/// or 0 if it could not be made.
size_t chequebook_zstd_encode(
    chequebook_zstd_encoder *encoder, void *target, size_t capacity, const void *bytes, size_t count);

/// Turns frames back into what they were made of. For one thread at a time.
typedef struct chequebook_zstd_decoder chequebook_zstd_decoder;

/// NULL if there is no memory for it.
chequebook_zstd_decoder *chequebook_zstd_decoder_create(void);

void chequebook_zstd_decoder_free(chequebook_zstd_decoder *decoder);

/// Fills `target` with the content of the frame in `bytes`. Returns 1 if it is exactly `target_count` bytes, the frame's
/// checksum is right, and nothing follows the frame; else 0, and `target` may hold anything.
int chequebook_zstd_decode(
    chequebook_zstd_decoder *decoder, void *target, size_t target_count, const void *bytes, size_t count);

#endif
