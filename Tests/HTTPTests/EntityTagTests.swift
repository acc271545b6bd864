import NIOCore
import NIOHTTP1
import Testing

@testable import ChequebookHTTP

@Suite("Entity tags")
struct EntityTagTests {
    private static let tag = EntityTag(.json, ByteBuffer(string: "{}\n"))

    @Test("a tag is of the body and its media type alone, the same in every run")
    func stable() {
        #expect(Self.tag == EntityTag(.json, ByteBuffer(string: "{}\n")))
        #expect(Self.tag != EntityTag(.csv, ByteBuffer(string: "{}\n")))
        #expect(Self.tag != EntityTag(.text, ByteBuffer(string: "{}\n")))
        #expect(Self.tag.text.wholeMatch(of: /"[0-9a-f]{32}"/) != nil)
        #expect(EntityTag(.json, ByteBuffer(string: "{}\n")).text == "\"53e249e39f6497f4a3bd78c7c9c4edae\"")
    }

    @Test("long bodies that differ in any one bit have tags of their own", arguments: [255, 256, 257, 288, 301])
    func longDistinct(length: Int) {
        var bytes = (0..<length).map { UInt8($0 % 7) }
        var seen: Set = [EntityTag(.json, ByteBuffer(bytes: bytes)).text]
        for bit in 0..<length * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8)
            seen.insert(EntityTag(.json, ByteBuffer(bytes: bytes)).text)
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
        bytes.swapAt(32, 40)
        seen.insert(EntityTag(.json, ByteBuffer(bytes: bytes)).text)
        #expect(seen.count == length * 8 + 2)
    }

    @Test("bodies of every length from 0 to 64 that differ in any one bit have tags of their own")
    func distinct() {
        var seen: Set<String> = []
        var count = 0
        for length in 0...64 {
            var bytes = [UInt8](repeating: 0, count: length)
            seen.insert(EntityTag(.json, ByteBuffer(bytes: bytes)).text)
            count += 1
            for bit in 0..<length * 8 {
                bytes[bit / 8] ^= 1 << (bit % 8)
                seen.insert(EntityTag(.json, ByteBuffer(bytes: bytes)).text)
                bytes[bit / 8] ^= 1 << (bit % 8)
                count += 1
            }
        }
        #expect(seen.count == count)
    }

    @Test("each bit of a body turns about half of the tag's bits, in both lanes", arguments: [200, 400])
    func avalanche(length: Int) throws {
        var turned = [0, 0]
        let plain = try Self.lanes([UInt8](repeating: 0x30, count: length))
        for bit in 0..<length * 8 {
            var bytes = [UInt8](repeating: 0x30, count: length)
            bytes[bit / 8] ^= 1 << (bit % 8)
            let lanes = try Self.lanes(bytes)
            for lane in 0..<2 { turned[lane] += (lanes[lane] ^ plain[lane]).nonzeroBitCount }
        }
        // Each of the bits turns 32 of 64 by chance.
        for lane in 0..<2 { #expect((28 * 8 * length...36 * 8 * length).contains(turned[lane])) }
    }

    private static func lanes(_ bytes: [UInt8]) throws -> [UInt64] {
        let digits = EntityTag(.json, ByteBuffer(bytes: bytes)).text.dropFirst().dropLast()
        return [
            try #require(UInt64(digits.prefix(16), radix: 16)), try #require(UInt64(digits.suffix(16), radix: 16)),
        ]
    }

    @Test("If-None-Match finds a tag alone, weak, in a list, in a second field, and as a star")
    func named() {
        let text = Self.tag.text
        for fields in [
            [text], ["W/\(text)"], ["\"a\", \(text)"], ["\"a,b\",W/\"c\" ,\t\(text)"], ["\"\"", text], ["*"], [" * "],
            [", \(text)"],
        ] {
            #expect(Self.tag.isNamed(in: HTTPHeaders(fields.map { ("If-None-Match", $0) })), "\(fields)")
        }
    }

    @Test("If-None-Match of other tags, or malformed, finds nothing")
    func notNamed() {
        let text = Self.tag.text
        for fields in [
            [], [""], ["\"a\""], [String(text.dropLast())], [String(text.dropFirst().dropLast())], ["w/\(text)"],
            ["\"a, \(text)"], ["\"*\""], [text.uppercased() + "x"], ["\"a\" *"], ["* \"a\""], ["x \(text)"],
        ] {
            #expect(!Self.tag.isNamed(in: HTTPHeaders(fields.map { ("If-None-Match", $0) })), "\(fields)")
        }
    }
}
