#include "Lexemes.hpp"

#include <cstring>

#include "CSIMDJSON.h"

namespace chequebook {

namespace {

bool isDigit(uint8_t byte) { return uint8_t(byte - '0') <= 9; }

/// The value of four hexadecimal digits, or -1.
int32_t codeUnit(const uint8_t *digits) {
    int32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        const uint8_t letter = digits[i] | 0x20;
        if (isDigit(digits[i])) {
            unit = unit << 4 | (digits[i] - '0');
        } else if (letter >= 'a' && letter <= 'f') {
            unit = unit << 4 | (letter - 'a' + 10);
        } else {
            return -1;
        }
    }
    return unit;
}

uint8_t *writeUTF8(uint32_t scalar, uint8_t *target) {
    if (scalar < 0x80) {
        *target++ = uint8_t(scalar);
        return target;
    }
    if (scalar < 0x800) {
        *target++ = uint8_t(0xC0 | scalar >> 6);
    } else {
        if (scalar < 0x10000) {
            *target++ = uint8_t(0xE0 | scalar >> 12);
        } else {
            *target++ = uint8_t(0xF0 | scalar >> 18);
            *target++ = uint8_t(0x80 | (scalar >> 12 & 0x3F));
        }
        *target++ = uint8_t(0x80 | (scalar >> 6 & 0x3F));
    }
    *target++ = uint8_t(0x80 | (scalar & 0x3F));
    return target;
}

/// The byte that a two-character escape stands for, or 0. No such escape stands for NUL.
uint8_t simpleEscape(uint8_t letter) {
    switch (letter) {
    case '"': case '\\': case '/': return letter;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
    }
}

/// Reads the `\u` escape at `escape`, with the second half of a surrogate pair, and moves past it.
uint32_t readUnicode(const uint8_t *&escape, const uint8_t *end, uint32_t &scalar) {
    const int32_t unit = end - escape >= 6 ? codeUnit(escape + 2) : -1;
    if (unit < 0) return CHEQUEBOOK_JSON_BAD_ESCAPE;
    if (unit < 0xD800 || unit > 0xDFFF) {
        scalar = uint32_t(unit);
        escape += 6;
        return CHEQUEBOOK_JSON_OK;
    }
    const bool paired = unit < 0xDC00 && end - escape >= 12 && escape[6] == '\\' && escape[7] == 'u';
    const int32_t low = paired ? codeUnit(escape + 8) : -1;
    if (low < 0xDC00 || low > 0xDFFF) return CHEQUEBOOK_JSON_LONE_SURROGATE;
    scalar = 0x10000 + (uint32_t(unit - 0xD800) << 10 | uint32_t(low - 0xDC00));
    escape += 12;
    return CHEQUEBOOK_JSON_OK;
}

}  // namespace

uint32_t unescape(const uint8_t *content, size_t &length, uint8_t *target) {
    const uint8_t *const end = content + length;
    const uint8_t *const written = target;
    for (const uint8_t *from = content; from < end;) {
        const auto *escape = static_cast<const uint8_t *>(memchr(from, '\\', size_t(end - from)));
        const size_t plainLength = size_t((escape ? escape : end) - from);
        memcpy(target, from, plainLength);
        target += plainLength;
        if (!escape) break;
        from = escape;
        const uint8_t letter = end - escape >= 2 ? escape[1] : 0;
        uint32_t code = CHEQUEBOOK_JSON_OK;
        if (letter == 'u') {
            uint32_t scalar = 0;
            code = readUnicode(from, end, scalar);
            if (code == CHEQUEBOOK_JSON_OK) target = writeUTF8(scalar, target);
        } else if (const uint8_t byte = simpleEscape(letter)) {
            *target++ = byte;
            from += 2;
        } else {
            code = CHEQUEBOOK_JSON_BAD_ESCAPE;
        }
        if (code != CHEQUEBOOK_JSON_OK) {
            length = size_t(escape - content);
            return code;
        }
    }
    length = size_t(target - written);
    return CHEQUEBOOK_JSON_OK;
}

