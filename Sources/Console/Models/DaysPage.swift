public import Collection
public import Values

/// The last days of each account: which have a statement, which are signed off.
public struct DaysPage: ConsolePage {
    public static let template = "days"
    public static let section: ConsoleSection? = .days
    public static let keepsViews = true

    struct Cell: Sendable {
        let day: String
        let weekday: String
        let tone: String
        let mark: String
        let label: String
        let href: String
        let cases: String?
    }

    struct Account: Sendable {
        let number: String
        let name: String
        let cells: [Cell]
        let unsigned: String
    }

    public let title: String
    let accounts: [Account]
    let isEmpty: Bool

    /// - Parameter names: the name of each account, by its number.
    public init(_ calendars: [StatementDays], names: [String: String], in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Đối soát theo ngày", en: "Days")
        // Today is left out: it is not over.
        accounts = calendars.map { account in
            Account(
                number: account.account,
                name: names[account.account] ?? "",
                cells: account.days.map { DaysPage.cell($0, of: account.account, word) },
                unsigned: word.number(account.days.count { $0.hasStatement && !$0.isSigned && $0.day < now.day })
            )
        }
        isEmpty = accounts.isEmpty
    }

    /// Vietnamese weekdays are numbers, from the second (Monday) to the seventh; Sunday is CN.
    private static func weekday(_ day: Day, _ word: Wording) -> String {
        let index = Int((day.daysSinceEpoch + 4) % 7)
        return word.language == .vietnamese
            ? ["CN", "T2", "T3", "T4", "T5", "T6", "T7"][index] : ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"][index]
    }

    static func cell(_ day: StatementDays.Day, of account: String, _ word: Wording) -> Cell {
        let (tone, mark, what): (String, String, Phrase) =
            if day.isCountersigned {
                ("signed", "✓✓", Phrase(vi: "đủ hai chữ ký", en: "signed by two"))
            } else if day.isSigned {
                ("half", "✓", Phrase(vi: "chờ chữ ký thứ hai", en: "awaits the second signature"))
            } else if day.hasStatement {
                ("open", "•", Phrase(vi: "có sao kê, chưa ký", en: "statement, not signed off"))
            } else {
                ("missing", "–", Phrase(vi: "chưa có sao kê", en: "no statement"))
            }
        let cases =
            day.openCases > 0 ? word(vi: ", \(day.openCases) vụ việc mở", en: ", \(day.openCases) open cases") : ""
        return Cell(
            day: String(day.day.formatted.prefix(5)),
            weekday: weekday(day.day, word),
            tone: tone,
            mark: mark,
            label: day.day.formatted + ": " + word[what] + cases,
            href: "/console/days/\(account)/\(day.day)",
            cases: day.openCases > 0 ? word.number(day.openCases) : nil
        )
    }
}
