import Values

/// One row of a file while it is read: returns typed fields and collects every fault instead of stopping at the first.
struct Record {
    let file: CatalogueFile
    let line: Int
    let columns: [String: Int]
    let fields: [String]
    var faults: [CatalogueFault] = []

    mutating func fault(_ column: String, _ reason: Phrase) {
        faults.append(
            CatalogueFault(file: file, line: line, column: column, value: text(column), reason: reason)
        )
    }

    /// The field without surrounding spaces; empty if the column is missing.
    func text(_ column: String) -> String {
        guard let index = columns[column], index < fields.count else { return "" }
        var slice = fields[index][...]
        while slice.first == " " { slice.removeFirst() }
        while slice.last == " " { slice.removeLast() }
        return String(slice)
    }

    mutating func required(_ column: String, maximum: Int = 500) -> String {
        let value = text(column)
        if value.isEmpty { fault(column, Phrase(vi: "đang trống: bắt buộc phải có", en: "is empty: it must be given")) }
        if value.count > maximum {
            fault(column, Phrase(vi: "có hơn \(maximum) ký tự", en: "has more than \(maximum) characters"))
        }
        return value
    }

    mutating func optional(_ column: String, maximum: Int = 500) -> String {
        let value = text(column)
        if value.count > maximum {
            fault(column, Phrase(vi: "có hơn \(maximum) ký tự", en: "has more than \(maximum) characters"))
        }
        return value
    }

    /// A code: letters, digits, `.`, `-`, `_`, at most 64.
    mutating func code(_ column: String) -> String {
        let value = required(column, maximum: 64)
        checkCode(value, column)
        return value
    }

    mutating func optionalCode(_ column: String) -> String {
        let value = optional(column, maximum: 64)
        checkCode(value, column)
        return value
    }

    private mutating func checkCode(_ value: String, _ column: String) {
        let isPlain = value.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || ".-_/".unicodeScalars.contains($0)
        }
        if !isPlain {
            fault(
                column,
                Phrase(
                    vi: "có ký tự không dùng được trong mã: chỉ dùng chữ, số, dấu chấm, gạch ngang, gạch dưới",
                    en: "has characters that a code cannot have: use letters, digits, dots, dashes, underscores"
                )
            )
        }
    }

    mutating func one<Value: RawRepresentable & CaseIterable>(
        of type: Value.Type,
        _ column: String
    ) -> Value? where Value.RawValue == String {
        let value = text(column)
        if let known = Value(rawValue: value) { return known }
        fault(
            column,
            Phrase(
                vi: "phải là một trong các giá trị: \(Value.allCases.map(\.rawValue).joined(separator: ", "))",
                en: "must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        )
        return nil
    }

    mutating func validity() -> Validity? {
        let from = Day(text("valid_from"))
        if from == nil {
            fault(
                "valid_from",
                Phrase(
                    vi: "không phải là ngày có thật: viết YYYY-MM-DD",
                    en: "is not a day that exists: write YYYY-MM-DD"
                )
            )
        }
        var to: Day?
        if !text("valid_to").isEmpty {
            to = Day(text("valid_to"))
            guard to != nil else {
                fault(
                    "valid_to",
                    Phrase(
                        vi: "không phải là ngày có thật: viết YYYY-MM-DD, hoặc để trống khi chưa có ngày kết thúc",
                        en: "is not a day that exists: write YYYY-MM-DD, or leave it empty while no end is known"
                    )
                )
                return nil
            }
        }
        guard let from else { return nil }
        if let to, to < from {
            fault(
                "valid_to",
                Phrase(
                    vi: "trước valid_from (\(from)): dòng phải có hiệu lực ít nhất một ngày",
                    en: "is before valid_from (\(from)): a row must be in force for at least one day"
                )
            )
            return nil
        }
        return Validity(from: from, to: to)
    }

    mutating func money(_ column: String) -> Money? {
        if let money = Money.parse(text(column)) { return money }
        fault(
            column,
            Phrase(
                vi: "không phải là số tiền: số đồng nguyên từ 0 đến \(Money.maximum), chỉ gồm chữ số",
                en: "is not an amount: whole đồng from 0 to \(Money.maximum), digits only"
            )
        )
        return nil
    }

    mutating func optionalMoney(_ column: String) -> Money? { text(column).isEmpty ? nil : money(column) }

    mutating func integer(_ column: String, _ range: ClosedRange<Int64>) -> Int64? {
        let value = text(column)
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { (48...57).contains($0) }
        if isPlain, let number = Int64(value), range.contains(number) { return number }
        fault(
            column,
            Phrase(
                vi: "phải là số nguyên từ \(range.lowerBound) đến \(range.upperBound)",
                en: "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        )
        return nil
    }

    /// A decimal with at most this many places, as a whole number of its smallest unit.
    mutating func decimal(_ column: String, places: Int, maximum: Int64) -> Int64? {
        if let value = Decimals.parse(text(column), places: places), value <= maximum { return value }
        let limit = Decimals.format(maximum, places: places)
        fault(
            column,
            Phrase(
                vi: "phải là số thập phân từ 0 đến \(limit), tối đa \(places) chữ số sau dấu chấm",
                en: "must be a decimal number from 0 to \(limit) with at most \(places) places after the point"
            )
        )
        return nil
    }

    mutating func scope() -> Scope {
        let kind: FeeKind? = text("kind").isEmpty ? nil : one(of: FeeKind.self, "kind")
        return Scope(
            kind: kind,
            procedureCode: optionalCode("procedure_code"),
            feeCode: optionalCode("fee_code"),
            localityCode: optionalCode("locality_code")
        )
    }
}
