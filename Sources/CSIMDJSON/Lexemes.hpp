// The parts of JSON's grammar below the level of structure: strings, numbers and literals.

#pragma once

#include <cstddef>
#include <cstdint>

namespace chequebook {

inline bool isSpace(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

/// Resolves the escapes of `length` bytes of string content into `target`, which has room for as many bytes.
/// Returns a reason code; `length` becomes the bytes written or, on failure, the place of the bad escape.
uint32_t unescape(const uint8_t *content, size_t &length, uint8_t *target);

/// Checks the string that starts with the quote at `start` byte by byte. Returns a reason code; `end` becomes the
/// index past its closing quote or, on failure, the place of the error.
uint32_t checkString(const uint8_t *bytes, size_t count, size_t start, size_t &end);

/// The length of the well-formed UTF-8 sequence at `bytes`, 0 if there is none within `count` bytes (RFC 3629, section 4).
size_t sequenceLength(const uint8_t *bytes, size_t count);

/// Reads a number of up to eight digits and nothing else that ends at `end`; false leaves it to `numberKind`. The eight
/// bytes before `end` are read, whatever the length, on a machine that has the lowest byte first.
bool shortInteger(const uint8_t *end, size_t length, int64_t &integer);

/// Reads a number that takes up all `length` (at least 1) bytes. Returns its token kind, or -1 if it is malformed;
/// `integer` is set for CHEQUEBOOK_JSON_INTEGER alone.
int numberKind(const uint8_t *bytes, size_t length, int64_t &integer);

}  // namespace chequebook
