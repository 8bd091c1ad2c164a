public import Collection
import Identity
public import Values
import Workflow

/// The statements that were imported, with the days of each account that have one, and a place to drop new ones.
public struct StatementsPage: ConsolePage {
    public static let template = "statements"
    public static let section: ConsoleSection? = .statements
    public static let keepsViews = true

    struct Row: Sendable {
        let id: String
        let account: String
        let bank: String
        let period: String
        let file: String
        let lines: String
        let credits: String
        let debits: String
        let importedAt: String
        let importedBy: String
        let awaiting: String?
        let isUndone: Bool
        let warning: String?
    }

    struct Calendar: Sendable {
        let account: String
        let cells: [DaysPage.Cell]
    }

    struct Option: Sendable {
        let number: String
        let name: String
    }

    public let title: String
    let rows: [Row]
    let isEmpty: Bool
    let next: String?
    let calendars: [Calendar]
    let hasCalendar: Bool
    let mayImport: Bool
    let accounts: [Option]
    let onlyAwaiting: Bool
    let done: String?
    let fault: String?

    /// - Parameters:
    ///   - days: which days of which accounts have a statement and a signature.
    ///   - awaiting: whether only those are listed that wait for a confirmation.
    public init(
        _ statements: [StoredStatement],
        days: [StatementDays],
        accounts: [Overview.Account],
        next: Int64?,
        awaiting: Bool,
        for caller: Caller,
        done: String? = nil,
        fault: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Sao kê", en: "Statements")
        rows = statements.map { one in
            Row(
                id: String(one.id),
                account: one.account,
                bank: one.bankName,
                period: one.firstDay == one.lastDay
                    ? word.day(one.firstDay) : word.day(one.firstDay) + " – " + word.day(one.lastDay),
                file: one.fileName ?? one.format,
                lines: word.number(one.lines),
                credits: word.money(one.credits),
                debits: word.money(one.debits),
                importedAt: one.importedAt.formatted,
                importedBy: one.importedBy,
                awaiting: one.awaitingConfirmation > 0 ? word.number(one.awaitingConfirmation) : nil,
                isUndone: one.undone != nil,
                warning: one.warnings.first?.sentence(in: language).unbroken
            )
        }
        isEmpty = rows.isEmpty
        self.next = next.map { "/console/statements?cursor=\($0)" + (awaiting ? "&awaiting=true" : "") }
        calendars = days.map { account in
            Calendar(account: account.account, cells: account.days.map { DaysPage.cell($0, of: account.account, word) })
        }
        hasCalendar = !calendars.isEmpty
        mayImport = caller.holds(.importStatement)
        self.accounts = accounts.map { Option(number: $0.number, name: $0.name) }
        onlyAwaiting = awaiting
        self.done = done
        self.fault = fault
    }
}
