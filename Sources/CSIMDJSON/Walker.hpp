// The walk over the places where tokens start: structure is checked and tokens are written.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "CSIMDJSON.h"

namespace chequebook {

using Token = chequebook_json_token;

/// A document among the bytes that were indexed with it, and the ascending places in those where a token starts: every
/// bracket, brace, colon and comma outside a string, every opening quote, and the first byte of every other run.
struct Document {
    const uint8_t *bytes = nullptr;
    /// The document's own bytes are those from `begin` until `end`.
    size_t begin = 0;
    size_t end = 0;
    /// The document's starts begin with number `first`; one at or past `end` follows them.
    const uint32_t *starts = nullptr;
    size_t first = 0;
    /// Without a backslash among the bytes no string needs to be looked at for one.
    bool hasEscapes = false;
    /// simdjson vouches for the UTF-8, the control characters and the closing quotes of every string.
    bool stringsAreSound = false;

    bool isEnd(size_t at) const { return starts[at] >= end; }
};

class Walker {
public:
    Walker(const Document &document, size_t tokenCountMax, size_t depthMax, uint8_t *text)
        : document{document}, tokenCountMax{tokenCountMax}, depthMax{depthMax},
          stringsArePlain{document.stringsAreSound && !document.hasEscapes}, text{text} {}

    /// Writes the tokens of one value, whose first start is number `at`; `at` becomes that of the first start after it,
    /// or that of the error. `tokens` has room for `tokenCountMax`; `tokenCount` becomes the number written, also on
    /// failure. Returns a reason code.
    uint32_t value(size_t &at, Token *tokens, size_t &tokenCount) { return walk<false>(at, tokens, tokenCount); }

    /// The same for the root of a document, whose array `name` is validated element by element after the tokens
    /// written before; `tokens` therefore has room for twice `tokenCountMax`.
    uint32_t outline(size_t &at, Token *tokens, size_t &tokenCount, const uint8_t *name, size_t nameLength);

    /// The number of the start of the first element that `outline` left out, 0 if there is none.
    size_t firstItem = 0;

    /// The place of the error among the bytes.
    size_t errorOffset = 0;

private:
    template <bool isOutline> uint32_t walk(size_t &at, Token *tokens, size_t &tokenCount);
    uint32_t items(size_t &at, Token *arrayBegin, size_t &tokenCount);
    uint32_t string(size_t at, Token &token);
    uint32_t scalar(size_t at, Token &token);
    uint32_t refusal(size_t at, uint32_t code);

    /// The byte at a start, 0 at the end of the document. A NUL byte in the document fits no grammar either.
    uint8_t byte(size_t at) const { return document.isEnd(at) ? 0 : document.bytes[document.starts[at]]; }

    /// Reads the string at a start if the next token follows its closing quote and nothing in it needs a look: nearly
    /// every string of nearly every sender. False leaves it to `string`.
    bool plainString(size_t at, Token &token) const {
        const size_t start = document.starts[at];
        const size_t next = document.starts[at + 1];
        if (!stringsArePlain || next > document.end || next - start < 2 || document.bytes[next - 1] != '"') return false;
        token.text = document.bytes + start + 1;
        token.length = uint32_t(next - start - 2);
        return true;
    }

    bool isName(const Token &key) const {
        return key.length == nameLength && memcmp(key.text, name, nameLength) == 0;
    }

    /// The end of the token at a start: only white space can stand between it and the next start.
    size_t end(size_t at) const;

    const Document &document;
    const size_t tokenCountMax;
    const size_t depthMax;
    const bool stringsArePlain;
    /// Where the next unescaped text goes.
    uint8_t *text;
    const uint8_t *name = nullptr;
    size_t nameLength = 0;
};

}  // namespace chequebook
