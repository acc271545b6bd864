#include "Walker.hpp"

#include <cstring>

#include "Lexemes.hpp"

namespace chequebook {

namespace {

struct OpenContainer {
    Token *begin;
    uint32_t children;
    bool isArray;
};

/// Makes the indexes in an element's tokens count from the first token of the document.
void rebase(Token *tokens, size_t tokenCount, size_t tokensBefore) {
    for (Token *token = tokens; token < tokens + tokenCount; token++) {
        const bool isBegin = token->kind == CHEQUEBOOK_JSON_OBJECT_BEGIN || token->kind == CHEQUEBOOK_JSON_ARRAY_BEGIN;
        if (isBegin && token->next != 0) token->next += tokensBefore;
    }
}

}  // namespace

size_t Walker::end(size_t at) const {
    size_t end = document.starts[at + 1];
    if (end > document.end) end = document.end;
    while (isSpace(document.bytes[end - 1])) end--;
    return end;
}

/// Makes a reason more exact by what stands there, and notes the place.
uint32_t Walker::refusal(size_t at, uint32_t code) {
    errorOffset = document.isEnd(at) ? document.end : document.starts[at];
    if (document.isEnd(at)) return CHEQUEBOOK_JSON_INCOMPLETE;
    const uint8_t *const there = document.bytes + errorOffset;
    const size_t countLeft = document.end - errorOffset;
    if (errorOffset == document.begin && countLeft >= 3 && memcmp(there, "\xEF\xBB\xBF", 3) == 0) {
        return CHEQUEBOOK_JSON_BYTE_ORDER_MARK;
    }
    if (sequenceLength(there, countLeft) == 0) return CHEQUEBOOK_JSON_BAD_UTF8;
    const bool closes = *there == '}' || *there == ']';
    if (closes && at > document.first && byte(at - 1) == ',') return CHEQUEBOOK_JSON_TRAILING_COMMA;
    return code;
}

uint32_t Walker::string(size_t at, Token &token) {
    const size_t start = document.starts[at];
    size_t end;
    if (document.stringsAreSound) {
        end = this->end(at);
        if (end - start < 2 || document.bytes[end - 1] != '"') return refusal(at, CHEQUEBOOK_JSON_UNCLOSED_STRING);
    } else if (const uint32_t code = checkString(document.bytes, document.end, start, end)) {
        errorOffset = end;
        return code;
    }
    const uint8_t *const content = document.bytes + start + 1;
    size_t length = end - start - 2;
    token.text = content;
    if (document.hasEscapes && memchr(content, '\\', length)) {
        if (const uint32_t code = unescape(content, length, text)) {
            errorOffset = start + 1 + length;
            return code;
        }
        token.text = text;
        text += length;
    }
    token.length = uint32_t(length);
    return CHEQUEBOOK_JSON_OK;
}

/// Numbers and literals: everything that is neither structure nor string.
uint32_t Walker::scalar(size_t at, Token &token) {
    const uint8_t *const bytes = document.bytes + document.starts[at];
    const size_t length = end(at) - document.starts[at];
    // Some of simdjson's kernels take form feed and substitute for a comma and a colon, from which they differ in a
    // bit. To every other reader they are a part of what they stand behind.
    const uint8_t next = document.starts[at] + length < document.end ? bytes[length] : 0;
    const bool isCut = next == 0x0C || next == 0x1A;
    const auto literal = [&](const char *word, size_t wordLength, uint8_t kind) -> uint32_t {
        if (isCut || length != wordLength || memcmp(bytes, word, wordLength) != 0) {
            return refusal(at, CHEQUEBOOK_JSON_BAD_LITERAL);
        }
        token.kind = kind;
        return CHEQUEBOOK_JSON_OK;
    };
    switch (bytes[0]) {
    case 't': return literal("true", 4, CHEQUEBOOK_JSON_TRUE);
    case 'f': return literal("false", 5, CHEQUEBOOK_JSON_FALSE);
    case 'n': return literal("null", 4, CHEQUEBOOK_JSON_NULL);
    case '-': case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9': {
        if (isCut) return refusal(at, CHEQUEBOOK_JSON_BAD_NUMBER);
        // All amounts below a million pounds.
        if (document.starts[at] + length >= 8 && shortInteger(bytes + length, length, token.integer)) {
            token.kind = CHEQUEBOOK_JSON_INTEGER;
            return CHEQUEBOOK_JSON_OK;
        }
        const int kind = numberKind(bytes, length, token.integer);
        if (kind < 0) return refusal(at, CHEQUEBOOK_JSON_BAD_NUMBER);
        token.kind = uint8_t(kind);
        if (kind != CHEQUEBOOK_JSON_INTEGER) {
            token.text = bytes;
            token.length = uint32_t(length);
        }
        return CHEQUEBOOK_JSON_OK;
    }
    default: return refusal(at, CHEQUEBOOK_JSON_EXPECTED_VALUE);
    }
}

