import Collection
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What somebody pasted or dropped, as the bytes that may be meant.
enum LabMessage {
    /// A file is what it is. Of a pasted text nobody knows its line ends: browsers send all of them as CRLF. Both are possible.
    ///
    /// - Throws: `invalid-body` if there is neither.
    static func versions(file path: String?, pasted: String) throws -> [[UInt8]] {
        if let path, let data = FileManager.default.contents(atPath: path), !data.isEmpty { return [Array(data)] }
        let plain = pasted.replacing("\r\n", with: "\n")
        guard !plain.trimming().isEmpty else {
            throw ServiceError(
                .invalidBody,
                at: "message",
                Phrase(vi: "hãy dán một callback hoặc chọn tệp", en: "paste a callback, or choose a file with it")
            )
        }
        let (plainBytes, otherBytes) = (Array(plain.utf8), Array(plain.replacing("\n", with: "\r\n").utf8))
        // A line break at the very end comes with copying more often than from a bank.
        var versions = [plainBytes]
        if otherBytes != plainBytes { versions.append(otherBytes) }
        if plain.hasSuffix("\n") { versions.append(Array(plain.utf8.dropLast())) }
        return versions
    }
}
