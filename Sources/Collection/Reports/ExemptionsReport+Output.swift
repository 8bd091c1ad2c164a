import FeeSchedule
public import Spreadsheets
public import Values
import Workflow

extension ExemptionsReport {
    /// The body of the API, and what `khop report exemptions --json` prints.
    public var json: JSON {
        [
            "period": question.period.json, "level": .string(question.level.rawValue),
            "locality": .optional(question.locality), "as_of": .string(question.asOf.rawValue),
            "generated_at": .text(generatedAt), "rows": .array(lines.map(\.json)),
            "total": ["requests": .integer(requests), "amount_forgone": .money(forgone)],
        ]
    }

    public var sheet: Sheet {
        var sheet = Sheet(
            name: "Miễn toàn bộ",
            title: Phrase(vi: "Hồ sơ được miễn toàn bộ phí, lệ phí", en: "Requests exempted in full"),
            subtitles: question.period.subtitles + [
                .area(area, question.level, question.asOf), .asOf(generatedAt),
            ],
            columns: [
                .init("locality_code", "Mã", "Code", .text),
                .init("locality_valid_from", "Từ ngày", "In force from", .day, isBrief: false),
                .init("name_vi", "Tên", "Name", .text),
                .init("name_en", "Tên tiếng Anh", "English", .text, isBrief: false),
                .init("rule", "Loại", "Rule", .text, isBrief: false), .init("code", "Mã miễn giảm", "Rule code", .text),
                .init("legal_basis", "Căn cứ", "Legal basis", .text), .init("requests", "Hồ sơ", "Requests", .count),
                .init("amount_forgone", "Số tiền không thu (₫)", "Forgone (₫)", .money),
            ],
            rows: lines.map { line in
                [
                    .text(line.unit.code), .day(line.unit.validFrom), .text(line.nameVi), .text(line.nameEn),
                    .words(Vocabulary.rule[line.rule]), .text(line.code), .text(line.legalBasis), .count(line.requests),
                    .money(line.forgone),
                ]
            },
            total: [
                .words(.total), .empty, .empty, .empty, .empty, .empty, .empty, .count(requests),
                .money(forgone),
            ],
            footers: [
                Phrase(
                    vi: "Số tiền theo biểu mức thu của hồ sơ được giảm còn 0 đồng; không tính vào tỷ lệ nào.",
                    en: "The list amounts of requests reduced to 0 đồng; they count in no rate."
                ),
                Phrase(
                    vi: "Hồ sơ áp dụng nhiều căn cứ có ở dòng của từng căn cứ; dòng tổng tính một lần.",
                    en: "A request of several rules stands in the row of each, and once in the total."
                ),
            ],
            chart: .init(title: Phrase(vi: "Số tiền không thu (₫)", en: "Forgone (₫)"), categories: 5, values: 8)
        )
        (sheet.issuer, sheet.signers) = (area.issuer, .ofForms)
        return sheet
    }
}

extension ExemptionsReport.Line {
    var json: JSON {
        [
            "locality_code": .string(unit.code), "locality_valid_from": .text(unit.validFrom),
            "name_vi": .string(nameVi), "name_en": .string(nameEn), "rule": .string(rule), "code": .string(code),
            "legal_basis": .string(legalBasis), "requests": .integer(requests), "amount_forgone": .money(forgone),
        ]
    }
}
