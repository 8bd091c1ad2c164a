import Foundation

/// A new file of lines, written in pieces.
final class LineFile {
    private static let pieceBytes = 1 << 20

    private let file: FileHandle
    private var piece: [UInt8] = []

    /// - Parameter path: of a file that does not exist yet.
    init(creating path: String) throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: path), files.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw ServiceError(.internalFailure, .unreadableFile(path)) }
        self.file = file
    }

    func write(_ line: String) throws {
        piece.append(contentsOf: line.utf8)
        piece.append(UInt8(ascii: "\n"))
        if piece.count >= LineFile.pieceBytes { try flush() }
    }

    /// Writes what is left and closes the file.
    func finish() throws {
        try flush()
        try file.synchronize()
        try file.close()
    }

    private func flush() throws {
        try file.write(contentsOf: piece)
        piece.removeAll(keepingCapacity: true)
    }
}
