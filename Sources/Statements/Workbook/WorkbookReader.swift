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
            try bytes.withUnsafeBytes { bytes in
                try WorkbookSheet.read(ZipArchive(bytes), pause: { try table.tally.stopIfHopeless() }) { row, cells in
                    try table.take(cells, row: row, line)
                }
            }
        } catch let failure as ZipArchive.Failure {
            throw refused(1, "", failure.reason)
        } catch let failure as WorkbookSheet.PartFailure {
            throw refused(failure.line, failure.part, failure.reason)
        } catch let failure as WorkbookSheet.RowFailure {
            throw refused(failure.row, "", failure.reason)
        }
        return try table.finish()
    }

    private mutating func refused(_ line: Int, _ field: String, _ reason: Phrase) -> StatementRejected {
        table.tally.fault(line, field, "", reason, code: .lineInvalid)
        return table.tally.rejected
    }
}
