public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where seals are told outside of the database: a file of one line each, in a folder that is copied elsewhere.
///
/// Whoever rewrote the whole database, and held the key, could not rewrite what others have kept.
public struct SealWitness: Sendable {
    /// The folder; `nil` to tell nobody.
    public let folder: String?

    public init(folder: String?) { self.folder = folder }

    private var path: String? { folder.map { $0 + "/seals.jsonl" } }

    /// What the file says of each seal, by its number; a line that cannot be read is an error.
    public func records() throws -> [Int64: JSON] {
        guard let path, FileManager.default.fileExists(atPath: path) else { return [:] }
        var records: [Int64: JSON] = [:]
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            var record = JSON.null
            do throws(JSON.ParseError) { record = try JSON.parse(line.utf8) } catch {}
            guard let number = record["number"]?.integer else {
                throw ServiceError(
                    .internalFailure,
                    Phrase(
                        vi: "Tệp \(path) có dòng không đọc được: tệp đã bị sửa hoặc ghi dở.",
                        en: "The file \(path) has a line that cannot be read: it was changed, or its writing was cut."
                    )
                )
            }
            records[number] = record
        }
        return records
    }

    /// The highest number in the file; 0 without any.
    func last() throws -> Int64 { try records().keys.max() ?? 0 }

    /// Appends seals and makes sure that they are on the disk.
    func append(_ seals: [SealRecord]) throws {
        guard let folder, let path, !seals.isEmpty else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let text = seals.map { $0.json.serialized + "\n" }.joined()
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw ServiceError(.internalFailure, .unreadableFile(path)) }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
            throw ServiceError(.internalFailure, .unreadableFile(path))
        }
    }
}
