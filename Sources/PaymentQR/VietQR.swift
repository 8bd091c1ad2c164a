public import Values

/// A VietQR payload: NAPAS 247 transfers as an EMVCo merchant-presented code.
public struct VietQR: Hashable, Sendable {
    public enum Service: String, Sendable {
        case toAccount = "QRIBFTTA"
        case toCard = "QRIBFTTC"
    }

    /// The bank's 6-digit BIN.
    public var bin: String
    /// Account or card number, 1 to 19 characters.
    public var account: String
    public var service: Service
    /// Asked for, in đồng; a code with an amount is for one payment.
    public var amount: Money?
    /// Whether the code is for one payment (initiation 12) or can be used again (11).
    public var isDynamic: Bool
    /// 62.01, at most 25 characters: our reference.
    public var billNumber: String?
    /// 62.08, at most 25 characters where others read it by the letter; banks show more. Plain ASCII.
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

    private static let napas = "A000000727"

    /// The payload; throws where a field does not fit.
    public func payload() throws(VietQRError) -> String {
        guard bin.utf8.count == 6, bin.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw .fieldOutOfBounds("the BIN must be 6 digits")
        }
        guard (1...19).contains(account.utf8.count), account.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .fieldOutOfBounds("the account number must be 1 to 19 plain characters")
        }
        if isDynamic, amount == nil { throw .fieldOutOfBounds("a code for one payment needs an amount") }
        for (name, value) in [("bill number", billNumber), ("purpose", purpose)] {
            guard let value else { continue }
            guard (1...25).contains(value.utf8.count), value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
                throw .fieldOutOfBounds("the \(name) must be 1 to 25 plain ASCII characters")
            }
        }
        let beneficiary = TLV("00", bin).text + TLV("01", account).text
        let consumer = TLV("00", VietQR.napas).text + TLV("01", beneficiary).text + TLV("02", service.rawValue).text
        var text = TLV("00", "01").text + TLV("01", isDynamic ? "12" : "11").text + TLV("38", consumer).text
        text += TLV("53", "704").text
        if let amount { text += TLV("54", amount.description).text }
        text += TLV("58", "VN").text
        let additional = (billNumber.map { TLV("01", $0).text } ?? "") + (purpose.map { TLV("08", $0).text } ?? "")
        if !additional.isEmpty { text += TLV("62", additional).text }
        text += "6304"
        return text + crcText(text)
    }

    /// Reads a payload back, strictly: structure, checksum, and what makes it VietQR.
    public init(parsing payload: String) throws(VietQRError) {
        let objects = try VietQR.objects(payload)
        func value(_ id: String) -> String? { objects.first { $0.id == id }?.value }
        guard let consumer = value("38") else { throw .notVietQR("object 38 is missing") }
        let parts = try TLV.parse(consumer[...])
        guard parts.first(where: { $0.id == "00" })?.value == VietQR.napas else {
            throw .notVietQR("object 38 is not NAPAS's")
        }
        guard let beneficiary = parts.first(where: { $0.id == "01" })?.value else {
            throw .notVietQR("no beneficiary is named")
        }
        let names = try TLV.parse(beneficiary[...])
        guard let bin = names.first(where: { $0.id == "00" })?.value,
            let account = names.first(where: { $0.id == "01" })?.value
        else { throw .notVietQR("the beneficiary has no bank or no account") }
        // Some codes in use carry the service inside the beneficiary, or none at all: an account is meant.
        let service = (parts + names).last { $0.id == "02" }?.value
        guard value("53") == "704" else { throw .notVietQR("the currency is not VND") }
        guard value("58") == "VN" else { throw .notVietQR("the country is not VN") }
        var amount: Money?
        if let text = value("54") {
            guard let money = Money.parse(text) else { throw .notVietQR("the amount is no whole number of đồng") }
            amount = money
        }
        let additional = try TLV.parse((value("62") ?? "")[...])
        self.init(
            bin: bin,
            account: account,
            service: service.flatMap(Service.init(rawValue:)) ?? .toAccount,
            amount: amount,
            isDynamic: value("01") == "12",
            billNumber: additional.first { $0.id == "01" }?.value,
            purpose: additional.first { $0.id == "08" }?.value
        )
    }

    /// The top-level objects of a payload whose structure and checksum hold.
    static func objects(_ payload: String) throws(VietQRError) -> [TLV] {
        guard payload.utf8.count <= 512 else { throw .malformed("longer than 512 bytes") }
        let objects = try TLV.parse(payload[...])
        guard objects.first == TLV("00", "01") else { throw .malformed("it does not begin with 000201") }
        guard let last = objects.last, last.id == "63", last.value.count == 4 else {
            throw .malformed("it does not end with a checksum")
        }
        guard Set(objects.map(\.id)).count == objects.count else { throw .malformed("an object stands twice") }
        let expected = crcText(payload.dropLast(4))
        guard last.value.uppercased() == expected else {
            throw .wrongChecksum(expected: expected, found: last.value)
        }
        return objects
    }
}
