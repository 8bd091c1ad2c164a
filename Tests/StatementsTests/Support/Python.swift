import Foundation
import TestSupport

/// Runs a Python program in a new folder; the body examines the output and the files it wrote.
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
