#include "CChecksum.h"

#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#define CRC_TARGET __attribute__((target("sse4.2")))
#define CRC_BYTE(crc, byte) _mm_crc32_u8((crc), (byte))
#define CRC_WORD(crc, word) ((uint32_t)_mm_crc32_u64((crc), (word)))
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#define CRC_TARGET
#define CRC_BYTE(crc, byte) __crc32cb((crc), (byte))
#define CRC_WORD(crc, word) __crc32cd((crc), (word))
#endif

// The polynomial 0x1EDC6F41 with its bits reversed, as the reflected CRC needs it.
enum { POLYNOMIAL = 0x82F63B78 };

// slices[k][b] is what byte b contributes when k more bytes follow it in the same eight-byte step.
static uint32_t slices[8][256];

static uint32_t portable(uint32_t crc, const uint8_t *bytes, size_t count) {
    for (; count >= 8; bytes += 8, count -= 8) {
        uint32_t low = crc ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                              (uint32_t)bytes[3] << 24);
        crc = slices[7][low & 255] ^ slices[6][low >> 8 & 255] ^ slices[5][low >> 16 & 255] ^ slices[4][low >> 24] ^
              slices[3][bytes[4]] ^ slices[2][bytes[5]] ^ slices[1][bytes[6]] ^ slices[0][bytes[7]];
    }
    for (; count > 0; bytes++, count--) crc = crc >> 8 ^ slices[0][(crc ^ *bytes) & 255];
    return crc;
}

static uint32_t (*fastest)(uint32_t, const uint8_t *, size_t) = portable;

#ifdef CRC_TARGET

// The instruction takes three cycles but one can start in each, so three streams run beside each other. Their
// results are joined by moving a CRC over the bytes of the streams behind it, which is linear and so a table.
enum { STREAM_BYTES = 1024 };
static uint32_t over_a_stream[4][256];

static inline uint32_t moved(uint32_t crc) {
    return over_a_stream[0][crc & 255] ^ over_a_stream[1][crc >> 8 & 255] ^ over_a_stream[2][crc >> 16 & 255] ^
           over_a_stream[3][crc >> 24];
}

static inline uint64_t word(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

CRC_TARGET static uint32_t hardware(uint32_t crc, const uint8_t *bytes, size_t count) {
    for (; count >= 3 * STREAM_BYTES; bytes += 3 * STREAM_BYTES, count -= 3 * STREAM_BYTES) {
        uint32_t second = 0, third = 0;
        for (size_t i = 0; i < STREAM_BYTES; i += 8) {
            crc = CRC_WORD(crc, word(bytes + i));
            second = CRC_WORD(second, word(bytes + STREAM_BYTES + i));
            third = CRC_WORD(third, word(bytes + 2 * STREAM_BYTES + i));
        }
        crc = moved(moved(crc) ^ second) ^ third;
    }
    for (; count >= 8; bytes += 8, count -= 8) crc = CRC_WORD(crc, word(bytes));
    for (; count > 0; bytes++, count--) crc = CRC_BYTE(crc, *bytes);
    return crc;
}

static int has_hardware(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("sse4.2");
#else
    return 1;
#endif
}

static void prepare_hardware(void) {
    static const uint8_t zeros[STREAM_BYTES];
    for (int place = 0; place < 4; place++) {
        for (uint32_t byte = 0; byte < 256; byte++) {
            over_a_stream[place][byte] = portable(byte << 8 * place, zeros, STREAM_BYTES);
        }
    }
    fastest = hardware;
}

#endif

// Before main, so that no caller on any thread can meet a table half filled.
__attribute__((constructor)) static void prepare(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ (uint32_t)POLYNOMIAL : crc >> 1;
        slices[0][byte] = crc;
    }
    for (int k = 1; k < 8; k++) {
        for (int byte = 0; byte < 256; byte++) {
            slices[k][byte] = slices[k - 1][byte] >> 8 ^ slices[0][slices[k - 1][byte] & 255];
        }
    }
#ifdef CRC_TARGET
    if (has_hardware()) prepare_hardware();
#endif
}

uint32_t chequebook_crc32c(uint32_t seed, const void *bytes, size_t count) {
    return ~fastest(~seed, bytes, count);
}

uint32_t chequebook_crc32c_portable(uint32_t seed, const void *bytes, size_t count) {
    return ~portable(~seed, bytes, count);
}