/// The labels are the states of the grammar, so that the processor predicts each state's next byte on its own.
template <bool isOutline> uint32_t Walker::walk(size_t &position, Token *const tokens, size_t &tokenCount) {
    OpenContainer open[CHEQUEBOOK_JSON_DEPTH_LIMIT];
    size_t depth = 0;
    size_t at = position;
    Token *out = tokens;
    Token *const limit = tokens + tokenCountMax;
    const auto finish = [&](uint32_t code) {
        position = at;
        tokenCount = size_t(out - tokens);
        return code;
    };
    const auto write = [&](uint8_t kind, size_t tokenDepth) { *out = Token{kind, uint8_t(tokenDepth), 0, {0}}; };
    // A refusal for want of room names the token that had none.
    const auto isFull = [&] { return __builtin_expect(out == limit, 0); };

value:
    if (isFull()) return finish(refusal(at, CHEQUEBOOK_JSON_TOO_MANY_TOKENS));
    switch (byte(at)) {
    case '"':
        write(CHEQUEBOOK_JSON_STRING, depth);
        if (!plainString(at, *out)) {
            if (const uint32_t code = string(at, *out)) return finish(code);
        }
        at++;
        out++;
        goto afterValue;
    case '{':
        if (depth == depthMax) return finish(refusal(at, CHEQUEBOOK_JSON_TOO_DEEP));
        write(CHEQUEBOOK_JSON_OBJECT_BEGIN, depth);
        open[depth++] = {out++, 0, false};
        at++;
        if (byte(at) == '}') goto close;
        goto key;
    case '[':
        if (depth == depthMax) return finish(refusal(at, CHEQUEBOOK_JSON_TOO_DEEP));
        write(CHEQUEBOOK_JSON_ARRAY_BEGIN, depth);
        if (isOutline && depth == 1 && !open[0].isArray && isName(out[-1])) {
            size_t refusedTokenCount = 0;
            const uint32_t code = items(at, out, refusedTokenCount);
            open[depth++] = {out, out->length, true};
            out++;
            if (code == CHEQUEBOOK_JSON_OK) goto close;
            rebase(out, refusedTokenCount, size_t(out - tokens));
            out += refusedTokenCount;
            return finish(code);
        }
        open[depth++] = {out++, 0, true};
        at++;
        if (byte(at) == ']') goto close;
        goto value;
    case 0: return finish(refusal(at, CHEQUEBOOK_JSON_EXPECTED_VALUE));
    default:
        write(CHEQUEBOOK_JSON_NULL, depth);
        if (const uint32_t code = scalar(at, *out)) return finish(code);
        at++;
        out++;
        goto afterValue;
    }

key:
    if (isFull()) return finish(refusal(at, CHEQUEBOOK_JSON_TOO_MANY_TOKENS));
    if (byte(at) != '"') return finish(refusal(at, CHEQUEBOOK_JSON_EXPECTED_KEY));
    write(CHEQUEBOOK_JSON_KEY, depth);
    if (!plainString(at, *out)) {
        if (const uint32_t code = string(at, *out)) return finish(code);
    }
    at++;
    out++;
    if (byte(at) != ':') return finish(refusal(at, CHEQUEBOOK_JSON_EXPECTED_COLON));
    at++;
    goto value;

afterValue:
    if (depth == 0) return finish(CHEQUEBOOK_JSON_OK);
    open[depth - 1].children++;
    switch (byte(at)) {
    case ',':
        at++;
        if (open[depth - 1].isArray) goto value;
        goto key;
    case '}':
        if (open[depth - 1].isArray) return finish(refusal(at, CHEQUEBOOK_JSON_EXPECTED_COMMA));
        goto close;
    case ']':
        if (!open[depth - 1].isArray) return finish(refusal(at, CHEQUEBOOK_JSON_EXPECTED_COMMA));
        goto close;
    default: return finish(refusal(at, CHEQUEBOOK_JSON_EXPECTED_COMMA));
    }

close:
    if (isFull()) return finish(refusal(at, CHEQUEBOOK_JSON_TOO_MANY_TOKENS));
    {
        const OpenContainer &container = open[--depth];
        write(container.isArray ? CHEQUEBOOK_JSON_ARRAY_END : CHEQUEBOOK_JSON_OBJECT_END, depth);
        at++;
        out++;
        container.begin->length = container.children;
        container.begin->next = uint64_t(out - tokens);
    }
    goto afterValue;
}

/// Validates the elements of the array that opens at `at`, which becomes the start of its closing bracket. On failure
/// `tokenCount` counts the tokens left after `arrayBegin`: those of the element with the error.
uint32_t Walker::items(size_t &at, Token *arrayBegin, size_t &tokenCount) {
    firstItem = 0;
    uint8_t *const textBefore = text;
    if (byte(++at) == ']') return CHEQUEBOOK_JSON_OK;
    firstItem = at;
    for (;;) {
        if (const uint32_t code = value(at, arrayBegin + 1, tokenCount)) return code;
        const uint8_t after = byte(at);
        if (after != ',' && after != ']') return refusal(at, CHEQUEBOOK_JSON_EXPECTED_COMMA);
        tokenCount = 0;
        text = textBefore;
        arrayBegin->length++;
        if (after == ']') return CHEQUEBOOK_JSON_OK;
        at++;
    }
}

uint32_t Walker::outline(
    size_t &at, Token *tokens, size_t &tokenCount, const uint8_t *listName, size_t listNameLength) {
    name = listName;
    nameLength = listNameLength;
    return walk<true>(at, tokens, tokenCount);
}

template uint32_t Walker::walk<false>(size_t &, Token *, size_t &);
template uint32_t Walker::walk<true>(size_t &, Token *, size_t &);

}  // namespace chequebook
