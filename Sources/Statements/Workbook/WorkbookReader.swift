import Values

/// Reads the table on the first sheet of an .xlsx workbook. The file is held in memory, because its table of contents
/// is at the end; its parts are unpacked as a stream.
struct WorkbookReader: FormatReader {
    private var archive: [UInt8] = []
    private var table: MappedTable

    init(candidates: [StatementMapping], options: StatementOptions) {
        table = MappedTable(candidates: candidates, options: options)
    }

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, line: (StatementLine) throws -> Void) throws {
        guard archive.count + bytes.count <= StatementReader.maximumWorkbookBytes else {
            throw refused(
                1,
                "",
                Phrase(
                    vi: "lớn hơn \(StatementReader.maximumWorkbookBytes) byte: hãy lưu thành CSV",
                    en: "is larger than \(StatementReader.maximumWorkbookBytes) bytes: save it as CSV"
                )
            )
        }
        archive.append(contentsOf: bytes)
    }

    mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary {
        let bytes = archive
        archive = []
        do {
            try bytes.withUnsafeBytes { try read(ZipArchive($0), line) }
        } catch let failure as ZipArchive.Failure {
            throw refused(1, "", failure.reason)
        } catch let failure as PartFailure {
            throw refused(failure.line, failure.part, failure.reason)
        }
        return try table.finish()
    }

    private mutating func read(_ zip: ZipArchive, _ line: (StatementLine) throws -> Void) throws {
        let parts = WorkbookParts()
        for name in ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"] { try Self.read(name, of: zip, into: parts) }
        if zip.contains("xl/styles.xml") { try Self.read("xl/styles.xml", of: zip, into: parts) }
        let strings = SharedStrings()
        if zip.contains("xl/sharedStrings.xml") {
            try Self.read("xl/sharedStrings.xml", of: zip, into: strings) {
                if strings.isTooLarge {
                    throw ZipArchive.Failure(
                        reason: Phrase(
                            vi: "có nhiều chữ hơn mức đọc được: hãy lưu thành CSV",
                            en: "has more text than is read: save it as CSV"
                        )
                    )
                }
            }
        }
        guard let path = parts.sheetPath else {
            throw ZipArchive.Failure(reason: Phrase(vi: "không có trang tính nào hiện", en: "has no visible sheet"))
        }
        let sheet = Sheet(parts, strings: strings.texts)
        try Self.read(path, of: zip, into: sheet) {
            for (row, cells) in sheet.takeReady() { try table.take(cells, row: row, line) }
            if let failure = sheet.failure { throw refused(failure.row, "", failure.reason) }
            try table.tally.stopIfHopeless()
        }
    }

    private struct PartFailure: Error {
        let part: String
        let line: Int
        let reason: Phrase
    }

    /// Reads a part of the workbook; calls the body after each piece.
    private static func read(
        _ part: String,
        of zip: ZipArchive,
        into receiver: any XMLReceiver,
        after: () throws -> Void = {}
    ) throws {
        let stream = XMLStream(receiver)
        do {
            try zip.unpack(part) {
                try stream.feed($0)
                try after()
            }
            try stream.finish()
            try after()
        } catch let failure as XMLStream.Failure {
            throw PartFailure(part: part, line: failure.line, reason: failure.reason)
        }
    }

    private mutating func refused(_ line: Int, _ field: String, _ reason: Phrase) -> StatementRejected {
        table.tally.fault(line, field, "", reason, code: .lineInvalid)
        return table.tally.rejected
    }
}
