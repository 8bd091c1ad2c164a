import ArgumentParser
import Collection
import Values

/// The range of days that a report covers.
struct PeriodOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            vi: "2026-11, 2026-Q4, 2026-H1, 2026-9M hoặc 2026.",
            en: "2026-11, 2026-Q4, 2026-H1, 2026-9M or 2026."
        )
    ) var period: String?
    @Option(help: ArgumentHelp(vi: "Ngày đầu của khoảng tùy chọn.", en: "The first day of a custom range.")) var from:
        String?
    @Option(help: ArgumentHelp(vi: "Ngày cuối.", en: "Its last day.")) var to: String?
    @Option(
        help: ArgumentHelp(
            vi: "calendar, hoặc decree09 (Nghị định 09/2019/NĐ-CP: từ ngày 15 đến ngày 14).",
            en: "calendar, or decree09 (Decree 09/2019/NĐ-CP: the 15th to the 14th)."
        )
    ) var basis: String?

    var days: ReportPeriod { get throws { try ReportPeriod(period: period, from: first, to: last, basis: basis) } }

    /// The first and last day as the reports expect them; both written forms of a day are accepted.
    var first: String? { get throws { try from.map { try Day(option: "--from", $0).description } } }
    var last: String? { get throws { try to.map { try Day(option: "--to", $0).description } } }
}
