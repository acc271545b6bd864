// A C face for simdjson: the bytes of one JSON document in, a flat list of tokens out.
//
// simdjson's first stage does what needs SIMD: it validates UTF-8, finds the strings, and indexes every place where
// a token starts. The walk over that index is ours, because simdjson's own second stages call a number beyond 64 bits
// malformed, copy every string, and do not say where they stopped.

#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a token is. The numbers are those of `JSONKind` in Swift.
enum {
    CHEQUEBOOK_JSON_OBJECT_BEGIN = 0,
    CHEQUEBOOK_JSON_OBJECT_END = 1,
    CHEQUEBOOK_JSON_ARRAY_BEGIN = 2,
    CHEQUEBOOK_JSON_ARRAY_END = 3,
    CHEQUEBOOK_JSON_KEY = 4,
    CHEQUEBOOK_JSON_STRING = 5,
    /// A number without fraction and exponent that fits an int64_t.
    CHEQUEBOOK_JSON_INTEGER = 6,
    /// A number with a fraction or an exponent, of any size.
    CHEQUEBOOK_JSON_FRACTION = 7,
    /// A number without fraction and exponent that does not fit an int64_t.
    CHEQUEBOOK_JSON_BIG_INTEGER = 8,
    CHEQUEBOOK_JSON_TRUE = 9,
    CHEQUEBOOK_JSON_FALSE = 10,
    CHEQUEBOOK_JSON_NULL = 11,
};

/// Why a document was refused. The numbers are those of `JSONError.Reason` in Swift.
enum {
    CHEQUEBOOK_JSON_OK = 0,
    CHEQUEBOOK_JSON_EMPTY = 1,
    CHEQUEBOOK_JSON_TOO_LARGE = 2,
    CHEQUEBOOK_JSON_OUT_OF_MEMORY = 3,
    CHEQUEBOOK_JSON_BYTE_ORDER_MARK = 4,
    CHEQUEBOOK_JSON_BAD_UTF8 = 5,
    CHEQUEBOOK_JSON_CONTROL_CHARACTER = 6,
    CHEQUEBOOK_JSON_UNCLOSED_STRING = 7,
    CHEQUEBOOK_JSON_BAD_ESCAPE = 8,
    CHEQUEBOOK_JSON_LONE_SURROGATE = 9,
    CHEQUEBOOK_JSON_BAD_NUMBER = 10,
    CHEQUEBOOK_JSON_BAD_LITERAL = 11,
    CHEQUEBOOK_JSON_EXPECTED_VALUE = 12,
    CHEQUEBOOK_JSON_EXPECTED_KEY = 13,
    CHEQUEBOOK_JSON_EXPECTED_COLON = 14,
    CHEQUEBOOK_JSON_EXPECTED_COMMA = 15,
    CHEQUEBOOK_JSON_TRAILING_COMMA = 16,
    CHEQUEBOOK_JSON_TRAILING_CONTENT = 17,
    CHEQUEBOOK_JSON_INCOMPLETE = 18,
    CHEQUEBOOK_JSON_TOO_DEEP = 19,
    CHEQUEBOOK_JSON_TOO_MANY_TOKENS = 20,
};

/// The greatest `depthMax` that a parser can be given: its open containers stand on the stack.
enum { CHEQUEBOOK_JSON_DEPTH_LIMIT = 64 };

typedef struct chequebook_json_token {
    uint8_t kind;
    /// Containers open around the token; those of a container's own begin and end are equal.
    uint8_t depth;
    /// Bytes of text (key, string, fraction, big integer), or children (object begin, array begin). A container that
    /// was still open when the document was refused has the children that were left out before its tokens, mostly 0.
    uint32_t length;
    union {
        /// The value of an integer.
        int64_t integer;
        /// Unescaped UTF-8 of a key or string, and the digits of a fraction or big integer as they were sent. It points
        /// into the document, or into the parser where an escape was resolved.
        const uint8_t *text;
        /// Of a container's begin: the index of the token after its end, 0 while it is open.
        uint64_t next;
    };
} chequebook_json_token;

typedef struct chequebook_json_result {
    /// Owned by the parser; valid until its next call. A refused document has the tokens before the error.
    const chequebook_json_token *tokens;
    size_t tokenCount;
    /// Where the error was found, in bytes from the start of the document.
    size_t offset;
    uint32_t code;
} chequebook_json_result;

/// A reusable parser, for one thread at a time. It keeps about five times the bytes of the largest document it has seen.
typedef struct chequebook_json_parser chequebook_json_parser;

/// Returns NULL without memory, or when `depthMax` is beyond CHEQUEBOOK_JSON_DEPTH_LIMIT or `documentBytesMax` beyond
/// 4 GiB. The limits on depth and tokens count for a document, and anew for each item of an opened list.
chequebook_json_parser *chequebook_json_parser_create(size_t documentBytesMax, size_t tokenCountMax, size_t depthMax);

void chequebook_json_parser_destroy(chequebook_json_parser *parser);

/// Reads one document. No byte at or after `bytes + count` is read, so that a line in a buffer needs neither copy nor
/// padding. The document must stay where it is for as long as the tokens are used.
chequebook_json_result chequebook_json_scan(chequebook_json_parser *parser, const uint8_t *bytes, size_t count);

/// Indexes a run of lines at once, each a document to be read by `chequebook_json_scan_line`: for lines as short as
/// events the start of each would take longer than its bytes. A string cannot go beyond its line, because a line feed in
/// a string is an error; a run with any error in it is not indexed, so that its bad line costs its neighbours nothing
/// but time. The run must stay where it is until another document or run is read; an empty run ends it.
void chequebook_json_index_lines(chequebook_json_parser *parser, const uint8_t *bytes, size_t count);

/// Reads one document as `chequebook_json_scan` does. It is quicker if the document is a line of the run that was
/// indexed last, without its line feed, behind the lines that were read before.
chequebook_json_result chequebook_json_scan_line(chequebook_json_parser *parser, const uint8_t *bytes, size_t count);

/// Reads one document to its end, but leaves the elements of the root object's array `name` out of the tokens (its
/// begin and end are there), to be read one by one with `chequebook_json_next_item`. Without such an array it is
/// `chequebook_json_scan`. Of two arrays with that name, the second is the one that is opened; both are in the tokens.
chequebook_json_result chequebook_json_open(
    chequebook_json_parser *parser, const uint8_t *bytes, size_t count, const uint8_t *name, size_t nameLength);

/// The tokens of the next element of the array that `chequebook_json_open` found; no tokens after the last. Because the
/// whole document was validated before, it fails only if the bytes have been changed since.
chequebook_json_result chequebook_json_next_item(chequebook_json_parser *parser);

/// Whether a key or string is `text`. With a literal it becomes a comparison of a few words.
static inline int chequebook_json_token_is(chequebook_json_token token, const uint8_t *text, size_t length) {
    const int isText = token.kind == CHEQUEBOOK_JSON_KEY || token.kind == CHEQUEBOOK_JSON_STRING;
    return isText && token.length == length && memcmp(token.text, text, length) == 0;
}

/// The name of the simdjson kernel that suits this processor, such as "haswell".
const char *chequebook_json_kernel_name(void);

#ifdef __cplusplus
}
#endif

#endif
