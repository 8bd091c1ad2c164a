import PaymentQR

/// What a scanner types at a counter, or a cashier by hand: a reference, a dossier's code, or the content of a QR code that
/// has one of them among other things.
public struct ScannedText: Sendable, Hashable {
    /// The longest text that is read.
    public static let longest = 500

    /// The payment references that stand in it, in their plain form.
    public let references: [String]
    /// What may be the code of a dossier: the text as a whole, then each of its parts.
    public let codes: [String]

    public init(_ text: String) {
        let text = String(text.prefix(ScannedText.longest)).filter { $0.isASCII ? !($0.asciiValue ?? 0 < 32) : true }
        let whole = text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        references = CreditorReference(whole).map { [$0.text] } ?? CreditorReference.candidates(in: whole).map(\.text)
        // The QR code on papers of a dossier (Circular 01/2023/TT-VPCP) has its code, the procedure and the agency.
        let parts = whole.split { "|;,\t ".contains($0) }.map(String.init)
        var seen: Set<String> = []
        codes = ([whole] + parts).filter { (1...100).contains($0.count) && seen.insert($0).inserted }
    }

    public var isEmpty: Bool { codes.isEmpty && references.isEmpty }
}
