import Foundation
import NIOCore
import Values

/// Reads `multipart/form-data` (RFC 7578) as it arrives: fields into memory, files to a folder.
///
/// A form of our own sends its fields before its files, so that what they say is known before anything is stored.
struct MultipartReader {
    /// A part that is a file.
    struct File: Sendable, Hashable {
        /// As the sender called it, without folders.
        let name: String
        let path: String
    }

    enum Fault: Error { case malformed, tooManyParts, fieldTooLong, fileTooLarge }

    static let maximumParts = 40
    /// Of a field, where nobody says otherwise.
    static let maximumField = 4 << 10
    static let maximumHeader = 8 << 10

    private let delimiter: [UInt8]
    private let folder: String
    private let maximumFileBytes: Int
    private let maximumFieldBytes: Int
    private var buffer: [UInt8]
    private var part: Part?
    private var parts = 0
    private(set) var fields: [String: String] = [:]
    private(set) var files: [File] = []
    private(set) var isComplete = false
    /// Every file that was begun, for ``discard()``.
    private var begun: [String] = []

    /// A part that is being read.
    private enum Part {
        case field(name: String, value: [UInt8])
        case file(File, FileHandle, bytes: Int)
        /// A file that nobody chose.
        case nothing
    }

    /// - Parameters:
    ///   - contentType: names the boundary.
    ///   - folder: where files are put; must exist.
    init(
        contentType: String,
        folder: String,
        maximumFileBytes: Int,
        maximumFieldBytes: Int = MultipartReader.maximumField
    ) throws(Fault) {
        guard let boundary = MultipartReader.boundary(contentType) else { throw .malformed }
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.folder = folder
        (self.maximumFileBytes, self.maximumFieldBytes) = (maximumFileBytes, maximumFieldBytes)
        // The first delimiter has no line before it.
        buffer = [13, 10]
    }

    private static func boundary(_ contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
        for part in contentType.split(separator: ";").dropFirst() {
            let text = part.trimming()
            guard text.lowercased().hasPrefix("boundary=") else { continue }
            let value = text.dropFirst(9).trimmingQuotes()
            let isPlain = value.utf8.allSatisfy { (33...126).contains($0) && $0 != 34 }
            return (1...70).contains(value.utf8.count) && isPlain ? String(value) : nil
        }
        return nil
    }

    /// Reads a piece of the body.
    mutating func read(_ piece: some Sequence<UInt8>) throws {
        guard !isComplete else { return }
        buffer.append(contentsOf: piece)
        while try step() {}
    }

    /// Reads on in the buffer; `false` if more of the body is needed.
    private mutating func step() throws -> Bool {
        if let place = buffer.firstRange(of: delimiter) {
            // What follows a delimiter: a line's end and the part's header, or two dashes.
            let after = buffer[place.upperBound...]
            guard after.count >= 2 else { return false }
            if after.starts(with: [45, 45]) {
                try end(with: buffer[..<place.lowerBound])
                isComplete = true
                buffer = []
                return false
            }
            guard after.starts(with: [13, 10]) else { throw Fault.malformed }
            guard let header = after.firstRange(of: [13, 10, 13, 10]) else {
                guard after.count <= MultipartReader.maximumHeader else { throw Fault.malformed }
                return false
            }
            try end(with: buffer[..<place.lowerBound])
            try begin(String(decoding: after[..<header.lowerBound], as: UTF8.self))
            buffer.removeSubrange(..<header.upperBound)
            return true
        }
        // The end of the buffer may be the beginning of a delimiter.
        let sure = buffer.count - delimiter.count
        guard sure > 0 else { return false }
        try add(buffer[..<sure])
        buffer.removeSubrange(..<sure)
        return false
    }

    private mutating func begin(_ header: String) throws {
        parts += 1
        guard parts <= MultipartReader.maximumParts else { throw Fault.tooManyParts }
        guard
            let line = header.split(separator: "\r\n").first(where: {
                $0.lowercased().hasPrefix("content-disposition:")
            }), let name = MultipartReader.parameter("name", of: line)
        else { throw Fault.malformed }
        guard let sent = MultipartReader.parameter("filename", of: line) else {
            part = .field(name: name, value: [])
            return
        }
        let plain = MultipartReader.plainName(sent)
        guard !plain.isEmpty else {
            part = .nothing
            return
        }
        // A folder of its own, so that the file keeps its name.
        let own = folder + "/" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: own,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        let path = own + "/" + plain
        begun.append(path)
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        part = .file(File(name: plain, path: path), handle, bytes: 0)
    }

    /// Removes what was written of a form that is not taken.
    mutating func discard() {
        // What cannot be closed is closed with the reader.
        if case .file(_, let handle, _) = part { do { try handle.close() } catch {} }
        part = nil
        for path in begun { PendingUploads.remove(path) }
        begun = []
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) throws {
        switch part {
        case nil, .nothing: break
        case .field(let name, var value):
            part = nil
            value += bytes
            guard value.count <= maximumFieldBytes else { throw Fault.fieldTooLong }
            part = .field(name: name, value: value)
        case .file(let file, let handle, let count):
            guard count + bytes.count <= maximumFileBytes else { throw Fault.fileTooLarge }
            try handle.write(contentsOf: Data(bytes))
            part = .file(file, handle, bytes: count + bytes.count)
        }
    }

    private mutating func end(with bytes: ArraySlice<UInt8>) throws {
        try add(bytes)
        switch part {
        case nil, .nothing: break
        case .field(let name, let value):
            fields[name] = fields[name] ?? String(decoding: value.filter { $0 != 0 }, as: UTF8.self)
        case .file(let file, let handle, _):
            try handle.close()
            files.append(file)
        }
        part = nil
    }

    /// A parameter of a header's line, in quotes, with `\"` and `%22` as browsers write them.
    private static func parameter(_ name: String, of line: Substring) -> String? {
        guard let start = line.range(of: "; \(name)=\"", options: .caseInsensitive) else { return nil }
        var value = ""
        var rest = line[start.upperBound...]
        while let character = rest.popFirst() {
            if character == "\"" { return value.replacingOccurrences(of: "%22", with: "\"") }
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(next)
                rest.removeFirst()
            } else {
                value.append(character)
            }
        }
        return nil
    }

    /// The name without folders and without what a file's name may not hold; at most 120 characters.
    private static func plainName(_ sent: String) -> String {
        let last = sent.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let plain = last.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }
        let name = String(String.UnicodeScalarView(plain)).trimming()
        return name == "." || name == ".." ? "" : String(name.suffix(120))
    }
}

extension Substring {
    fileprivate func trimmingQuotes() -> Substring {
        count >= 2 && first == "\"" && last == "\"" ? dropFirst().dropLast() : self
    }
}
