import Values

/// Checks rows against one another: unique keys, days, names of other rows, and trees without cycles.
public enum CatalogueValidator {
    /// Returns every fault; none for a catalogue that may come into force. Nearly linear in the number of rows.
    public static func validate(_ rows: CatalogueRows, lines: [CatalogueFile: [Int]] = [:]) -> [CatalogueFault] {
        var check = Check(rows: rows, lines: lines)
        check.keys(rows.localities)
        check.keys(rows.agencies)
        check.keys(rows.procedures)
        check.keys(rows.fees)
        check.keys(rows.reductions)
        check.keys(rows.discounts)
        check.keys(rows.targets)
        check.overlaps(rows.localities, column: "code") {
            $0.code
        } validity: {
            $0.validity
        }
        check.overlaps(rows.fees, column: "fee_code") {
            $0.feeCode + "\u{1F}" + $0.localityCode
        } validity: {
            $0.validity
        }
        check.localities()
        check.names()
        return check.faults
    }
}

private struct Check {
    let rows: CatalogueRows
    let lines: [CatalogueFile: [Int]]
    var faults: [CatalogueFault] = []
    let byCode: [String: [LocalityRow]]
    let procedures: Set<String>
    let feeCodes: Set<String>

    init(rows: CatalogueRows, lines: [CatalogueFile: [Int]]) {
        self.rows = rows
        self.lines = lines
        byCode = Dictionary(grouping: rows.localities, by: \.code)
        procedures = Set(rows.procedures.map(\.code))
        feeCodes = Set(rows.fees.map(\.feeCode))
    }

    mutating func fault(_ file: CatalogueFile, _ index: Int, _ column: String, _ value: String, _ reason: Phrase) {
        let line = lines[file].flatMap { index < $0.count ? $0[index] : nil } ?? 0
        faults.append(CatalogueFault(file: file, line: line, column: column, value: value, reason: reason))
    }

    func line(_ file: CatalogueFile, _ index: Int) -> Int {
        lines[file].flatMap { index < $0.count ? $0[index] : nil } ?? 0
    }

    mutating func keys<Row: CatalogueRow>(_ rows: [Row]) {
        var seen: [[String]: Int] = [:]
        for (index, row) in rows.enumerated() {
            if let first = seen.updateValue(index, forKey: row.key) {
                let names = row.key.filter { !$0.isEmpty }.joined(separator: ", ")
                fault(
                    Row.file,
                    index,
                    "",
                    names,
                    Phrase(
                        vi: "bị lặp: dòng \(line(Row.file, first)) có cùng khóa; hãy bỏ một dòng",
                        en: "stands twice: line \(line(Row.file, first)) has the same key; remove one of them"
                    )
                )
            }
        }
    }

    mutating func overlaps<Row: CatalogueRow>(
        _ rows: [Row],
        column: String,
        key: (Row) -> String,
        validity: (Row) -> Validity
    ) {
        let groups = Dictionary(grouping: rows.indices, by: { key(rows[$0]) })
        for indices in groups.values where indices.count > 1 {
            let sorted = indices.sorted { (validity(rows[$0]).from, $0) < (validity(rows[$1]).from, $1) }
            for (left, right) in zip(sorted, sorted.dropFirst()) {
                let (first, second) = (validity(rows[left]), validity(rows[right]))
                guard first.overlaps(second), rows[left].key != rows[right].key else { continue }
                fault(
                    Row.file,
                    right,
                    column,
                    rows[right].key[0],
                    Phrase(
                        vi:
                            "có hiệu lực từ \(second.from) trong khi dòng \(line(Row.file, left)) còn hiệu lực đến \(first.to?.description ?? "không thời hạn"): hãy kết thúc dòng đó vào ngày liền trước",
                        en:
                            "is in force from \(second.from) while line \(line(Row.file, left)) still is, to \(first.to?.description ?? "no end"): end that one the day before"
                    )
                )
            }
        }
    }

    mutating func localities() {
        for (index, row) in rows.localities.enumerated() {
            if !row.parentCode.isEmpty { parent(of: row, index) }
            if let end = row.validity.to {
                for successor in row.successorCodes where !inForce(successor, end.next) {
                    fault(
                        .localities,
                        index,
                        "successor_code",
                        successor,
                        Phrase(
                            vi: "nêu đơn vị không có hiệu lực vào \(end.next), ngày sau valid_to",
                            en: "names a unit that is not in force on \(end.next), the day after valid_to"
                        )
                    )
                }
            }
        }
        // Parents are of a higher level, so a cycle of parents cannot pass; successors begin later, so neither can theirs.
    }

