import CChecksum
import Testing

@Suite("Checksums agree with what others publish")
struct ChecksumTests {
    @Test("CRC-32C gives the examples of RFC 3720 B.4 and the catalogued check value")
    func publishedCRC() {
        let readCommand: [UInt8] =
            [0x01, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0, 0, 0, 0, 0, 0x04, 0]
            + [0, 0, 0, 0x14, 0, 0, 0, 0x18, 0x28, 0, 0, 0, 0, 0, 0, 0, 0x02, 0, 0, 0, 0, 0, 0, 0]
        let examples: [([UInt8], UInt32)] = [
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            (Array(0..<32), 0x46DD_794E),
            (Array((0..<32).reversed()), 0x113F_DB5C),
            (readCommand, 0xD996_3A56),
            (Array("123456789".utf8), 0xE306_9283),
            ([], 0),
        ]
        for (bytes, checksum) in examples {
            #expect(chequebook_crc32c(0, bytes, bytes.count) == checksum)
            #expect(chequebook_crc32c_portable(0, bytes, bytes.count) == checksum)
        }
    }

    @Test("CRC-32C is the same with and without the processor's help, whole and in pieces")
    func sameOnEveryRoad() {
        var generator = SeededGenerator(seed: 1)
        let bytes = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        bytes.withUnsafeBytes { bytes in
            let lengths = Array(0...70) + [3071, 3072, 3073, 6143, 6144, 6151, 9999, 19_990]
            for length in lengths {
                for start in 0..<8 {
                    let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<start + length])
                    let whole = chequebook_crc32c(0, piece.baseAddress, length)
                    #expect(whole == chequebook_crc32c_portable(0, piece.baseAddress, length))
                    let first = length / 3
                    let rest = UnsafeRawBufferPointer(rebasing: piece[first...])
                    let begun = chequebook_crc32c(0, piece.baseAddress, first)
                    #expect(whole == chequebook_crc32c(begun, rest.baseAddress, rest.count))
                }
            }
        }
    }

    @Test("SHA-256 gives the examples of FIPS 180-4")
    func publishedSHA256() {
        let examples: [([UInt8], String)] = [
            ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ]
        for (bytes, digest) in examples {
            var out = [UInt8](repeating: 0, count: 32)
            chequebook_sha256(bytes, bytes.count, &out)
            #expect(hex(out) == digest)
        }
    }

    @Test("SHA-256 is the same in pieces, and a stream that is finished begins anew")
    func piecesOfSHA256() {
        var generator = SeededGenerator(seed: 2)
        let stream = chequebook_sha256_stream_create()
        defer { chequebook_sha256_stream_free(stream) }
        for _ in 0..<200 {
            let pieces = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                (0..<Int.random(in: 0...200, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator)
                }
            }
            for piece in pieces { chequebook_sha256_stream_add(stream, piece, piece.count) }
            var out = [UInt8](repeating: 0, count: 32)
            chequebook_sha256_stream_finish(stream, &out)
            #expect(out == sha256(pieces.flatMap { $0 }))
        }
    }
}
