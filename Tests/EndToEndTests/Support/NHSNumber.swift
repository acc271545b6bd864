/// NHS numbers of nobody, from the range that begins with 999.
enum NHSNumber {
    /// The number with this place in the range; nil for one in eleven, which has no check digit.
    ///
    /// Modulus 11: the digits times 10 down to 2 added up; the check digit makes the sum a multiple of 11.
    static func at(_ place: Int) -> String? {
        let digits = String(place + 999_000_000).compactMap(\.wholeNumberValue)
        let sum = zip(digits, stride(from: 10, through: 2, by: -1)).reduce(0) { $0 + $1.0 * $1.1 }
        let check = (11 - sum % 11) % 11
        return check == 10 ? nil : digits.map(String.init).joined() + "\(check)"
    }

    /// The first so many.
    static func first(_ count: Int) -> [String] {
        Array((1...).lazy.compactMap(at).prefix(count))
    }
}
