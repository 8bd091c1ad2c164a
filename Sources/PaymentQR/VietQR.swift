public import Values

/// A VietQR payload: a NAPAS 247 transfer as an EMVCo merchant-presented code.
public struct VietQR: Hashable, Sendable {
    public enum Service: String, Sendable {
        case toAccount = "QRIBFTTA"
        case toCard = "QRIBFTTC"
        /// From older specifications: read, but never generated.
        case olderPush = "QRPUSH"
        case olderCash = "QRCASH"
    }

    /// The bank's 6-digit BIN.
    public var bin: String
    /// The account or card number, 1 to 19 characters.
    public var account: String
    public var service: Service
    /// The requested amount, from 1 to ``Values/Money/maximum``; required in a new code for one payment.
    public var amount: Money?
    /// Whether the code is for one payment (initiation 12) rather than reusable (11).
    public var isDynamic: Bool
    /// Field 62.01, at most 25 characters: our reference.
    public var billNumber: String?
    /// Field 62.08, at most 25 ASCII characters; see ``purpose(reference:_:)``.
    public var purpose: String?

    public init(
        bin: String,
        account: String,
        service: Service = .toAccount,
        amount: Money?,
        isDynamic: Bool = true,
        billNumber: String? = nil,
        purpose: String? = nil
    ) {
        self.bin = bin
        self.account = account
        self.service = service
        self.amount = amount
        self.isDynamic = isDynamic
        self.billNumber = billNumber
        self.purpose = purpose
    }

    static let napas = "A000000727"
    static let maximumTextBytes = 25

    /// Returns a purpose that begins with the reference, followed by as much of the words as fits, without diacritics.
    public static func purpose(reference: CreditorReference, _ words: String) -> String {
        var text = "\(reference.text) \(words.foldedToASCII)".utf8.prefix(maximumTextBytes)
        while text.last == 0x20 { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    /// Returns the complete payload; throws `.fieldOutOfBounds` if a field is too long.
    public func payload() throws(VietQRError) -> String {
        try checkBounds()
        let beneficiary = TLV("00", bin).text + TLV("01", account).text
        let consumer = TLV("00", VietQR.napas).text + TLV("01", beneficiary).text + TLV("02", service.rawValue).text
        var objects = [TLV("00", "01"), TLV("01", isDynamic ? "12" : "11"), TLV("38", consumer), TLV("53", "704")]
        if let amount { objects.append(TLV("54", amount.description)) }
        objects.append(TLV("58", "VN"))
        let additional = (billNumber.map { TLV("01", $0).text } ?? "") + (purpose.map { TLV("08", $0).text } ?? "")
        if !additional.isEmpty { objects.append(TLV("62", additional)) }
        return EMVPayload(objects).text
    }

    private func checkBounds() throws(VietQRError) {
        guard VietQR.isBIN(bin) else { throw .fieldOutOfBounds("the BIN must be 6 digits") }
        guard VietQR.isAccount(account) else {
            throw .fieldOutOfBounds("the account number must be 1 to 19 plain characters")
        }
        guard service == .toAccount || service == .toCard else {
            throw .fieldOutOfBounds("the service must be a transfer to an account or to a card")
        }
        guard amount != nil || !isDynamic else { throw .fieldOutOfBounds("a code for one payment needs an amount") }
        if let amount, amount <= .zero || amount > .maximum {
            throw .fieldOutOfBounds("the amount must be 1 to \(Money.maximum) đồng")
        }
        for (name, value) in [("bill number", billNumber), ("purpose", purpose)] {
            guard let value else { continue }
            guard (1...VietQR.maximumTextBytes).contains(value.utf8.count),
                value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
            else {
                throw .fieldOutOfBounds("the \(name) must be 1 to \(VietQR.maximumTextBytes) plain ASCII characters")
            }
        }
    }

    static func isBIN(_ text: String) -> Bool {
        text.utf8.count == 6 && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    static func isAccount(_ text: String) -> Bool {
        (1...19).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
