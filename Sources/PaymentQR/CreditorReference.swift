public import Values

/// A structured creditor reference, ISO 11649: `RF`, two check digits (ISO 7064, mod 97-10), and up to 21 characters.
///
/// Ours have 12 characters from an alphabet without I, L, O and U, which people misread. With 16 characters in all they
/// fit the memo of a bank transfer, and 60 random bits cannot be guessed.
public struct CreditorReference: Hashable, Sendable, CustomStringConvertible {
    /// The reference in capitals, without spaces.
    public let text: String
    public var description: String { text }

    /// The characters used in our references.
    public static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    /// The length of our references, including `RF` and the check digits.
    public static let length = 16

    /// Reads any ISO 11649 reference, in either case and with spaces; returns `nil` if its check digits are wrong.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8.compactMap { $0 == 0x20 ? nil : capital($0) }
        guard (5...25).contains(bytes.count), bytes.starts(with: "RF".utf8),
            let tens = value(ofCapital: bytes[2]), let units = value(ofCapital: bytes[3]), tens < 10, units < 10,
            CreditorReference.isCheck(tens * 10 + units), bytes.allSatisfy({ value(ofCapital: $0) != nil }),
            remainder(bytes[4...], then: bytes[..<4]) == 1
        else { return nil }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// Creates a reference from a body of 1 to 21 capital letters and digits; ours have 12 characters of ``alphabet``.
    public init?(body: String) {
        let bytes = Array(body.utf8)
        guard (1...21).contains(bytes.count), bytes.allSatisfy({ value(ofCapital: $0) != nil }) else { return nil }
        let check = 98 - remainder(bytes[...], then: Array("RF00".utf8)[...])
        text = "RF" + (check < 10 ? "0" : "") + String(check) + body
    }

    /// How the body of every reference of a test installation begins, and none of a live one.
    private static let testMark = Array("TEST".utf8)

    /// Generates one of our references, which shows the mode of the installation that it is of.
    public static func random(
        using generator: inout some RandomNumberGenerator,
        mode: InstallationMode = .live
    ) -> CreditorReference {
        while true {
            var bits = generator.next()
            var body = (0..<12).map { _ in
                defer { bits >>= 5 }
                return alphabet[Int(bits & 31)]
            }
            if mode == .test { body.replaceSubrange(..<testMark.count, with: testMark) }
            // Once in a million a live one would look like a test's: another is drawn.
            guard body.starts(with: testMark) == (mode == .test) else { continue }
            guard let reference = CreditorReference(body: String(decoding: body, as: UTF8.self)) else {
                preconditionFailure("every body of the alphabet has check digits")
            }
            return reference
        }
    }

    /// Whether it is of a test installation, where no real money moves.
    public var isOfTest: Bool { isOurs && text.utf8.dropFirst(4).starts(with: CreditorReference.testMark) }

    /// Creates a reference from text whose check digits have been verified.
    init(trusted text: String) { self.text = text }

    /// Whether the reference has the form of ours.
    public var isOurs: Bool {
        text.utf8.count == CreditorReference.length
            && text.utf8.dropFirst(4).allSatisfy { CreditorReference.alphabet.contains($0) }
    }

    /// Whether these can be check digits: 02 to 98. 00, 01 and 99 have the same remainders as others and are never
    /// used.
    static func isCheck(_ digits: Int) -> Bool { (2...98).contains(digits) }
}

func capital(_ byte: UInt8) -> UInt8 { (97...122).contains(byte) ? byte - 32 : byte }

/// Returns 0–9 for digits and 10–35 for capital letters, as in ISO 7064; `nil` for anything else.
func value(ofCapital byte: UInt8) -> Int? {
    switch byte {
    case 48...57: Int(byte) - 48
    case 65...90: Int(byte) - 55
    default: nil
    }
}

/// Returns the remainder mod 97 of the characters converted to digits, the first slice before the second.
private func remainder(_ first: ArraySlice<UInt8>, then second: ArraySlice<UInt8>) -> Int {
    var remainder = 0
    for slice in [first, second] {
        for byte in slice {
            guard let value = value(ofCapital: byte) else { continue }
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97
        }
    }
    return remainder
}
