import Values

/// Reads the files of a catalogue and reports every fault, not only the first.
public enum CatalogueParser {
    /// The largest number of rows in a file.
    public static let maximumRows = 500_000

    public static func parse(_ files: [(file: CatalogueFile, bytes: [UInt8])]) -> ParsedCatalogue {
        var parsed = ParsedCatalogue()
        for (file, bytes) in files {
            parsed.files.insert(file)
            read(file, bytes, into: &parsed)
        }
        return parsed
    }

    private static func read(_ file: CatalogueFile, _ bytes: [UInt8], into parsed: inout ParsedCatalogue) {
        let rows: [CSVRow]
        do {
            rows = try CSV.parse(bytes)
        } catch let error as CSVError {
            parsed.faults.append(
                CatalogueFault(
                    file: file,
                    line: error.line,
                    column: "field \(error.column)",
                    value: "",
                    reason: error.reason
                )
            )
            return
        } catch { preconditionFailure("CSV.parse throws CSVError alone, not \(error)") }
        guard let header = rows.first else {
            let names = file.requiredColumns.joined(separator: ",")
            parsed.faults.append(
                CatalogueFault(
                    file: file,
                    line: 1,
                    column: "",
                    value: "",
                    reason: Phrase(
                        vi: "đang trống: bắt đầu bằng dòng tiêu đề \(names)",
                        en: "is empty: begin with the header \(names)"
                    )
                )
            )
            return
        }
        guard let columns = columns(of: header, file, &parsed.faults) else { return }
        guard rows.count <= maximumRows else {
            parsed.faults.append(
                CatalogueFault(
                    file: file,
                    line: 1,
                    column: "",
                    value: "",
                    reason: Phrase(vi: "có hơn \(maximumRows) dòng", en: "has more than \(maximumRows) rows")
                )
            )
            return
        }
        for row in rows.dropFirst() {
            var record = Record(file: file, line: row.line, columns: columns, fields: row.fields)
            if row.fields.count != header.fields.count {
                record.faults.append(
                    CatalogueFault(
                        file: file,
                        line: row.line,
                        column: "",
                        value: "",
                        reason:
                            Phrase(
                                vi:
                                    "có \(row.fields.count) trường trong khi dòng tiêu đề có \(header.fields.count): có thiếu dấu nháy hoặc dấu phẩy không?",
                                en:
                                    "has \(row.fields.count) fields but the header has \(header.fields.count): is a quote or a comma missing?"
                            )
                    )
                )
            } else {
                add(&record, to: &parsed)
            }
            parsed.faults += record.faults
        }
    }

    private static func columns(
        of header: CSVRow,
        _ file: CatalogueFile,
        _ faults: inout [CatalogueFault]
    ) -> [String: Int]? {
        let before = faults.count
        var columns: [String: Int] = [:]
        for (index, field) in header.fields.enumerated() {
            let name = field.split(separator: " ").joined(separator: " ")
            if !file.columns.contains(name) {
                faults.append(
                    CatalogueFault(
                        file: file,
                        line: header.line,
                        column: name,
                        value: "",
                        reason: Phrase(
                            vi: "không phải là cột của tệp này: tệp có các cột \(file.columns.joined(separator: ", "))",
                            en: "is not a column of this file: it has \(file.columns.joined(separator: ", "))"
                        )
                    )
                )
            } else if columns[name] != nil {
                faults.append(
                    CatalogueFault(
                        file: file,
                        line: header.line,
                        column: name,
                        value: "",
                        reason: Phrase(vi: "có hai lần trong dòng tiêu đề", en: "stands twice in the header")
                    )
                )
            }
            columns[name] = index
        }
        for name in file.requiredColumns where columns[name] == nil {
            faults.append(
                CatalogueFault(
                    file: file,
                    line: header.line,
                    column: name,
                    value: "",
                    reason: Phrase(
                        vi: "còn thiếu: thêm cột vào dòng tiêu đề",
                        en: "is missing: add the column to the header"
                    )
                )
            )
        }
        return faults.count == before ? columns : nil
    }

    private static func add(_ record: inout Record, to parsed: inout ParsedCatalogue) {
        func keep<Row>(_ row: Row?, _ path: WritableKeyPath<CatalogueRows, [Row]>, _ record: Record) {
            guard let row, record.faults.isEmpty else { return }
            parsed.rows[keyPath: path].append(row)
            parsed.lines[record.file, default: []].append(record.line)
        }
        switch record.file {
        case .localities: keep(LocalityRow(&record), \.localities, record)
        case .agencies: keep(AgencyRow(&record), \.agencies, record)
        case .procedures: keep(ProcedureRow(&record), \.procedures, record)
        case .fees: keep(FeeRow(&record), \.fees, record)
        case .reductions: keep(ReductionRow(&record), \.reductions, record)
        case .discounts: keep(DiscountRow(&record), \.discounts, record)
        case .targets: keep(TargetRow(&record), \.targets, record)
        }
    }

    /// Rows from records in the order of `CatalogueFile.columns`, as the database keeps them; they were validated on
    /// import.
    public static func rows(_ records: [CatalogueFile: [[String]]]) throws(CatalogueFault) -> CatalogueRows {
        var parsed = ParsedCatalogue()
        for (file, records) in records {
            let columns = Dictionary(uniqueKeysWithValues: file.columns.enumerated().map { ($1, $0) })
            for fields in records {
                var record = Record(file: file, line: 0, columns: columns, fields: fields)
                add(&record, to: &parsed)
                if let fault = record.faults.first { throw fault }
            }
        }
        return parsed.rows
    }
}
