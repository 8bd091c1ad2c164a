import PaymentQR

/// What a scanner types at a counter, or a cashier by hand: a reference, a dossier's code, the number of a receipt, the address
/// of a payment page or of a receipt, or the content of a QR code that has one of them among other things.
public struct ScannedText: Sendable, Hashable {
    /// The longest text that is read.
    public static let longest = 500

    /// The payment references that stand in it, in their plain form.
    public let references: [String]
    /// What may be the code of a dossier: the text as a whole, then each of its parts.
    public let codes: [String]
    /// The last part of the address of a payment page.
    public let pageToken: String?
    /// What is written as the number of a receipt, alone or in the address of its page.
    public let receipt: String?
    /// Whether it is an address of the web, or begins as a reference does: then it is no dossier's code.
    public let isNoDossier: Bool

    public init(_ text: String) {
        let text = String(text.prefix(ScannedText.longest)).filter { $0.isASCII ? !($0.asciiValue ?? 0 < 32) : true }
        let whole = text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        references = CreditorReference(whole).map { [$0.text] } ?? CreditorReference.candidates(in: whole).map(\.text)
        // The QR code on papers of a dossier (Circular 01/2023/TT-VPCP) has its code, the procedure and the agency.
        let parts = whole.split { "|;,\t ".contains($0) }.map(String.init)
        var seen: Set<String> = []
        codes = ([whole] + parts).filter { (1...100).contains($0.count) && seen.insert($0).inserted }
        pageToken = ScannedText.lastPart(of: whole, behind: "/pay/")
        let capitals = whole.uppercased()
        receipt = ScannedText.lastPart(of: whole, behind: "/r/") ?? (capitals.hasPrefix("EBL") ? capitals : nil)
        isNoDossier = whole.contains("://") || capitals.wholeMatch(of: /RF ?[0-9]{2}[0-9A-Z ]{4,30}/) != nil
    }

    private static func lastPart(of text: String, behind mark: String) -> String? {
        guard text.contains("://"), let place = text.firstRange(of: mark) else { return nil }
        let part = text[place.upperBound...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
        return (1...100).contains(part.count) ? String(part) : nil
    }

    public var isEmpty: Bool { codes.isEmpty && references.isEmpty }
}
