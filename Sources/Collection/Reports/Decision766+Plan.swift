import Spreadsheets
import Values

extension Decision766 {
    /// The steps that a leader is advised: five, or as many as the next tenth of a point takes, at most ten.
    public var plan: [Step] { steps(bringing: 10, atLeast: 5) }

    /// Of a gain, what each indicator brings.
    static var gainColumns: [Sheet.Column] {
        Indicator.Name.allCases.map { name in
            .init(
                "gain_" + name.rawValue.replacing(".", with: "_"),
                "Trong đó \(name.rawValue)",
                "Of it \(name.rawValue)",
                .score,
                isBrief: false
            )
        }
    }

    /// The plan as a table: what to do first, how many dossiers it takes, and the score after it.
    var planSheet: Sheet {
        Sheet(
            name: "Nên làm trước",
            title: Phrase(vi: "Nên làm gì trước để tăng điểm", en: "What to do first to raise the score"),
            subtitles: subtitles,
            columns: [
                .init("step", "Bước", "Step", .ordinal), .init("procedure_code", "Mã", "Code", .text),
                .init("name_vi", "Thủ tục", "Procedure", .text),
                .init("name_en", "Tên tiếng Anh", "Procedure", .text, isBrief: false),
                .init("dossiers_needed", "Hồ sơ cần trả trực tuyến", "Dossiers to be paid online", .count),
                .init("gain", "Tăng điểm", "Gain", .score),
            ] + Decision766.gainColumns + [.init("score", "Điểm sau bước này", "Points after it", .score)],
            rows: plan.enumerated().map { place, step in
                [
                    .ordinal(Int64(place + 1)), .text(step.procedure.code), .text(step.procedure.nameVi),
                    .text(step.procedure.nameEn ?? step.procedure.nameVi),
                    .count(step.procedure.dossiersNeeded), .score(step.procedure.gain),
                ] + Indicator.Name.allCases.map { .score(step.procedure.gains[$0] ?? 0) } + [.score(step.score)]
            },
            footers: [
                Phrase(
                    vi:
                        "Mỗi bước là thủ tục làm tăng điểm nhiều nhất sau các bước trước nó, dù cần bao nhiêu hồ sơ; cùng mức tăng thì thủ tục cần ít hồ sơ hơn. Tính như mọi hồ sơ của thủ tục đều được trả trực tuyến.",
                    en:
                        "Each step is the procedure that raises the score most after the steps before it, however many dossiers it takes; of equal gains, the one that takes fewer. As if all dossiers of the procedure were paid online."
                )
            ]
        )
    }
}
