#include "CChecksum.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdlib.h>

// Nothing here fails but where libcrypto has no SHA-256 or no memory to give, and then no answer is right.

void chequebook_sha256(const void *bytes, size_t count, uint8_t out[32]) {
    if (SHA256(bytes, count, out) == NULL) abort();
}

struct chequebook_sha256_stream {
    EVP_MD_CTX *context;
};

chequebook_sha256_stream *chequebook_sha256_stream_create(void) {
    chequebook_sha256_stream *stream = malloc(sizeof *stream);
    if (stream == NULL) abort();
    stream->context = EVP_MD_CTX_new();
    if (stream->context == NULL || EVP_DigestInit_ex(stream->context, EVP_sha256(), NULL) != 1) abort();
    return stream;
}

void chequebook_sha256_stream_add(chequebook_sha256_stream *stream, const void *bytes, size_t count) {
    if (EVP_DigestUpdate(stream->context, bytes, count) != 1) abort();
}

void chequebook_sha256_stream_finish(chequebook_sha256_stream *stream, uint8_t out[32]) {
    if (EVP_DigestFinal_ex(stream->context, out, NULL) != 1) abort();
    // Without a digest's name the context keeps the one it has: finding it again costs more than a small commit.
    if (EVP_DigestInit_ex(stream->context, NULL, NULL) != 1) abort();
}

void chequebook_sha256_stream_free(chequebook_sha256_stream *stream) {
    EVP_MD_CTX_free(stream->context);
    free(stream);
}
