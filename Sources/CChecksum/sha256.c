#include "CChecksum.h"

#include <openssl/sha.h>
#include <stdlib.h>

void chequebook_sha256(const void *bytes, size_t count, uint8_t out[32]) {
    // It fails only where libcrypto has no SHA-256 to give, and then no answer is right.
    if (SHA256(bytes, count, out) == NULL) abort();
}