    private func inForce(_ code: String, _ day: Day) -> Bool {
        byCode[code]?.contains { $0.validity.contains(day) } ?? false
    }

    private mutating func parent(of row: LocalityRow, _ index: Int) {
        if row.parentCode == row.code {
            fault(
                .localities,
                index,
                "parent_code",
                row.parentCode,
                Phrase(
                    vi: "nêu chính đơn vị này: cây đơn vị không được có vòng",
                    en: "names the unit itself: a tree has no cycles"
                )
            )
            return
        }
        guard let candidates = byCode[row.parentCode] else {
            fault(
                .localities,
                index,
                "parent_code",
                row.parentCode,
                Phrase(vi: "nêu đơn vị không có dòng nào mô tả", en: "names a unit that no row describes")
            )
            return
        }
        let overlapping = candidates.filter { $0.validity.overlaps(row.validity) }
        if let wrong = overlapping.first(where: { $0.level >= row.level }) {
            fault(
                .localities,
                index,
                "parent_code",
                row.parentCode,
                Phrase(
                    vi:
                        "nêu đơn vị cấp \(wrong.level.rawValue), không thể đứng trên cấp \(row.level.rawValue): cây sẽ có vòng hoặc không có gốc",
                    en:
                        "names a \(wrong.level.rawValue), which cannot stand above a \(row.level.rawValue): the tree would have a cycle or no top"
                )
            )
        }
        // A parent that ends first is not a fault: after that the unit has no parent, until a row of its own states
        // one.
        if overlapping.isEmpty {
            fault(
                .localities,
                index,
                "parent_code",
                row.parentCode,
                Phrase(
                    vi: "nêu đơn vị không có hiệu lực vào ngày nào của đơn vị này",
                    en: "names a unit that is in force on none of this one's days"
                )
            )
        }
    }

    mutating func names() {
        for (index, row) in rows.agencies.enumerated() where byCode[row.localityCode] == nil {
            fault(
                .agencies,
                index,
                "locality_code",
                row.localityCode,
                Phrase(
                    vi: "nêu địa bàn không có trong localities.csv",
                    en: "names a locality that localities.csv does not have"
                )
            )
        }
        for (index, row) in rows.fees.enumerated() {
            if !procedures.contains(row.procedureCode) {
                fault(
                    .fees,
                    index,
                    "procedure_code",
                    row.procedureCode,
                    Phrase(
                        vi: "nêu thủ tục không có trong procedures.csv",
                        en: "names a procedure that procedures.csv does not have"
                    )
                )
            }
            locality(.fees, index, row.localityCode)
        }
        for (index, row) in rows.reductions.enumerated() { scope(.reductions, index, row.scope) }
        for (index, row) in rows.discounts.enumerated() { scope(.discounts, index, row.scope) }
        for (index, row) in rows.targets.enumerated() { locality(.targets, index, row.localityCode) }
    }

    private mutating func scope(_ file: CatalogueFile, _ index: Int, _ scope: Scope) {
        if !scope.procedureCode.isEmpty, !procedures.contains(scope.procedureCode) {
            fault(
                file,
                index,
                "procedure_code",
                scope.procedureCode,
                Phrase(
                    vi: "nêu thủ tục không có trong procedures.csv",
                    en: "names a procedure that procedures.csv does not have"
                )
            )
        }
        if !scope.feeCode.isEmpty, !feeCodes.contains(scope.feeCode) {
            fault(
                file,
                index,
                "fee_code",
                scope.feeCode,
                Phrase(vi: "nêu khoản thu không có trong fees.csv", en: "names a fee that fees.csv does not have")
            )
        }
        locality(file, index, scope.localityCode)
    }

    private mutating func locality(_ file: CatalogueFile, _ index: Int, _ code: String) {
        guard !code.isEmpty, byCode[code] == nil else { return }
        fault(
            file,
            index,
            "locality_code",
            code,
            Phrase(
                vi: "nêu địa bàn không có trong localities.csv",
                en: "names a locality that localities.csv does not have"
            )
        )
    }
}
