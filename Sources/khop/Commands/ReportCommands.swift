import ArgumentParser
import Collection
import Foundation
import Spreadsheets
import Values

struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What the province reads: rates, collections, discounts, the points of Decision 766.",
        subcommands: [NonCash.self, Payments.self, Scores.self, Collections.self, Discounts.self, Minutes.self]
    )

    struct NonCash: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "non-cash",
            abstract: "The share of requests paid without cash: by locality, procedure, field or channel."
        )
        @OptionGroup var period: PeriodOptions
        @OptionGroup var area: AreaOptions
        @Option(help: "locality, procedure, field or channel.") var by: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let question = try area.question(period, by: by)
            let report = try await Program.withServices { services, _ in try await services.reports.nonCash(question) }
            try output.write(report.json, [report.sheet])
        }
    }

    struct Payments: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The payments that a cell of the non-cash report counts."
        )
        @OptionGroup var period: PeriodOptions
        @OptionGroup var area: AreaOptions
        @Option(help: "locality, procedure, field or channel.") var by: String?
        @Option(help: "The row's code; the total where not given.") var row: String?
        @Option(help: "paid, non_cash, online or cash.") var counted = "paid"
        @Option(help: "The next_cursor of the page before.") var cursor: String?
        @Option(help: "How many at most, up to 500.") var limit = 100
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            guard let counted = NonCashPayments.Counted(rawValue: counted) else {
                throw ServiceError(.invalidParameter, at: "--counted", .oneOf(["paid", "non_cash", "online", "cash"]))
            }
            let cell = NonCashPayments.Cell(
                question: try area.question(period, by: by),
                row: row,
                rowValidFrom: nil,
                counted: counted,
                limit: limit,
                after: try cursor.map { try NonCashPayments.Cursor($0) }
            )
            let page = try await Program.withServices { services, _ in try await services.reports.payments(cell) }
            let rows = page.items.map { item in
                ["paid_on", "reference", "dossier_code", "agency_code", "procedure_code", "channel"].map {
                    item[$0]?.string ?? ""
                } + [Money(item["amount_due"]?.integer ?? 0).grouped]
            }
            Terminal.answer(
                page.json,
                asJSON: json,
                TextTable.render(
                    [["paid on", "reference", "dossier", "agency", "procedure", "channel", "amount (₫)"]] + rows,
                    leftAligned: [0, 1, 2, 3, 4, 5]
                ) + "\(page.count) payment(s), \(page.amount.formatted) in all\n"
                    + (page.next.map { "The next page: --cursor \($0)\n" } ?? "")
            )
        }
    }

    struct Scores: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "decision766",
            abstract: "The three indicators of online payment of Decision 766/QĐ-TTg, and what would raise them."
        )
        @OptionGroup var period: PeriodOptions
        @OptionGroup var area: AreaOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let question = try area.question(period, by: nil)
            let report = try await Program.withServices { services, _ in
                try await services.reports.decision766(question)
            }
            try output.write(report.json, report.sheets)
        }
    }

    struct Collections: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What was collected by fee, budget code and agency, and what is owed to the budget."
        )
        @OptionGroup var period: PeriodOptions
        @Option(help: "A locality's code: it and what lies below.") var locality: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let asked = try period.days
            let report = try await Program.withServices { services, _ in
                try await services.reports.collections(asked, locality: locality)
            }
            try output.write(report.json, [report.sheet])
        }
    }

    struct Minutes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reconciliation",
            abstract: "The minutes of an account's day (biên bản đối soát), and signing them off.",
            discussion: """
                Opening and closing balance, the day's lines by outcome, books against bank, and the difference explained
                item by item. A day that was signed off stays as it was signed; what changes later shows as an adjustment.
                """
        )
        @Option(help: "The account.") var account: String
        @Option(help: "The day, YYYY-MM-DD.") var day: String
        @Flag(help: "Sign the day off as it stands.") var signOff = false
        @OptionGroup var person: PersonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let day = try Day(option: "--day", day)
            let by = try person.person
            let report = try await Program.withServices { services, _ in
                signOff
                    ? try await services.reports.signOff(account: account, day: day, by: by)
                    : try await services.reports.reconciliation(account: account, day: day)
            }
            try output.write(report.json, report.sheets, csv: report.flatSheet)
        }
    }

    struct Discounts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What each reduction and discount cost.")
        @OptionGroup var period: PeriodOptions
        @Option(help: "A locality's code: it and what lies below.") var locality: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let asked = try period.days
            let report = try await Program.withServices { services, _ in
                try await services.reports.discounts(asked, locality: locality)
            }
            try output.write(report.json, [report.sheet])
        }
    }
}

/// The days of a report.
struct PeriodOptions: ParsableArguments {
    @Option(help: "2026-11, 2026-Q4, 2026-H1, 2026-9M or 2026.") var period: String?
    @Option(help: "The first day of a free range.") var from: String?
    @Option(help: "Its last day.") var to: String?
    @Option(help: "calendar, or decree09 (Decree 09/2019/NĐ-CP: the 15th to the 14th).") var basis: String?

    var days: ReportPeriod { get throws { try ReportPeriod(period: period, from: from, to: to, basis: basis) } }
}

/// Which localities a report is of.
struct AreaOptions: ParsableArguments {
    @Option(help: "province, district or commune.") var level: String?
    @Option(help: "A locality's code: it and what lies below.") var locality: String?
    @Option(name: .customLong("as-of"), help: "recorded (the unit of the day) or current (its successor today).")
    var asOf: String?

    func question(_ period: PeriodOptions, by: String?) throws -> NonCashReport.Question {
        try NonCashReport.Question(
            period: period.period,
            from: period.from,
            to: period.to,
            basis: period.basis,
            level: level,
            locality: locality,
            asOf: asOf,
            by: by
        )
    }
}

/// How a report is written.
struct OutputOptions: ParsableArguments {
    @Option(help: "table, json, csv or xlsx.") var format = "table"
    @Flag(help: "The same as --format json.") var json = false
    @Option(help: "Where to write it; standard output where not given. On a terminal xlsx needs it.") var output:
        String?

    /// - Parameter csv: what CSV shows; the first of the sheets where not given.
    func write(_ report: JSON, _ sheets: [Sheet], csv: Sheet? = nil) throws {
        let bytes: [UInt8]
        switch json ? "json" : format {
        case "json": bytes = Array((report.pretty + "\n").utf8)
        case "csv": bytes = Array(((csv ?? sheets.first)?.csv ?? "").utf8)
        case "table": bytes = Array(sheets.map(\.table).joined(separator: "\n").utf8)
        case "xlsx":
            guard output != nil || !Terminal.isOutputInteractive else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--output",
                    Phrase(
                        vi: "bảng tính không in ra màn hình được: hãy nêu tệp bằng --output",
                        en: "a workbook cannot be printed: name a file with --output"
                    )
                )
            }
            bytes = try Workbook.xlsx(sheets)
        default: throw ServiceError(.invalidParameter, at: "--format", .oneOf(["table", "json", "csv", "xlsx"]))
        }
        guard let output else { return FileHandle.standardOutput.write(Data(bytes)) }
        try Data(bytes).write(to: URL(fileURLWithPath: output))
        Terminal.say("written to \(output)")
    }
}
