import Values

/// Reads a bank statement of any format, incrementally and in bounded memory.
///
/// A statement is accepted or rejected as a whole: lines are passed on as they are read and are valid only if
/// ``finish(line:)`` returns. After the first error no more lines are passed on, and reading continues only in order to
/// report further errors. An .xlsx file is first read into memory (up to ``maximumWorkbookBytes``), because its table
/// of contents is at the end.
public final class StatementReader {
    /// The largest .xlsx file accepted.
    public static let maximumWorkbookBytes = 64 << 20

    /// The format in use; `nil` until enough of the file has been read to detect it.
    public private(set) var format: StatementFormat?

    private let options: StatementOptions
    private var reader: (any FormatReader)?
    /// The first bytes, until the format is known.
    private var start: [UInt8] = []

    /// - Parameter format: the file's format; if `nil` it is detected from the first bytes. A named layout applies to a
    ///   text file or a workbook, whichever the file is.
    public init(format: StatementFormat? = nil, options: StatementOptions = StatementOptions()) {
        self.format = format
        self.options = options
    }

    /// Reads the next bytes and passes on the lines they complete. Throws ``StatementRejected`` if continuing is
    /// pointless, and whatever the body throws; the reader must not be used afterwards.
    public func feed(_ bytes: some Collection<UInt8>, line: (StatementLine) throws -> Void) throws {
        try namingFormat { try read(bytes, line) }
    }

    private func read(_ bytes: some Collection<UInt8>, _ line: (StatementLine) throws -> Void) throws {
        if reader == nil {
            start.append(contentsOf: bytes)
            if start.count >= StatementFormat.detectionBytes { try open(line) }
            return
        }
        let fed: Void? = try bytes.withContiguousStorageIfAvailable { try reader?.feed($0, line: line) }
        if fed == nil { try Array(bytes).withUnsafeBufferPointer { try reader?.feed($0, line: line) } }
    }

    /// Ends the file; throws ``StatementRejected`` if it had any error.
    public func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary {
        try namingFormat {
            if reader == nil { try open(line) }
            guard let summary = try reader?.finish(line: line) else {
                preconditionFailure("open makes a reader or throws")
            }
            return summary
        }
    }

    /// Adds the format to a rejection, so that it is known although the file cannot be read.
    private func namingFormat<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let refused as StatementRejected {
            var named = refused
            named.format = format
            throw named
        }
    }

    private func open(_ line: (StatementLine) throws -> Void) throws {
        let detected = StatementFormat.detect(start)
        switch (format, detected) {
        // The layout was named; the file shows whether it is text, a workbook or a page.
        case (.table(let mapping), .xlsx): format = .xlsx(mapping: mapping)
        case (.table(let mapping), .html): format = .html(mapping: mapping)
        case (.some, _): break
        case (nil, .some(let told)): format = told
        case (nil, nil) where OldContainer.begins(start): break
        case (nil, nil): throw refusal(start)
        }
        reader = try format.map { try makeReader($0) } ?? OldContainer()
        let bytes = start
        start = []
        try bytes.withUnsafeBufferPointer { try reader?.feed($0, line: line) }
    }

    private func makeReader(_ format: StatementFormat) throws -> any FormatReader {
        switch format {
        case .csv: DefaultCSVReader(options: options)
        case .mt940: MT940Reader(options)
        case .camt053, .camt054: CamtReader(format, options)
        case .table(let mapping):
            try TableTextReader(candidates: try candidates(mapping), start: start[...], options: options)
        case .html(let mapping):
            try PageTableReader(candidates: try candidates(mapping), start: start[...], options: options)
        case .xlsx(let mapping): WorkbookReader(candidates: try candidates(mapping), options: options)
        }
    }

    private func candidates(_ name: String?) throws -> [StatementMapping] {
        guard let name else { return options.mappings }
        let found = options.mappings.filter { $0.name == name }
        guard found.isEmpty else { return found }
        let known = options.mappings.map(\.name).joined(separator: ", ")
        throw StatementRejected(faults: [
            StatementFault(
                line: 1,
                field: "format",
                value: name,
                reason: Phrase(
                    vi: "không phải mẫu đã biết; các mẫu: \(known)",
                    en: "is not a known layout; known are \(known)"
                )
            )
        ])
    }

    private func refusal(_ start: [UInt8]) -> StatementRejected {
        let reason =
            // A mark of the encoding alone says nothing either.
            if !start.contains(where: { $0 > 0x20 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains($0) }) {
                Phrase(vi: "đang trống", en: "is empty")
            } else if start.starts(with: Array("%PDF".utf8)) {
                wayFromPDF
            } else if start.drop(while: { $0 <= 0x20 }).first == UInt8(ascii: "<") {
                Phrase(
                    vi:
                        "là XML nhưng không phải thông điệp camt.053 hay camt.054, cũng không có bảng: hãy lưu thành .xlsx hoặc CSV",
                    en:
                        "is XML, but neither a camt.053 or camt.054 message nor a page with a table: save it as .xlsx or CSV"
                )
            } else {
                Phrase(
                    vi:
                        "không thuộc định dạng nào đọc được: CSV, bảng riêng của ngân hàng, .xlsx, camt.053, camt.054, MT940",
                    en: "is none of the formats read: CSV, a bank's own table, .xlsx, camt.053, camt.054, MT940"
                )
            }
        return StatementRejected(faults: [StatementFault(line: 1, field: "", value: "", reason: reason)])
    }

    /// How to get a table instead of a PDF, whose lines no program can be sure of.
    private var wayFromPDF: Phrase {
        let own = options.bank.map { bank in options.mappings.filter { $0.bank == bank } } ?? []
        func list(_ mappings: [StatementMapping]) -> String { mappings.map(\.title).joined(separator: "; ") }
        let (files, copies) = (own.filter { !$0.isMadeFromPDF }, own.filter(\.isMadeFromPDF))
        let way = Phrase(
            vi: "là PDF, không đọc được chắc chắn: hãy tải sao kê Excel hoặc CSV ở ngân hàng điện tử",
            en:
                "is a PDF, which cannot be read for sure: download the statement as Excel or CSV from the bank's internet banking"
        )
        let known =
            files.isEmpty
            ? Phrase(vi: "", en: "")
            : Phrase(vi: "; của ngân hàng này đọc được: \(list(files))", en: "; of this bank are read: \(list(files))")
        let copy =
            copies.isEmpty
            ? Phrase(vi: "", en: "")
            : Phrase(
                vi: "; hoặc đưa bảng của PDF vào Excel (Dữ liệu, Từ PDF) rồi lưu .xlsx: \(list(copies))",
                en: "; or bring the PDF's table into Excel (Data, From PDF) and save it as .xlsx: \(list(copies))"
            )
        return Phrase(
            vi: way[.vietnamese] + known[.vietnamese] + copy[.vietnamese],
            en: way[.english] + known[.english] + copy[.english]
        )
    }
}
