public import Spreadsheets
import Values

extension StatementDays {
    /// The days of each account, counted.
    public static func sheet(of calendars: [StatementDays]) -> Sheet {
        let days = calendars.flatMap(\.days).map(\.day)
        let span = days.min().flatMap { first in days.max().map { "\(first.formatted) – \($0.formatted)" } } ?? ""
        return Sheet(
            name: "Ngày đối soát",
            title: Phrase(vi: "Các ngày đối soát", en: "Days of reconciliation"),
            subtitles: span.isEmpty ? [] : [Phrase(same: span)],
            columns: [
                .init("account_number", "Tài khoản", "Account", .text), .init("days", "Số ngày", "Days", .count),
                .init("with_statement", "Có sao kê", "With a statement", .count),
                .init("unsigned", "Chưa ký", "Not signed", .count),
                .init("half", "Một chữ ký", "One signature", .count),
                .init("signed", "Đủ hai chữ ký", "Both signatures", .count),
                .init("open_cases", "Vụ việc mở", "Open cases", .count),
            ],
            rows: calendars.map { calendar in
                func count(_ holds: (Day) -> Bool) -> Sheet.Cell { .count(Int64(calendar.days.count(where: holds))) }
                return [
                    .text(calendar.account), .count(Int64(calendar.days.count)), count(\.hasStatement),
                    count { $0.hasStatement && !$0.isSigned }, count { $0.isSigned && !$0.isCountersigned },
                    count(\.isCountersigned), .count(calendar.days.reduce(0) { $0 + $1.openCases }),
                ]
            },
            footers: [
                Phrase(
                    vi: "Chưa ký: ngày có sao kê mà chưa ai ký. Một chữ ký: chờ người thứ hai.",
                    en:
                        "Not signed: days with a statement that nobody has signed. One signature: awaits another person."
                )
            ]
        )
    }
}
