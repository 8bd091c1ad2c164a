/// A structured creditor reference, ISO 11649: `RF`, two check digits (ISO 7064, mod 97-10), and up to 21 characters.
///
/// Ours have 12 characters of an alphabet without I, L, O and U, which people misread: 60 random bits, 16 characters in
/// all, fit for the memo of a bank transfer and too many to be tried.
public struct CreditorReference: Hashable, Sendable, CustomStringConvertible {
    /// Upper case, without spaces.
    public let text: String
    public var description: String { text }

    /// The characters that our own references are made of.
    public static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    /// How long our own references are, `RF` and check digits included.
    public static let length = 16

    /// Reads any ISO 11649 reference, in either case and with spaces; `nil` where its check digits do not hold.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8.compactMap { $0 == 0x20 ? nil : upper($0) }
        guard (5...25).contains(bytes.count), bytes.starts(with: "RF".utf8), isDigit(bytes[2]), isDigit(bytes[3]),
            bytes.allSatisfy({ value(of: $0) != nil }), remainder(bytes[4...], then: bytes[..<4]) == 1
        else { return nil }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// Makes the reference of a body of 1 to 21 capital letters and digits.
    public init?(body: String) {
        let bytes = Array(body.utf8)
        guard (1...21).contains(bytes.count), bytes.allSatisfy({ value(of: $0) != nil }) else { return nil }
        let check = 98 - remainder(bytes[...], then: Array("RF00".utf8)[...])
        text = "RF" + (check < 10 ? "0" : "") + String(check) + body
    }

    /// Makes one of our own references.
    public static func random(using generator: inout some RandomNumberGenerator) -> CreditorReference {
        let body = (0..<12).map { _ in alphabet[Int(generator.next() & 31)] }
        guard let reference = CreditorReference(body: String(decoding: body, as: UTF8.self)) else {
            preconditionFailure("every body of the alphabet has check digits")
        }
        return reference
    }

    /// Memos are looked at so far; no bank sends more.
    public static let maximumMemoBytes = 2000

    /// Finds our references in a memo, whatever the bank did to it: lower case, spaces, dots or dashes anywhere, glued to
    /// other text, several in one memo. Each one once, in the order they stand.
    ///
    /// Only candidates whose check digits hold come back; whether one exists is for the caller to look up.
    public static func candidates(in memo: some StringProtocol) -> [CreditorReference] {
        var letters: [UInt8] = []
        letters.reserveCapacity(min(memo.utf8.count, maximumMemoBytes))
        for byte in memo.utf8.prefix(maximumMemoBytes) {
            let capital = upper(byte)
            if value(of: capital) != nil { letters.append(capital) }
        }
        guard letters.count >= length else { return [] }
        var found: [CreditorReference] = []
        for start in 0...(letters.count - length)
        where letters[start] == UInt8(ascii: "R") && letters[start + 1] == UInt8(ascii: "F") {
            let window = letters[start..<(start + length)]
            guard isDigit(window[start + 2]), isDigit(window[start + 3]) else { continue }
            guard window[(start + 4)...].allSatisfy({ isOurs[Int($0)] }) else { continue }
            guard remainder(window[(start + 4)...], then: window[..<(start + 4)]) == 1 else { continue }
            let reference = CreditorReference(trusted: String(decoding: window, as: UTF8.self))
            if !found.contains(reference) { found.append(reference) }
        }
        return found
    }

    private init(trusted: String) { text = trusted }
}

private let isOurs: [Bool] = (0..<256).map { CreditorReference.alphabet.contains(UInt8($0)) }

private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

private func upper(_ byte: UInt8) -> UInt8 { (97...122).contains(byte) ? byte - 32 : byte }

/// 0–9 for digits, 10–35 for letters, as ISO 7064 wants them; `nil` for anything else.
private func value(of byte: UInt8) -> Int? {
    switch byte {
    case 48...57: Int(byte) - 48
    case 65...90: Int(byte) - 55
    default: nil
    }
}

/// The remainder mod 97 of the characters turned into digits, the first slice before the second.
private func remainder(_ first: ArraySlice<UInt8>, then second: ArraySlice<UInt8>) -> Int {
    var remainder = 0
    for byte in first { fold(byte, into: &remainder) }
    for byte in second { fold(byte, into: &remainder) }
    return remainder
}

private func fold(_ byte: UInt8, into remainder: inout Int) {
    guard let value = value(of: byte) else { return }
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97
}
