public import Collection
import FeeSchedule
import Identity
import Spreadsheets
public import Values

/// A report: its filters, its tables with where each figure leads, its charts, and the same as files.
public struct ReportPage: ConsolePage {
    public static let template = "report"
    public static let section: ConsoleSection? = .reports
    public static let keepsViews = true

    struct Option: Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }

    struct Field: Sendable {
        let name: String
        let label: String
        let options: [Option]
        let hasOptions: Bool
        /// Of an input.
        let type: String
        let value: String
    }

    struct Head: Sendable {
        let name: String
        let isNumber: Bool
    }

    struct Cell: Sendable {
        let text: String
        let label: String
        let isNumber: Bool
        /// From 0 to 5: how much a count stands out; `nil` where counts are not shaded.
        let shade: String?
        let href: String?
    }

    struct Row: Sendable {
        let first: Cell
        let cells: [Cell]
        let isSum: Bool
    }

    struct Table: Sendable {
        let title: String
        let subtitles: [String]
        let heads: [Head]
        let rows: [Row]
        let isEmpty: Bool
        let more: String?
        let notes: [String]
        let chart: String?
    }

    struct File: Sendable {
        let name: String
        let href: String
    }

    /// What a report was asked and answered.
    public struct Answer: Sendable {
        public let report: ConsoleReport
        public let address: ReportAddress
        public let tables: [ReportTable]
        /// The months until today of the area, where they are worth a look.
        public let trend: RateTrend?
        /// What the trend is to reach.
        public let target: Int64?

        public init(
            _ report: ConsoleReport,
            _ address: ReportAddress,
            _ tables: [ReportTable],
            trend: RateTrend? = nil,
            target: Int64? = nil
        ) {
            self.report = report
            self.address = address
            self.tables = tables
            self.trend = trend
            self.target = target
        }
    }

    public let title: String
    let answers: String
    let action: String
    let fields: [Field]
    let tables: [Table]
    let trend: String?
    let files: [File]
    /// Where the dossiers are that were exempted in full; `nil` where a report is not about them.
    let exempt: String?
    /// What is wrong with what was asked.
    let fault: String?

    /// - Parameters:
    ///   - periods: those to choose from.
    ///   - months: the same of a report of months.
    ///   - areas: the localities to choose from.
    ///   - fault: why there are no tables.
    public init(
        _ answer: Answer,
        periods: [String],
        months: [String],
        areas: [ReportedArea],
        for caller: Caller,
        fault: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        let (report, address) = (answer.report, answer.address)
        title = word[report.title]
        answers = word[report.answers]
        action = report.path
        fields = report.filters.map { filter in
            ReportPage.field(filter, address, periods: filter == .month ? months : periods, areas: areas, word)
        }
        let mayOpen = caller.holds(.readPaymentRequest)
        tables = answer.tables.map { ReportPage.table($0, address, mayOpenStories: mayOpen, word) }
        trend = answer.trend.flatMap { RatesPage.trend($0, target: answer.target, word) }
        files = fault == nil ? ReportPage.files(answer, word) : []
        exempt =
            fault == nil && [.decision766, .exemptions].contains(report)
            ? "/console/reports/dossiers" + address.with(["exempt": "true"]).query : nil
        self.fault = fault
    }

    /// The report as files: CSV has one table a file, a workbook all of them, and what is signed is the first.
    private static func files(_ answer: Answer, _ word: Wording) -> [File] {
        let (path, address) = (answer.report.path, answer.address)
        let further = answer.tables.compactMap { table in
            table.file.map { name in
                let query = address.query
                return File(
                    name: "CSV: " + word[table.sheet.title],
                    href: path + ".csv" + (query.isEmpty ? "?" : query + "&") + "table=" + name
                )
            }
        }
        let endings = ["xlsx"] + (answer.report.isForm ? ["pdf"] : [])
        return [File(name: "CSV", href: path + ".csv" + address.query)] + further
            + endings.map { File(name: $0.uppercased(), href: path + "." + $0 + address.query) }
    }

    /// The field of a filter, with what was asked in it.
    static func field(
        _ filter: ReportFilter,
        _ address: ReportAddress,
        periods: [String],
        areas: [ReportedArea],
        _ word: Wording
    ) -> Field {
        let value = address[filter.rawValue] ?? ""
        func option(_ code: String, _ name: String) -> Option {
            Option(value: code, name: name, isChosen: code == value)
        }
        var options = (filter.choices ?? []).map { option($0.value, word[$0.name]) }
        switch filter {
        case .period, .month:
            // A period that is not in the list was typed into the address; with days of its own there is none.
            let known = value.isEmpty || periods.contains(value) ? periods : [value] + periods
            options =
                (filter == .period ? [option("", "—")] : [])
                + known.map {
                    option($0, periods.contains($0) ? word.period($0) : $0)
                }
        case .locality: options = areas.map { option($0.code, "\(word[$0.name]) (\($0.code))") }
        default: break
        }
        if filter.isOptional { options.insert(option("", word(vi: "toàn bộ", en: "all")), at: 0) }
        return Field(
            name: filter.rawValue,
            label: word[filter.name],
            options: options,
            hasOptions: !options.isEmpty,
            type: filter.isDay ? "date" : "text",
            value: value
        )
    }
}
