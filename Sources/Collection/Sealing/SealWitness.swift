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
            let (number, record) = try read(line)
            records[number] = record
        }
        return records
    }

    private func read(_ line: Substring) throws -> (number: Int64, record: JSON) {
        var record = JSON.null
        do throws(JSON.ParseError) { record = try JSON.parse(line.utf8) } catch {}
        if let number = record["number"]?.integer { return (number, record) }
        throw ServiceError(
            .internalFailure,
            Phrase(
                vi: "Tệp \(path ?? "") có dòng không đọc được: tệp đã bị sửa hoặc ghi dở.",
                en: "The file \(path ?? "") has a line that cannot be read: it was changed, or its writing was cut."
            )
        )
    }

    /// The number on the last line; 0 without any. Each pass asks for it, so it does not read years of seals.
    func last() throws -> Int64 {
        guard let path, FileManager.default.fileExists(atPath: path) else { return 0 }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw ServiceError(.internalFailure, .unreadableFile(path)) }
        defer { close(file) }
        // Many times the length of a line.
        var tail = [UInt8](repeating: 0, count: 8192)
        let count = pread(file, &tail, tail.count, max(0, lseek(file, 0, SEEK_END) - off_t(tail.count)))
        guard count >= 0 else { throw ServiceError(.internalFailure, .unreadableFile(path)) }
        let lines = String(decoding: tail.prefix(count), as: UTF8.self).split(separator: "\n")
        return try lines.last.map { try read($0).number } ?? 0
    }

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
