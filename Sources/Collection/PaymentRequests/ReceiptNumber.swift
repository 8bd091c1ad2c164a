/// How a receipt is named: form, serial and number, `EBL01-26TAA-123` (Circular 91/2026/TT-BTC, annex II.2).
///
/// In the address of its page ten more characters follow, `EBL01-26TAA-123-K7Q2M9A4X3`: 48 random bits, because numbers
/// can be counted and a receipt says who paid.
public struct ReceiptNumber: Sendable, Hashable {
    /// What was collected.
    public enum Kind: String, Sendable, CaseIterable {
        /// Phí: form EBL01.
        case fee
        /// Lệ phí: form EBL02.
        case charge

        public var form: String {
            switch self {
            case .fee: "EBL01"
            case .charge: "EBL02"
            }
        }
    }

    public let kind: Kind
    /// Two digits of the year, T, two letters.
    public let serial: String
    /// 1 to 99999999.
    public let number: Int32
    /// 48 random bits; `nil` where only the number is known.
    public let code: Int64?

    public init(_ kind: Kind, serial: String, number: Int32, code: Int64?) {
        self.kind = kind
        self.serial = serial
        self.number = number
        self.code = code
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Reads what ``text`` and ``address`` write, in capitals or small letters, with zeros before the number.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 40 else { return nil }
        let parts = text.uppercased().split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 4, let kind = Kind.allCases.first(where: { $0.form == parts[0] }),
            parts[1].wholeMatch(of: /[0-9]{2}T[ABCDEGHKLMNPQRSTUVXY]{2}/) != nil, parts[2].utf8.count <= 8,
            parts[2].utf8.allSatisfy({ (48...57).contains($0) }), let number = Int32(parts[2]), number > 0
        else { return nil }
        var code: Int64?
        if parts.count == 4 {
            guard let value = ReceiptNumber.value(parts[3]) else { return nil }
            code = value
        }
        self.init(kind, serial: String(parts[1]), number: number, code: code)
    }

    private static func value(_ text: Substring) -> Int64? {
        guard text.utf8.count == 10 else { return nil }
        var value: Int64 = 0
        for byte in text.utf8 {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            value = value << 5 | Int64(digit)
        }
        return value < 1 << 48 ? value : nil
    }

    /// `EBL01-26TAA-123`.
    public var text: String { "\(kind.form)-\(serial)-\(number)" }

    /// The text with its code, which its page is found by.
    public var address: String {
        guard let code else { return text }
        let letters = (0..<10).reversed().map { ReceiptNumber.alphabet[Int(code >> (5 * $0) & 31)] }
        return text + "-" + String(decoding: letters, as: UTF8.self)
    }
}
