// What reading a file of newline-delimited JSON takes that is in memory already: simdjson alone, every document parsed
// and one number of each added up, and a plain copy of the bytes. Prints documents, sum, and seconds of both.

#include <simdjson.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

static double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int main(int argc, char **argv) {
    if (argc != 2) return 64;
    simdjson::padded_string text;
    if (simdjson::padded_string::load(argv[1]).get(text) != simdjson::SUCCESS) return 66;

    std::unique_ptr<char[]> copy(new char[text.size()]);
    memset(copy.get(), 1, text.size());
    auto start = std::chrono::steady_clock::now();
    memcpy(copy.get(), text.data(), text.size());
    const double copySeconds = secondsSince(start);

    simdjson::ondemand::parser parser;
    simdjson::ondemand::document_stream documents;
    start = std::chrono::steady_clock::now();
    if (parser.iterate_many(text, 1 << 20).get(documents) != simdjson::SUCCESS) return 65;
    uint64_t count = 0;
    int64_t sum = copy[text.size() / 2] & 0;
    for (auto document : documents) {
        int64_t amountPence;
        if (document["amountPence"].get(amountPence) != simdjson::SUCCESS) return 65;
        sum += amountPence;
        count++;
    }
    const double parseSeconds = secondsSince(start);
    printf("%llu %lld %.6f %.6f\n", (unsigned long long)count, (long long)sum, parseSeconds, copySeconds);
    return 0;
}
