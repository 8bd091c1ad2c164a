import Values

/// Reads the first visible sheet of an .xlsx workbook, row by row.
enum WorkbookSheet {
    /// Why a part of the workbook cannot be read.
    struct PartFailure: Error {
        let part: String
        let line: Int
        let reason: Phrase
    }

    /// A row that cannot be read.
    struct RowFailure: Error {
        let row: Int
        let reason: Phrase
    }

    /// Calls the body with each row that has cells.
    ///
    /// - Parameter pause: called now and then, so that whoever has seen enough may throw.
    static func read(
        _ zip: ZipArchive,
        pause: () throws -> Void = {},
        row take: (_ row: Int, _ cells: [TableCell]) throws -> Void
    ) throws {
        let parts = WorkbookParts()
        for name in ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"] { try read(name, of: zip, into: parts) }
        if zip.contains("xl/styles.xml") { try read("xl/styles.xml", of: zip, into: parts) }
        let strings = SharedStrings()
        if zip.contains("xl/sharedStrings.xml") {
            try read("xl/sharedStrings.xml", of: zip, into: strings) {
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
        try read(path, of: zip, into: sheet) {
            for (row, cells) in sheet.takeReady() { try take(row, cells) }
            if let failure = sheet.failure { throw RowFailure(row: failure.row, reason: failure.reason) }
            try pause()
        }
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
}