uint32_t checkString(const uint8_t *bytes, size_t count, size_t start, size_t &end) {
    for (end = start + 1; end < count;) {
        const uint8_t byte = bytes[end];
        if (byte == '"') {
            end++;
            return CHEQUEBOOK_JSON_OK;
        }
        if (byte < 0x20) return CHEQUEBOOK_JSON_CONTROL_CHARACTER;
        if (byte == '\\') {
            // The first wrong escape is the one to name, as where strings are known to be sound. With fewer bytes left
            // a string that is closed is looked at again, and any other is not closed.
            if (count - end >= 6 && bytes[end + 1] == 'u') {
                const uint8_t *escape = bytes + end;
                uint32_t scalar = 0;
                if (const uint32_t code = readUnicode(escape, bytes + count, scalar)) return code;
                end = size_t(escape - bytes);
                continue;
            }
            if (end + 1 < count && bytes[end + 1] != 'u' && !simpleEscape(bytes[end + 1])) {
                return CHEQUEBOOK_JSON_BAD_ESCAPE;
            }
            end += 2;
            continue;
        }
        const size_t length = sequenceLength(bytes + end, count - end);
        if (length == 0) return CHEQUEBOOK_JSON_BAD_UTF8;
        end += length;
    }
    end = start;
    return CHEQUEBOOK_JSON_UNCLOSED_STRING;
}

size_t sequenceLength(const uint8_t *bytes, size_t count) {
    const uint8_t lead = bytes[0];
    if (lead < 0x80) return 1;
    const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || count < length) return 0;
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
    }
    // The second byte alone tells overlong forms, surrogates and scalars beyond U+10FFFF from the rest.
    const uint8_t second = bytes[1];
    const bool refused = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)
        || (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
    return refused ? 0 : length;
}

bool shortInteger(const uint8_t *end, size_t length, int64_t &integer) {
    if (length > 8 || (end[-ptrdiff_t(length)] == '0' && length > 1)) return false;
    uint64_t word;
    memcpy(&word, end - 8, 8);
    // What stands before the digits makes way for zeros, which stand in front of any number.
    const unsigned before = unsigned(8 * (8 - length));
    word = before == 0 ? word : (word >> before << before) | (0x3030303030303030 >> (64 - before));
    if ((((word + 0x4646464646464646) | (word - 0x3030303030303030)) & 0x8080808080808080) != 0) return false;
    // The first digit lies lowest: pairs, then fours, then all eight come together in the upper half of each product.
    word = ((word & 0x0F0F0F0F0F0F0F0F) * (1 + (10 << 8))) >> 8;
    word = ((word & 0x00FF00FF00FF00FF) * (1 + (100 << 16))) >> 16;
    integer = int64_t(((word & 0x0000FFFF0000FFFF) * (1 + (10000ULL << 32))) >> 32);
    return true;
}

int numberKind(const uint8_t *bytes, size_t length, int64_t &integer) {
    const bool negative = bytes[0] == '-';
    const uint8_t *const digits = bytes + negative;
    const uint8_t *const end = bytes + length;
    const uint8_t *at = digits;
    uint64_t magnitude = 0;
    bool overflows = false;
    for (; at < end && isDigit(*at); at++) {
        overflows |= __builtin_mul_overflow(magnitude, uint64_t(10), &magnitude);
        overflows |= __builtin_add_overflow(magnitude, uint64_t(*at - '0'), &magnitude);
    }
    if (at == digits || (*digits == '0' && at - digits > 1)) return -1;
    if (at == end) {
        if (overflows || magnitude > uint64_t(INT64_MAX) + negative) return CHEQUEBOOK_JSON_BIG_INTEGER;
        integer = int64_t(negative ? 0 - magnitude : magnitude);
        return CHEQUEBOOK_JSON_INTEGER;
    }
    if (*at == '.') {
        const uint8_t *const fraction = ++at;
        while (at < end && isDigit(*at)) at++;
        if (at == fraction) return -1;
    }
    if (at < end && (*at | 0x20) == 'e') {
        at++;
        if (at < end && (*at == '+' || *at == '-')) at++;
        const uint8_t *const exponent = at;
        while (at < end && isDigit(*at)) at++;
        if (at == exponent) return -1;
    }
    return at == end ? CHEQUEBOOK_JSON_FRACTION : -1;
}

}  // namespace chequebook
