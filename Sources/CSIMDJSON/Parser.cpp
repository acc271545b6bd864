#include "CSIMDJSON.h"

#include <simdjson.h>

#include <cstring>
#include <memory>
#include <new>

#include "Lexemes.hpp"
#include "Walker.hpp"

using chequebook::Document;
using chequebook::Token;
using chequebook::Walker;

struct chequebook_json_parser {
    size_t documentBytesMax = 0;
    size_t tokenCountMax = 0;
    size_t depthMax = 0;
    std::unique_ptr<simdjson::internal::dom_parser_implementation> kernel;
    std::unique_ptr<Token[]> tokens;
    std::unique_ptr<uint8_t[]> text;
    size_t textCapacity = 0;
    Document document;
    /// Past which of the bytes the lines of an indexed run have not been read yet, and the first start there; no run
    /// has been indexed if `runEnd` is 0.
    size_t runOffset = 0;
    size_t runEnd = 0;
    size_t runStart = 0;
    /// The number of the start of the next list element, 0 after the last.
    size_t nextItem = 0;

    uint32_t load(const uint8_t *bytes, size_t count);
    bool reserve(size_t count);
    size_t findStarts();
    bool enterLine(const uint8_t *bytes, size_t count);
    chequebook_json_result read(const uint8_t *name, size_t nameLength);

    Walker walker() { return Walker{document, tokenCountMax, depthMax, text.get()}; }

    chequebook_json_result result(uint32_t code, size_t tokenCount, size_t offset) const {
        return {tokens.get(), tokenCount, offset, code};
    }
};

/// Room for the index of a document of `count` bytes, and for its text when it has escapes.
bool chequebook_json_parser::reserve(size_t count) {
    if (count > kernel->capacity()) {
        size_t capacity = 4096;
        while (capacity < count) capacity *= 2;
        if (capacity > documentBytesMax) capacity = documentBytesMax;
        if (kernel->set_capacity(capacity) != simdjson::SUCCESS) return false;
    }
    if (document.hasEscapes && count > textCapacity) {
        textCapacity = 0;
        text.reset(new (std::nothrow) uint8_t[kernel->capacity()]);
        if (!text) return false;
        textCapacity = kernel->capacity();
    }
    return true;
}

/// Indexes a document that simdjson refused, by its rules, so that the walk can say where the error is.
size_t chequebook_json_parser::findStarts() {
    uint32_t *start = kernel->structural_indexes.get();
    bool isInRun = false;
    for (size_t i = 0; i < document.end; i++) {
        const uint8_t byte = document.bytes[i];
        const bool isStructure = byte != 0 && strchr("{}[]:,", byte) != nullptr;
        const bool isSpace = chequebook::isSpace(byte);
        if (isStructure || (!isSpace && !isInRun)) *start++ = uint32_t(i);
        if (byte == '"') {
            for (i++; i < document.end && document.bytes[i] != '"'; i++) {
                if (document.bytes[i] == '\\') i++;
            }
        }
        isInRun = !isStructure && !isSpace && byte != '"';
    }
    return size_t(start - kernel->structural_indexes.get());
}

/// Makes `document` ready for the walk. Returns a reason code, though most refusals are left to the walk.
uint32_t chequebook_json_parser::load(const uint8_t *bytes, size_t count) {
    nextItem = 0;
    runEnd = 0;
    if (count == 0) return CHEQUEBOOK_JSON_EMPTY;
    if (count > documentBytesMax) return CHEQUEBOOK_JSON_TOO_LARGE;
    document = Document{};
    document.bytes = bytes;
    document.end = count;
    document.hasEscapes = memchr(bytes, '\\', count) != nullptr;
    if (!reserve(count)) return CHEQUEBOOK_JSON_OUT_OF_MEMORY;
    // A document cannot end within a multi-byte character, and simdjson's kernel for old processors would read past
    // one that does.
    const auto error = bytes[count - 1] >= 0x80
        ? simdjson::UTF8_ERROR
        : kernel->stage1(bytes, count, simdjson::stage1_mode::regular);
    if (error == simdjson::EMPTY) return CHEQUEBOOK_JSON_EMPTY;
    document.stringsAreSound = error == simdjson::SUCCESS;
    const size_t startCount = document.stringsAreSound ? kernel->n_structural_indexes : findStarts();
    document.starts = kernel->structural_indexes.get();
    kernel->structural_indexes[startCount] = uint32_t(count);
    return CHEQUEBOOK_JSON_OK;
}

