// Writes a list of a synthetic nation to its output, newline-delimited JSON in the chunks of HTTP/1.1, faster than any
// service reads it. What it has made it says at the end as one line of JSON to its errors.
//
//     nation registrations PATIENTS COMMISSIONERS COMMISSIONER
//     nation events PATIENTS COUNT FIRST
//
// Patient I belongs to commissioner I modulo COMMISSIONERS. Events FIRST to FIRST + COUNT - 1 are of random patients,
// settings, days and providers, the same ones for the same arguments.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK_BYTES = 1 << 16, LINE_BYTES_MAX = 512, CHUNK_HEAD_BYTES = 6, DAYS = 366 };

static const char *const settings[] = {"primary", "secondary", "community", "social", "mental-health", "prescribing",
    "continuing-care", "specialised", "public-health"};
static const char *const sexes[] = {"female", "male"};

static char chunk[CHUNK_HEAD_BYTES + CHUNK_BYTES + LINE_BYTES_MAX + 2];
static char *at = chunk + CHUNK_HEAD_BYTES;

static void write_all(const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, count);
        if (written <= 0) {
            perror("nation");
            exit(1);
        }
        bytes += written;
        count -= (size_t)written;
    }
}

static void end_chunk(void) {
    size_t count = (size_t)(at - chunk) - CHUNK_HEAD_BYTES;
    if (count == 0) return;
    char head[CHUNK_HEAD_BYTES + 1];
    // Leading zeros are allowed, and keep the head's length.
    snprintf(head, sizeof head, "%04X\r\n", (unsigned)count & 0xFFFF);
    memcpy(chunk, head, CHUNK_HEAD_BYTES);
    memcpy(at, "\r\n", 2);
    write_all(chunk, (size_t)(at - chunk) + 2);
    at = chunk + CHUNK_HEAD_BYTES;
}

static void text(const char *piece) {
    size_t length = strlen(piece);
    memcpy(at, piece, length);
    at += length;
}

static void digits(uint64_t number, int width) {
    for (int place = width - 1; place >= 0; place--, number /= 10) at[place] = (char)('0' + number % 10);
    at += width;
}

static void pence(uint64_t amount) {
    int width = 1;
    for (uint64_t rest = amount; rest >= 10; rest /= 10) width++;
    digits(amount, width);
}

// No number that begins with 9 has been given to anybody. Of two nine-digit stems that differ in the last digit alone
// at most one has no check digit, so each patient owns two. load.lua reckons the same.
static uint64_t nhs_number(uint64_t patient) {
    for (uint64_t stem = 900000000 + 2 * patient;; stem++) {
        unsigned sum = 0;
        uint64_t rest = stem;
        for (unsigned weight = 2; weight <= 10; weight++, rest /= 10) sum += weight * (unsigned)(rest % 10);
        unsigned check = (11 - sum % 11) % 11;
        if (check != 10) return stem * 10 + check;
    }
}

// splitmix64 (Steele, Lea, Flood 2014): the state is a counter, so any event can be made alone.
static uint64_t draw(uint64_t number) {
    uint64_t mixed = (number + 1) * 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    return mixed ^ mixed >> 31;
}

static void end_line(void) {
    text("}\n");
    // A full chunk has four hexadecimal digits at most.
    if (at - chunk - CHUNK_HEAD_BYTES > CHUNK_BYTES - LINE_BYTES_MAX) end_chunk();
}

static void registration(uint64_t patient) {
    uint64_t random = draw(patient);
    text("{\"patient\":\"");
    digits(nhs_number(patient), 10);
    text("\",\"from\":\"2015-04-01\",\"born\":\"");
    digits(1925 + random % 90, 4);
    text("-");
    digits(1 + (random >> 8) % 12, 2);
    text("-15\",\"sex\":\"");
    text(sexes[random >> 20 & 1]);
    text("\"");
    end_line();
}

static int64_t event(uint64_t number, uint64_t patients, char dates[DAYS][11]) {
    uint64_t first = draw(2 * number), second = draw(2 * number + 1);
    uint64_t amount = 500 + second % 90000;
    int is_credit = (second >> 58) == 0;
    text("{\"source\":\"acute-trust.billing\",\"id\":\"2015-16.invoice-line.");
    digits(number, 9);
    text("\",\"patient\":\"");
    digits(nhs_number(first % patients), 10);
    text("\",\"setting\":\"");
    text(settings[(second >> 20) % 9]);
    text("\",\"serviceDate\":\"");
    text(dates[(first >> 40) % DAYS]);
    text("\",\"amountPence\":");
    pence(amount);
    text(is_credit ? ",\"kind\":\"credit\"" : ",\"kind\":\"cost\"");
    text(",\"provider\":\"R");
    digits(10 + (second >> 30) % 90, 2);
    text("\",\"service\":\"attendance-");
    digits((second >> 40) % 50, 2);
    text("\"");
    end_line();
    return is_credit ? -(int64_t)amount : (int64_t)amount;
}

static void fill(char dates[DAYS][11]) {
    static const unsigned lengths[] = {30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29, 31};
    int day = 0;
    for (unsigned month = 0; month < 12; month++)
        for (unsigned of_month = 1; of_month <= lengths[month]; of_month++)
            snprintf(dates[day++], 11, "%04u-%02u-%02u", 2015 + month / 9, (month + 3) % 12 + 1, of_month);
}

int main(int count, char **arguments) {
    uint64_t numbers[3], made = 0;
    int64_t total = 0;
    if (count != 5) return 64;
    for (int each = 0; each < 3; each++) numbers[each] = strtoull(arguments[each + 2], NULL, 10);
    if (numbers[0] == 0) return 64;
    if (strcmp(arguments[1], "registrations") == 0) {
        if (numbers[1] == 0) return 64;
        for (uint64_t patient = numbers[2]; patient < numbers[0]; patient += numbers[1], made++) registration(patient);
    } else {
        static char dates[DAYS][11];
        fill(dates);
        for (; made < numbers[1]; made++) total += event(numbers[2] + made, numbers[0], dates);
    }
    end_chunk();
    write_all("0\r\n\r\n", 5);
    fprintf(stderr, "{\"count\":%" PRIu64 ",\"pence\":%" PRId64 "}\n", made, total);
    return 0;
}
