import Documents
import Foundation
import TestSupport

/// A PDF as programs of others (poppler, zbar) read it.
struct PDFReader {
    private let bytes: Data

    init(_ document: Document) throws { bytes = Data(try document.pdf()) }

    /// The text of each page, laid out as on paper.
    func pages(_ options: [String] = ["-layout"]) throws -> [String] {
        let text = try OtherProgram.run("pdftotext", options + ["-enc", "UTF-8", "-", "-"], input: bytes)
        // Every page ends with a form feed.
        return String(decoding: text, as: UTF8.self).split(separator: "\u{0C}", omittingEmptySubsequences: false)
            .dropLast().map(String.init)
    }

    /// The rows of `pdffonts`, word by word: the last five are embedded, subset, with names of letters, object, generation.
    func fonts() throws -> [[String]] {
        try inFile { path in
            let table = String(decoding: try OtherProgram.run("pdffonts", [path]), as: UTF8.self)
            return table.split(separator: "\n").dropFirst(2).map { $0.split(separator: " ").map(String.init) }
        }
    }

    func information() throws -> String {
        try inFile { String(decoding: try OtherProgram.run("pdfinfo", [$0]), as: UTF8.self) }
    }

    /// What a scanner reads in a picture of the first page.
    func code() throws -> String {
        try inFile { path in
            _ = try OtherProgram.run("pdftoppm", ["-r", "150", "-png", "-singlefile", path, path])
            return String(
                decoding: try OtherProgram.run(
                    "zbarimg",
                    ["-q", "--raw", "-Sdisable", "-Sqrcode.enable", path + ".png"]
                ),
                as: UTF8.self
            ).trimmingCharacters(in: .newlines)
        }
    }

    private func inFile<Value>(_ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("khop-pdf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
        let file = folder.appendingPathComponent("a.pdf")
        try bytes.write(to: file)
        return try body(file.path)
    }
}