/// Makes `document` that of the line among the bytes of the run; false if the run does not have its starts.
bool chequebook_json_parser::enterLine(const uint8_t *bytes, size_t count) {
    // As numbers, because bytes from elsewhere may be asked for; those before the run become a very great one.
    const uintptr_t begin = uintptr_t(bytes) - uintptr_t(document.bytes);
    if (runEnd == 0 || begin < runOffset || begin > runEnd || count > runEnd - begin) return false;
    document.begin = begin;
    document.end = document.begin + count;
    while (document.starts[runStart] < document.begin) runStart++;
    document.first = runStart;
    runOffset = document.end;
    nextItem = 0;
    return true;
}

/// The tokens of `document`, without the elements of the list `name`.
chequebook_json_result chequebook_json_parser::read(const uint8_t *name, size_t nameLength) {
    Walker walker = this->walker();
    size_t at = document.first;
    if (document.isEnd(at)) return result(CHEQUEBOOK_JSON_EMPTY, 0, 0);
    size_t tokenCount = 0;
    const uint32_t code = name ? walker.outline(at, tokens.get(), tokenCount, name, nameLength)
                               : walker.value(at, tokens.get(), tokenCount);
    if (code) return result(code, tokenCount, walker.errorOffset - document.begin);
    if (!document.isEnd(at)) {
        return result(CHEQUEBOOK_JSON_TRAILING_CONTENT, tokenCount, document.starts[at] - document.begin);
    }
    const size_t count = document.end - document.begin;
    // The walk is at least as strict as simdjson; should it ever not be, simdjson's refusal stands.
    if (!document.stringsAreSound) return result(CHEQUEBOOK_JSON_BAD_UTF8, tokenCount, count);
    nextItem = walker.firstItem;
    runStart = at;
    return result(CHEQUEBOOK_JSON_OK, tokenCount, count);
}

chequebook_json_parser *chequebook_json_parser_create(size_t documentBytesMax, size_t tokenCountMax, size_t depthMax) {
    if (documentBytesMax == 0 || documentBytesMax > simdjson::SIMDJSON_MAXSIZE_BYTES) return nullptr;
    if (depthMax > CHEQUEBOOK_JSON_DEPTH_LIMIT || tokenCountMax > UINT32_MAX) return nullptr;
    std::unique_ptr<chequebook_json_parser> parser{new (std::nothrow) chequebook_json_parser};
    if (!parser) return nullptr;
    parser->documentBytesMax = documentBytesMax;
    parser->tokenCountMax = tokenCountMax;
    parser->depthMax = depthMax;
    // A list element has as many tokens as a document, after those of the outline around it.
    parser->tokens.reset(new (std::nothrow) Token[2 * tokenCountMax + 1]);
    // The second stage, which alone needs a depth, is not used.
    const auto error =
        simdjson::get_active_implementation()->create_dom_parser_implementation(0, 1, parser->kernel);
    if (!parser->tokens || error != simdjson::SUCCESS) return nullptr;
    return parser.release();
}

void chequebook_json_parser_destroy(chequebook_json_parser *parser) { delete parser; }

chequebook_json_result chequebook_json_scan(chequebook_json_parser *parser, const uint8_t *bytes, size_t count) {
    return chequebook_json_open(parser, bytes, count, nullptr, 0);
}

chequebook_json_result chequebook_json_open(
    chequebook_json_parser *parser, const uint8_t *bytes, size_t count, const uint8_t *name, size_t nameLength) {
    if (const uint32_t code = parser->load(bytes, count)) return parser->result(code, 0, 0);
    return parser->read(name, nameLength);
}

void chequebook_json_index_lines(chequebook_json_parser *parser, const uint8_t *bytes, size_t count) {
    const bool isIndexed = parser->load(bytes, count) == CHEQUEBOOK_JSON_OK && parser->document.stringsAreSound;
    parser->runOffset = 0;
    parser->runStart = 0;
    parser->runEnd = isIndexed ? count : 0;
}

chequebook_json_result chequebook_json_scan_line(chequebook_json_parser *parser, const uint8_t *bytes, size_t count) {
    if (!parser->enterLine(bytes, count)) return chequebook_json_scan(parser, bytes, count);
    return parser->read(nullptr, 0);
}

chequebook_json_result chequebook_json_next_item(chequebook_json_parser *parser) {
    const Document &document = parser->document;
    size_t at = parser->nextItem;
    if (at == 0) return parser->result(CHEQUEBOOK_JSON_OK, 0, 0);
    parser->nextItem = 0;
    Walker walker = parser->walker();
    size_t tokenCount = 0;
    const uint32_t code = walker.value(at, parser->tokens.get(), tokenCount);
    if (code) return parser->result(code, tokenCount, walker.errorOffset);
    const bool hasMore = !document.isEnd(at) && document.bytes[document.starts[at]] == ',';
    parser->nextItem = hasMore ? at + 1 : 0;
    return parser->result(CHEQUEBOOK_JSON_OK, tokenCount, 0);
}

const char *chequebook_json_kernel_name() {
    return simdjson::get_active_implementation()->name().c_str();
}
