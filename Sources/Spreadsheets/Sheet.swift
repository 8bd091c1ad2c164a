public import Values

/// A report as a table that can be written as CSV, as a workbook, or in a terminal.
public struct Sheet: Sendable {
    /// The kind of values in a column.
    public enum Format: Sendable {
        case text, count, money, rate, day, score
        /// Numbers that name something, such as those of receipts: nobody adds them up, and their digits are not grouped.
        case ordinal
    }

    /// Who signs below the table.
    public struct Signer: Sendable, Hashable {
        /// The office, such as `Người lập biểu`.
        public let office: Phrase
        /// Who has signed already, and when; `nil`: there is room for a hand.
        public let name: String?

        public init(_ officeVi: String, _ officeEn: String, name: String? = nil) {
            office = Phrase(vi: officeVi, en: officeEn)
            self.name = name
        }
    }

    public struct Column: Sendable {
        /// The column's name in CSV and JSON, in snake_case.
        public let key: String
        public let title: Phrase
        public let format: Format
        /// Whether the column is also shown in a terminal, where space is limited.
        public let isBrief: Bool

        public init(_ key: String, _ titleVi: String, _ titleEn: String, _ format: Format, isBrief: Bool = true) {
            self.isBrief = isBrief
            self.key = key
            title = Phrase(vi: titleVi, en: titleEn)
            self.format = format
        }
    }

    public enum Cell: Sendable, Hashable {
        case empty
        case text(String)
        /// A text in both languages.
        case words(Phrase)
        /// A term of a Vietnamese form: files keep it as the form has it, pages say it in the language of their reader.
        case term(Phrase)
        case count(Int64)
        /// A number that names something: a receipt's, a row's.
        case ordinal(Int64)
        /// An amount in whole đồng.
        case money(Money)
        /// A rate in hundredths of a percent.
        case rate(Int64)
        case day(Day)
        /// A score in hundredths of a point.
        case score(Int64)
    }

    /// A chart of one column against another.
    public struct Chart: Sendable {
        public let title: Phrase
        /// The positions of the columns, from 0.
        public let categories: Int
        public let values: Int
        /// What each value is to reach; `nil`: there is no such column.
        public let targets: Int?

        public init(title: Phrase, categories: Int, values: Int, targets: Int? = nil) {
            self.title = title
            self.categories = categories
            self.values = values
            self.targets = targets
        }
    }

    /// The name on the sheet's tab, up to 31 characters.
    public var name: String
    public var title: Phrase
    /// The lines below the title: the period, the basis, the time of the figures.
    public var subtitles: [Phrase]
    public var columns: [Column]
    public var rows: [[Cell]]
    /// The sums of some rows, each by the position of the row that it stands below. CSV leaves them out: programs add up.
    public var subtotals: [Int: [Cell]] = [:]
    /// The total row, with one cell per column.
    public var total: [Cell]?
    /// Legal basis, method of counting.
    public var footers: [Phrase]
    public var chart: Chart?
    /// Whose paper it is, in Vietnamese, for the head of a form that is signed, beside the name of the state (quốc hiệu);
    /// `nil`: it has no such head.
    public var issuer: String?
    /// From left to right; empty: nobody signs.
    public var signers: [Signer] = []

    public init(
        name: String,
        title: Phrase,
        subtitles: [Phrase],
        columns: [Column],
        rows: [[Cell]],
        total: [Cell]? = nil,
        footers: [Phrase] = [],
        chart: Chart? = nil
    ) {
        self.name = name
        self.title = title
        self.subtitles = subtitles
        self.columns = columns
        self.rows = rows
        self.total = total
        self.footers = footers
        self.chart = chart
    }
}

extension Sheet.Cell {
    /// Formats hundredths of a percent or a point with two decimals.
    static func twoDecimals(_ hundredths: Int64) -> String {
        let size = hundredths.magnitude
        let fraction = size % 100
        return (hundredths < 0 ? "-" : "") + "\(size / 100)." + (fraction < 10 ? "0" : "") + "\(fraction)"
    }

    /// The value for programs.
    public var plain: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .words(let phrase): phrase.both
        case .term(let phrase): phrase[.vietnamese]
        case .count(let count), .ordinal(let count): String(count)
        case .money(let money): money.description
        case .rate(let hundredths), .score(let hundredths): Sheet.Cell.twoDecimals(hundredths)
        case .day(let day): day.description
        }
    }

    /// The value in CSV.
    var inCSV: String {
        switch self {
        case .text, .words, .term: CSV.shown(plain)
        case .empty, .count, .ordinal, .money, .rate, .score, .day: plain
        }
    }

    /// The value for people, in one language.
    public func shown(in language: Language) -> String {
        switch self {
        case .empty: "–"
        case .words(let phrase), .term(let phrase): phrase[language]
        case .money(let money): money.grouped
        case .rate(let hundredths): Sheet.Cell.twoDecimals(hundredths) + "%"
        case .day(let day): day.formatted
        default: plain
        }
    }

    /// The value on paper: counts and amounts grouped, and decimals behind the sign that the language has for them.
    public func printed(in language: Language) -> String {
        switch self {
        case .count(let count): language.grouped(count)
        case .money(let money): language.grouped(money.dong)
        case .rate, .score:
            language == .vietnamese ? shown(in: language).replacing(".", with: ",") : shown(in: language)
        default: shown(in: language)
        }
    }
}

extension Sheet {
    /// CSV that Excel opens correctly: a byte order mark, CRLF, column names, rows and total. Texts are shown, never computed:
    /// see ``CSV/shown(_:)``. Numbers stay numbers, negative ones too.
    public var csv: String {
        let lines = [columns.map(\.key)] + (rows + (total.map { [$0] } ?? [])).map { $0.map(\.inCSV) }
        return "\u{FEFF}" + lines.map { CSV.line($0) + "\r\n" }.joined()
    }

    /// The brief columns for a terminal; each row has a bar for the rate shown in the chart.
    public func table(in language: Language) -> String {
        let shown = columns.indices.filter { columns[$0].isBrief }
        var text = [shown.map { columns[$0].title[language] }]
        for row in printed { text.append(shown.map { row[$0].shown(in: language) }) }
        var left = Set(shown.indices.filter { [.text, .day].contains(columns[shown[$0]].format) })
        if let chart, columns[chart.values].format == .rate, let place = shown.firstIndex(of: chart.values) {
            let all = printed
            text[0].insert("", at: place + 1)
            for (index, row) in all.enumerated() {
                var value: Int64 = 0
                if case .rate(let hundredths) = row[chart.values] { value = hundredths }
                text[index + 1].insert(Sheet.bar(value), at: place + 1)
            }
            left = Set(left.map { $0 > place ? $0 + 1 : $0 }).union([place + 1])
        }
        return ([title] + subtitles).map { $0[language] }.joined(separator: "\n") + "\n"
            + TextTable.render(text, leftAligned: left, ruleBeforeLast: total != nil)
    }

    /// The rows as people read them: with the sums of some between them, and the total at the end.
    private var printed: [[Cell]] {
        rows.enumerated().flatMap { place, row in [row] + (subtotals[place].map { [$0] } ?? []) }
            + (total.map { [$0] } ?? [])
    }

    private static func bar(_ hundredths: Int64) -> String {
        let filled = Int(max(0, min(10_000, hundredths)) / 500)
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
    }
}
