import Server
import Values

/// A simulated month for the terminal.
struct MonthText {
    private let report: MonthReport

    init(_ report: MonthReport) { self.report = report }

    var text: String {
        let rows = report.lines.map { source, kind, line in
            let outcomes = line.outcomes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let told = outcomes.prefix(3).map { "\($0.value) × \($0.key)" }.joined(separator: "; ")
            return [source, kind, String(line.planted), String(line.named), told]
        }
        let table = TerminalTable(
            [
                .text("nguồn", "source"), .text("loại", "kind"), .number("đã gài", "planted"),
                .number("đã gọi tên", "named"),
                .text(
                    "thành ra (trả lời | thông báo | dòng | yêu cầu | vụ việc)",
                    "what became of it (answers | notices | line | request | cases)"
                ),
            ],
            rows
        ).text
        let sum = String(
            vi:
                "\(report.transfers) lần chuyển; \(report.explained) ngày-tài khoản giải thích đến 0; \(report.complaintCount) điều không đúng.",
            en:
                "\(report.transfers) transfers; \(report.explained) account-days explained to 0; \(report.complaintCount) complaints."
        )
        return table + ([sum] + report.complaints).joined(separator: "\n") + "\n"
    }
}
