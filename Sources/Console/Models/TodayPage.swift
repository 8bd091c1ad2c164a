public import Collection
import Identity
import PaymentQR
public import Values
import Workflow

/// The home of the console: what waits for the person, what is open, and what each account last heard.
public struct TodayPage: ConsolePage {
    public static let template = "today"
    public static let section: ConsoleSection? = .today

    struct Waiting: Sendable {
        let count: String
        let what: String
        let href: String
    }

    struct Group: Sendable {
        let name: String
        let href: String
        let count: String
        let awaiting: String
        let overdue: String?
        let amount: String
        let oldest: String
    }

    struct Account: Sendable {
        let number: String
        let bank: String
        let name: String
        let lastCallback: String
        let lastCallbackAt: String
        let statementsThrough: String
        let isBehind: Bool
        let received: String
        let payments: String
        let openCases: String
        /// These are `nil` for whom they do not let in.
        let casesHref: String?
        let unsigned: String?
        let href: String?
        let dayHref: String?
    }

    public let title: String
    let day: String
    let waiting: [Waiting]
    let isNothingWaiting: Bool
    let groups: [Group]
    let hasGroups: Bool
    let accounts: [Account]
    let hasAccounts: Bool
    let seesCases: Bool

    public init(_ overview: Overview, for caller: Caller, in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Hôm nay", en: "Today")
        day = overview.day.formatted
        seesCases = caller.holds(.readCases)
        waiting = TodayPage.waiting(overview.waiting, word)
        isNothingWaiting = waiting.isEmpty
        groups = overview.groups.map { group in
            Group(
                name: word[Vocabulary.caseKind[group.kind.rawValue]],
                href: "/console/cases?kind=\(group.kind.rawValue)&state=open",
                count: word.number(group.count),
                awaiting: word.number(group.awaiting),
                overdue: group.overdue > 0 ? word.number(group.overdue) : nil,
                amount: word.money(group.amount),
                oldest: word.age(group.oldestAt)
            )
        }
        hasGroups = !groups.isEmpty
        let sees = (cases: seesCases, days: caller.holds(.readReports))
        accounts = overview.accounts.map { TodayPage.account($0, overview.day, sees, word) }
        hasAccounts = !accounts.isEmpty
    }

    /// What waits for the one who looks, what is urgent first.
    private static func waiting(_ waits: Overview.Waiting, _ word: Wording) -> [Waiting] {
        let all: [(Int64, Phrase, String)] = [
            (
                waits.overdueCases, Phrase(vi: "vụ việc quá hạn xử lý", en: "cases past their day"),
                "/console/cases?overdue=true"
            ),
            (
                waits.proposals,
                Phrase(vi: "đề xuất xử lý vụ việc chờ bạn duyệt", en: "proposals on cases await your approval"),
                "/console/cases?state=awaiting_approval"
            ),
            (
                waits.refundsToApprove, Phrase(vi: "khoản hoàn chờ bạn duyệt", en: "refunds await your approval"),
                "/console/refunds?state=requested"
            ),
            (
                waits.refundsToExecute,
                Phrase(vi: "khoản hoàn đã duyệt, chờ thực hiện", en: "approved refunds to execute"),
                "/console/refunds?state=approved"
            ),
            (
                waits.statementsToConfirm,
                Phrase(vi: "sao kê có khoản thu chờ bạn xác nhận", en: "statements with recoveries for you to confirm"),
                "/console/statements?awaiting=true"
            ),
            (
                waits.daysToCountersign,
                Phrase(vi: "ngày chờ chữ ký thứ hai của bạn", en: "days await your second signature"),
                "/console/days"
            ),
            (waits.daysToSign, Phrase(vi: "ngày chưa ai ký", en: "days that nobody has signed"), "/console/days"),
            (
                waits.statementsToReconcile,
                Phrase(vi: "sao kê đã nhập, chưa đối soát", en: "statements imported and not reconciled"),
                ConsoleSection.statements.path
            ),
            (
                waits.openCases, Phrase(vi: "vụ việc đang mở", en: "open cases"),
                "/console/cases?state=open"
            ),
            (
                waits.cataloguesToAdopt,
                Phrase(vi: "danh mục chờ bạn đưa vào hiệu lực", en: "catalogues for you to put in force"),
                CatalogueHistoryPage.path
            ),
            (
                waits.shiftsToApprove,
                Phrase(vi: "ca thu lệch tiền chờ bạn duyệt", en: "shifts with a difference await your approval"),
                "/console/counter/shifts?state=counted"
            ),
            (
                waits.remittancesToApprove,
                Phrase(vi: "lệnh nộp ngân sách chờ bạn duyệt", en: "orders to the Treasury await your approval"),
                RemittancesPage.path + "?state=made"
            ),
            (
                waits.remittancesToSend,
                Phrase(vi: "lệnh nộp đã duyệt, chờ gửi ngân hàng", en: "approved orders to take to the bank"),
                RemittancesPage.path + "?state=approved"
            ),
        ]
        return all.filter { $0.0 > 0 }.map { Waiting(count: word.number($0.0), what: word[$0.1], href: $0.2) }
    }

    /// - Parameter sees: whether the lists of cases and of days let in whoever looks.
    private static func account(
        _ account: Overview.Account,
        _ today: Day,
        _ sees: (cases: Bool, days: Bool),
        _ word: Wording
    ) -> Account {
        let yesterday = today.adding(days: -1)
        let shown = account.firstUnsigned ?? account.statementsThrough ?? yesterday
        return Account(
            number: account.number,
            bank: BankNames.name(bin: account.bankBIN) ?? account.bankBIN,
            name: account.name,
            lastCallback: account.lastCallbackAt.map { word.age($0) } ?? word(vi: "chưa có", en: "none yet"),
            lastCallbackAt: account.lastCallbackAt?.formatted ?? "",
            statementsThrough: word.day(account.statementsThrough),
            isBehind: account.statementsThrough.map { $0 < yesterday } ?? true,
            received: word.money(account.receivedToday),
            payments: word.number(account.paymentsToday),
            openCases: word.number(account.openCases),
            casesHref: sees.cases ? "/console/cases?state=open&account=\(account.number)" : nil,
            unsigned: account.unsignedDays > 0 ? word.number(account.unsignedDays) : nil,
            href: sees.days ? "/console/days?account=\(account.number)" : nil,
            dayHref: sees.days ? "/console/days/\(account.number)/\(shown)" : nil
        )
    }
}
