import Foundation
import Statements
import TestSupport
import Testing
import Values

/// What a reader made of a whole file.
struct Read {
    var lines: [StatementLine]
    var summary: StatementSummary
}

/// Reads a whole file, in pieces.
func read(
    _ bytes: [UInt8],
    as format: StatementFormat? = nil,
    options: StatementOptions = StatementOptions(),
    piece: Int = 4096
) throws -> Read {
    let reader = StatementReader(format: format, options: options)
    var lines: [StatementLine] = []
    var rest = bytes[...]
    while !rest.isEmpty {
        try reader.feed(rest.prefix(piece)) { lines.append($0) }
        rest = rest.dropFirst(piece)
    }
    let summary = try reader.finish { lines.append($0) }
    return Read(lines: lines, summary: summary)
}

func read(
    _ text: String,
    as format: StatementFormat? = nil,
    options: StatementOptions = StatementOptions()
) throws -> Read { try read(Array(text.utf8), as: format, options: options) }

/// The faults of a file that must be refused.
func faults(
    _ bytes: [UInt8],
    as format: StatementFormat? = nil,
    options: StatementOptions = StatementOptions(),
    at location: SourceLocation = #_sourceLocation
) -> [StatementFault] {
    let error = #expect(throws: StatementRejected.self, sourceLocation: location) {
        try read(bytes, as: format, options: options)
    }
    return error?.faults ?? []
}

func faults(
    _ text: String,
    as format: StatementFormat? = nil,
    options: StatementOptions = StatementOptions(),
    at location: SourceLocation = #_sourceLocation
) -> [StatementFault] { faults(Array(text.utf8), as: format, options: options, at: location) }

enum Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/statements")

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }
    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}

/// Runs a Python program in a folder of its own; `body` looks at what it left there.
func withPython<Result>(
    _ program: String,
    files: [String: [UInt8]] = [:],
    _ body: (_ output: String, _ folder: URL) throws -> Result
) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "statements-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    let prologue = "import os, sys\nos.chdir(sys.argv[1])\n"
    let output = try OtherProgram.run(OtherProgram.python, ["-c", prologue + program, folder.path])
    return try body(String(decoding: output, as: UTF8.self), folder)
}
