import ArgumentParser
import Collection

/// The localities that a report covers.
struct AreaOptions: ParsableArguments {
    @Option(help: ArgumentHelp(vi: "province, district hoặc commune.", en: "province, district or commune.")) var level:
        String?
    @Option(
        help: ArgumentHelp(
            vi: "Mã địa bàn: gồm cả các đơn vị trực thuộc.",
            en: "A locality's code: it and the units below it."
        )
    ) var locality: String?
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            vi: "recorded (đơn vị vào ngày đó) hoặc current (đơn vị kế thừa hiện nay).",
            en: "recorded (the unit of the day) or current (its successor today)."
        )
    )
    var asOf: String?

    func question(_ period: PeriodOptions, by: String?) throws -> NonCashReport.Question {
        try NonCashReport.Question(
            period: period.period,
            from: period.first,
            to: period.last,
            basis: period.basis,
            level: level,
            locality: locality,
            asOf: asOf,
            by: by
        )
    }
}
