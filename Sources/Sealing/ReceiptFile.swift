public import Cryptography
import Values

/// A receipt's XML as somebody keeps it, checked without a server: what it says is what the sealed history has.
public struct ReceiptFile: Sendable, Hashable {
    /// The number of the series, as the file states it.
    public let number: String
    /// In đồng, as the file states it.
    public let amount: String
    /// The entry of the history, word for word.
    public let entry: String
    public let proof: SealProof

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
        (self.number, self.amount) = (number, amount)
        guard let entry = ReceiptFile.field("Mục niêm phong", in: text),
            let written = ReceiptFile.field("Chứng cứ niêm phong", in: text)
        else { throw .notSealed }
        guard let proof = SealProof(text: written) else { throw .changed }
        (self.entry, self.proof) = (entry, proof)
    }

    /// Proves the entry under an installation's public key, and that the file states its number and amount.
    public func verify(under key: VerificationKey) throws(Fault) {
        do { try proof.verify(Array(entry.utf8), under: key) } catch {
            throw error == .otherKey ? .otherKey : .changed
        }
        // The row as the history has it: id, series, number, request, amount and more.
        let head = "receipt("
        let values = entry.dropFirst(head.count).split(separator: ",", omittingEmptySubsequences: false)
        guard entry.hasPrefix(head), values.count > 5, values[2] == number, values[4] == amount else { throw .changed }
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
