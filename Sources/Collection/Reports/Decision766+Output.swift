import FeeSchedule
import Postgres
public import Spreadsheets
public import Values

extension Decision766 {
    public var json: JSON {
        [
            "period": question.period.json, "level": .string(question.level.rawValue),
            "locality": .optional(question.locality), "as_of": .string(question.asOf.rawValue),
            "generated_at": .text(generatedAt), "rows": .array(lines.map(\.json)), "total": total.json,
            "procedures": .array(
                procedures.map {
                    [
                        "procedure_code": .string($0.code), "name_vi": .string($0.nameVi), "has_fee": .bool($0.hasFee),
                        "dossiers": .integer($0.dossiers), "paid_online": .integer($0.paidOnline),
                        "counts_for": .array(Decision766.counts($0).map { .string($0.rawValue) }),
                        "gain": .string(Decision766.points($0.gain)), "gains": Decision766.json($0.gains),
                    ]
                }
            ),
            "plan": .array(
                plan.map {
                    [
                        "procedure_code": .string($0.procedure.code),
                        "dossiers_needed": .integer($0.procedure.dossiersNeeded),
                        "gain": .string(Decision766.points($0.procedure.gain)),
                        "gains": Decision766.json($0.procedure.gains), "score": .string(Decision766.points($0.score)),
                    ]
                }
            ),
        ]
    }

    /// What each indicator brings, by its name.
    private static func json(_ gains: [Indicator.Name: Int64]) -> JSON {
        .object(
            Indicator.Name.allCases.compactMap { name in
                gains[name].map { .init(name.rawValue, .string(points($0))) }
            }
        )
    }

    /// The indicators that a procedure counts towards.
    private static func counts(_ procedure: Procedure) -> [Indicator.Name] {
        guard procedure.hasFee, procedure.dossiers > 0 else { return [] }
        return procedure.paidOnline > 0 ? [.feeData, .onlineProcedures] : [.feeData]
    }

    /// With two places: `0.20`, `-0.05`.
    static func points(_ hundredths: Int64) -> String {
        (hundredths < 0 ? "-" : "") + (Rate(Int64(hundredths.magnitude), of: 10_000).text ?? "0.00")
    }

    /// The points of each locality, what to do first, and what each procedure would bring by itself.
    public var sheets: [Sheet] { [scoreSheet, planSheet, procedureSheet] }

    var subtitles: [Phrase] {
        question.period.subtitles + [Phrase.area(area, question.level), .asOf(generatedAt)]
    }

    /// The lines with the best score first.
    public var ranked: [Line] { lines.sorted { $0.score > $1.score } }

    private var scoreSheet: Sheet {
        let columns: [Sheet.Column] = Indicator.Name.allCases.flatMap { name -> [Sheet.Column] in
            let key = name.rawValue.replacing(".", with: "_")
            return [
                .init("counted_\(key)", "\(name.rawValue) đạt", "\(name.rawValue) counted", .count),
                .init("of_\(key)", "\(name.rawValue) tổng", "\(name.rawValue) of", .count),
                .init("rate_\(key)", "\(name.rawValue) tỷ lệ", "\(name.rawValue) rate", .rate),
                .init("score_\(key)", "\(name.rawValue) điểm", "\(name.rawValue) points", .score),
            ]
        }
        func cells(_ line: Line) -> [Sheet.Cell] {
            var cells: [Sheet.Cell] = [
                line.unit.map { .text($0.code) } ?? .empty, line.unit.map { .text($0.nameVi) } ?? .words(.total),
                line.unit.map { .text($0.nameEn) } ?? .words(.total),
            ]
            for indicator in line.indicators {
                let rate = Rate(indicator.counted, of: indicator.of)
                cells += [
                    .count(indicator.counted), .count(indicator.of), rate.hundredths.map { .rate($0) } ?? .empty,
                    indicator.score.map { .score($0) } ?? .empty,
                ]
            }
            return cells + [.score(line.score)]
        }
        var scores = Sheet(
            name: "QĐ 766",
            title: Phrase(
                vi: "Thanh toán trực tuyến theo Quyết định 766/QĐ-TTg",
                en: "Online payment by Decision 766/QĐ-TTg"
            ),
            subtitles: subtitles,
            columns: [
                .init("locality_code", "Mã", "Code", .text), .init("name_vi", "Địa phương", "Locality", .text),
                .init("name_en", "Tên tiếng Anh", "Locality", .text, isBrief: false),
            ] + columns + [.init("score", "Điểm (10)", "Points (10)", .score)],
            rows: ranked.map(cells),
            total: cells(total),
            footers: [
                Phrase(
                    vi:
                        "3.5a: thủ tục có dữ liệu phí (2 điểm, đủ ở 80%). 3.5b: thủ tục có thanh toán trực tuyến (2 điểm, đủ ở 80%). 3.6: hồ sơ thanh toán trực tuyến (6 điểm, đủ ở 100%).",
                    en:
                        "3.5a: procedures with fee data (2 points, full at 80%). 3.5b: procedures with online payment (2 points, full at 80%). 3.6: dossiers paid online (6 points, full at 100%)."
                ),
                Phrase(
                    vi: "Điểm = min(điểm tối đa, tỷ lệ / mục tiêu × điểm tối đa). Hồ sơ 0 đồng không tính.",
                    en: "Points = min(maximum, rate / target × maximum). Dossiers of 0 đồng are left out."
                ),
            ],
            chart: .init(
                title: Phrase(vi: "3.6 – hồ sơ thanh toán trực tuyến", en: "3.6 – dossiers paid online"),
                categories: 1,
                values: 13
            )
        )
        (scores.issuer, scores.signers) = (area.issuer, .ofForms)
        return scores
    }

