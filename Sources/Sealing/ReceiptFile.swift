public import Cryptography
public import Values

/// A receipt's XML as somebody keeps it, checked without a server.
///
/// The sealed history proves what its entry has: the number, the amount, the day of issue, whether it replaces another and
/// why. Form, serial, payer, items and collector are proved by the XML's signature alone.
public struct ReceiptFile: Sendable, Hashable {
    /// The number of the series, as the file states it.
    public let number: String
    /// In đồng, as the file states it.
    public let amount: String
    /// The entry of the history, word for word.
    public let entry: String
    public let proof: SealProof
    /// The last part of the address of its page, as the file states it.
    public let address: String
    /// As it was read.
    public let bytes: [UInt8]

    /// Why a file is not what the history has.
    public enum Fault: Error, Sendable, Hashable {
        /// No receipt's XML, such as its PDF.
        case notXML
        /// It was fetched before its receipt was sealed.
        case notSealed
        /// Of another installation.
        case otherKey
        /// The file, or the proof in it, was changed.
        case changed
    }

    /// The longest file that is read.
    public static let longest = 256 << 10

    /// Reads the file; throws what it lacks.
    public init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.count <= ReceiptFile.longest, !bytes.starts(with: Array("%PDF".utf8)) else { throw .notXML }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("<BLai"), let number = ReceiptFile.value("SCTu", in: text),
            let amount = ReceiptFile.value("TgTien", in: text)
        else { throw .notXML }
        (self.number, self.amount, self.bytes) = (number, amount, bytes)
        address = ReceiptFile.value("MTCuu", in: text) ?? ""
        guard let entry = ReceiptFile.field("Mục niêm phong", in: text),
            let written = ReceiptFile.field("Chứng cứ niêm phong", in: text)
        else { throw .notSealed }
        guard let proof = SealProof(text: written) else { throw .changed }
        (self.entry, self.proof) = (entry, proof)
    }

    /// Proves the entry under an installation's public key, and that the file states what the entry has.
    public func verify(under key: VerificationKey) throws(Fault) {
        do { try proof.verify(Array(entry.utf8), under: key) } catch {
            throw error == .otherKey ? .otherKey : .changed
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let sealed = SealedReceipt(entry), ReceiptFile.isPlain(text), sealed.number == number,
            sealed.amount == amount, sealed.day == ReceiptFile.value("NLap", in: text),
            address.split(separator: "-").dropFirst(2).first.map(String.init) == number,
            ReceiptFile.sum(of: text) == amount
        else { throw .changed }
        let replaced = ReceiptFile.value("TTCTLQuan", in: text)
        guard sealed.isReplacing == (replaced != nil),
            replaced.map({ ReceiptFile.value("LDo", in: $0) == sealed.reason }) ?? true
        else { throw .changed }
    }

    /// When the receipt was made, as the entry has it; of an entry that is no receipt's, when it was sealed.
    public var issuedAt: Instant { SealedReceipt(entry)?.issuedAt ?? proof.sealedAt }

    /// Whether the file is written as this installation writes them: each of what is compared stands in it once, and nothing
    /// hides from a reader of its text, such as a comment that holds the right number beside a forged one.
    private static func isPlain(_ text: String) -> Bool {
        func count(_ part: String) -> Int { text.ranges(of: part).count }
        return count("<!") == 0 && count("<?") == 1 && count("xmlns:") == 0
            && ["<BLai", "<TgTien>", "<NLap>", "<MTCuu>", "<DLBLai", "<TToan>", "<DSKThu>"].allSatisfy {
                count($0) == 1
            }
            && count("<SCTu>") == 1 + count("<TTCTLQuan>") && count("<TTCTLQuan>") <= 1
    }

    /// What the items cost together.
    private static func sum(of text: String) -> String? {
        var sum = Int64(0)
        for item in text.split(separator: "<KThu>").dropFirst() {
            guard let amount = value("TTien", in: String(item)).flatMap({ Int64($0) }) else { return nil }
            let (next, isTooLarge) = sum.addingReportingOverflow(amount)
            guard !isTooLarge else { return nil }
            sum = next
        }
        return String(sum)
    }

    private static func value(_ name: String, in text: String) -> String? {
        // Of a receipt that replaces another, the first is its own.
        guard let start = text.firstRange(of: "<\(name)>"), let end = text.firstRange(of: "</\(name)>"),
            start.upperBound <= end.lowerBound
        else { return nil }
        return plain(text[start.upperBound..<end.lowerBound])
    }

    private static func field(_ name: String, in text: String) -> String? {
        guard let place = text.firstRange(of: "<TTruong>\(name)</TTruong>") else { return nil }
        return value("DLieu", in: String(text[place.upperBound...]))
    }

    private static func plain(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&amp;", with: "&")
    }
}