    private var procedureSheet: Sheet {
        Sheet(
            name: "Thủ tục",
            title: Phrase(vi: "Thủ tục làm tăng điểm nhiều nhất", en: "Procedures that would raise the score most"),
            subtitles: subtitles,
            columns: [
                .init("procedure_code", "Mã", "Code", .text), .init("name_vi", "Thủ tục", "Procedure", .text),
                .init("name_en", "Tên tiếng Anh", "Procedure", .text, isBrief: false),
                .init("dossiers", "Hồ sơ có phí", "Dossiers", .count),
                .init("paid_online", "Trả trực tuyến", "Paid online", .count),
                .init("counts_for", "Tính vào", "Counts for", .text), .init("gain", "Tăng điểm", "Gain", .score),
            ]
                + Decision766.gainColumns,
            rows: procedures.map { procedure in
                [
                    .text(procedure.code), .text(procedure.nameVi), .text(procedure.nameEn ?? procedure.nameVi),
                    .count(procedure.dossiers),
                    .count(procedure.paidOnline),
                    .text(Decision766.counts(procedure).map(\.rawValue).joined(separator: " ")),
                    .score(procedure.gain),
                ] + Indicator.Name.allCases.map { .score(procedure.gains[$0] ?? 0) }
            },
            footers: [
                Phrase(
                    vi:
                        "Mức tăng của từng thủ tục nếu mọi hồ sơ của nó được trả trực tuyến; thủ tục chưa có hồ sơ: nếu có một hồ sơ trả trực tuyến. Các mức tăng không cộng được với nhau.",
                    en:
                        "What each procedure would bring if all its dossiers were paid online; of one without dossiers, if it had one that is. The gains do not add up."
                )
            ]
        )
    }
}

extension Decision766.Line {
    var json: JSON {
        .object(
            [
                .init("locality_code", .optional(unit?.code)),
                .init("locality_valid_from", .optional(unit?.validity.from.description)),
                .init("name_vi", .string(unit?.nameVi ?? "Tổng cộng")),
                .init("name_en", .string(unit?.nameEn ?? "Total")),
                .init(
                    "indicators",
                    .array(
                        indicators.map {
                            [
                                "indicator": .string($0.name.rawValue), "counted": .integer($0.counted),
                                "of": .integer($0.of), "rate": Rate($0.counted, of: $0.of).json,
                                "target": .integer($0.name.target), "maximum": .integer($0.name.maximum),
                                "score": .optional($0.score.map(Decision766.points)),
                            ]
                        }
                    )
                ), .init("score", .string(Decision766.points(score))),
            ]
        )
    }
}
