public import Collection
import Identity
public import Matching
public import Values
import Workflow

/// A day of an account: bank and books side by side, what explains the difference down to nothing, what became of the
/// lines, the signature, and what has changed since.
public struct DayPage: ConsolePage {
    public static let template = "day"
    public static let section: ConsoleSection? = .days

    struct Item: Sendable {
        let sentence: String
        let amount: String
        let isNegative: Bool
        let links: [Fact]
    }

    struct Group: Sendable {
        let direction: String
        let outcome: String
        let count: String
        let amount: String
    }

    public let title: String
    let account: String
    let accountName: String
    let day: String
    let dayCode: String
    let previous: String
    let next: String?
    let bank: String
    let books: String
    /// The books less the bank, as in the record; so are the items and the residual.
    let difference: String
    let isEven: Bool
    let items: [Item]
    let hasItems: Bool
    let residual: String
    let isExplained: Bool
    let balances: [Fact]
    let groups: [Group]
    let hasGroups: Bool
    let casesOpened: [Fact]
    let hasCases: Bool
    /// How many are open of this day or before, and all that the list shows.
    let openCases: String
    let casesHref: String
    let signature: String?
    let acknowledged: String?
    /// The second person's signature, and that person's words.
    let second: String?
    let secondNote: String?
    let isOwn: Bool
    let mayCountersign: Bool
    let changes: [Fact]
    let hasChanges: Bool
    let maySign: Bool
    let needsNote: Bool
    /// What whoever signs ought to know: the day is not over, or the account never had a statement.
    let warnings: [String]
    let awaits: String?
    let record: String
    let done: String?
    let fault: String?
    let note: String

    /// - Parameter hasStatements: whether the account ever had a statement.
    public init(
        _ explanation: DayExplanation,
        _ report: ReconciliationReport,
        accountName: String,
        hasStatements: Bool = true,
        for caller: Caller,
        done: String? = nil,
        fault: String? = nil,
        note: String = "",
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        account = explanation.accountNumber
        self.accountName = accountName
        day = explanation.day.formatted
        dayCode = explanation.day.description
        title = word(vi: "Ngày \(day) · \(account)", en: "\(day) · \(account)")
        let (before, following) = (explanation.day.adding(days: -1), explanation.day.next)
        previous = "/console/days/\(account)/\(before)"
        next = following <= now.day ? "/console/days/\(account)/\(following)" : nil
        bank = word.money(explanation.bank)
        books = word.money(explanation.books)
        difference = word.money(-explanation.difference)
        isEven = explanation.difference == .zero
        items = explanation.items.map { DayPage.item($0, word) }
        residual = word.money(-explanation.residual)
        isExplained = explanation.residual == .zero
        balances = DayPage.balances(report, word)
        groups = report.groups.map { group in
            Group(
                direction: group.isCredit ? word(vi: "Ghi có", en: "Credit") : word(vi: "Ghi nợ", en: "Debit"),
                outcome: word[Vocabulary.outcome[group.outcome]],
                count: word.number(group.count),
                amount: word.money(group.amount)
            )
        }
        hasGroups = !groups.isEmpty
        casesOpened = report.casesOpened.prefix(50).compactMap { DayPage.caseFact($0, word) }
        (hasItems, hasCases) = (!items.isEmpty, !casesOpened.isEmpty)
        openCases = DayPage.open(report.openCases, word)
        casesHref = "/console/cases?state=open&account=\(account)"
        signature = report.signOff.map { signed in
            word(
                vi: "\(signed.by) đã ký lúc \(signed.at.formatted).",
                en: "Signed off by \(signed.by) at \(signed.at.formatted)."
            )
        }
        acknowledged = report.acknowledged?.sentence(in: language).unbroken
        second = report.countersigned.map { one in
            word(
                vi: "\(one.by) đã ký lần hai lúc \(one.at.formatted).",
                en: "Signed for the second time by \(one.by) at \(one.at.formatted)."
            )
        }
        secondNote = report.countersigned?.note
        let isHalf = report.signOff != nil && report.countersigned == nil && caller.holds(.signOffReconciliation)
        isOwn = isHalf && report.signer == caller.person.id
        mayCountersign = isHalf && report.signer != caller.person.id
        changes = report.changesSinceSigned.compactMap { DayPage.change($0, word) }
        hasChanges = !changes.isEmpty
        maySign = report.signOff == nil && caller.holds(.signOffReconciliation) && explanation.day <= now.day
        needsNote = report.openCases + report.awaiting.lines + report.items.count > 0 || !hasStatements
        warnings = DayPage.warnings(isOver: explanation.day < now.day, hasStatements: hasStatements, word)
        awaits = report.awaits?.sentence(in: language).unbroken
        record = "/console/days/\(account)/\(explanation.day)/record"
        self.done = done
        self.fault = fault
        self.note = note
    }

    private static func open(_ cases: Int, _ word: Wording) -> String {
        word(
            vi: "\(word.number(cases)) vụ việc của ngày này hoặc trước đó đang mở",
            en: "\(word.number(cases)) open cases of this day or before"
        )
    }

    private static func warnings(isOver: Bool, hasStatements: Bool, _ word: Wording) -> [String] {
        [
            isOver
                ? nil
                : word(
                    vi: "Ngày này chưa kết thúc: những khoản đến sau khi ký sẽ thành điều chỉnh.",
                    en: "The day is not over: what comes after the signature becomes an adjustment."
                ),
            hasStatements
                ? nil
                : word(
                    vi: "Tài khoản này chưa từng có sao kê, nên không có gì để đối chiếu: ghi rõ vì sao vẫn ký.",
                    en:
                        "This account never had a statement, so there is nothing to compare: say why you sign all the same."
                ),
        ].compactMap { $0 }
    }

    private static func balances(_ report: ReconciliationReport, _ word: Wording) -> [Fact] {
        [
            Fact(word(vi: "Số dư đầu ngày", en: "Opening balance"), word.money(report.opening)),
            Fact(word(vi: "Số dư cuối ngày", en: "Closing balance"), word.money(report.closing)),
            Fact(
                word(vi: "Sao kê ghi số dư cuối", en: "Closing balance stated"),
                report.statedClosing.map { word.money($0) }
            ),
        ].compactMap { $0 }
    }

    private static func item(_ item: DayExplanation.Item, _ word: Wording) -> Item {
        var links: [Fact?] = []
        if let id = item.source?.requestID {
            links.append(Fact("", word(vi: "khoản thanh toán", en: "payment"), href: "/console/payments/\(id.text)"))
        }
        if let id = item.source?.statementID {
            links.append(Fact("", word(vi: "sao kê \(id)", en: "statement \(id)"), href: "/console/statements/\(id)"))
        }
        let amount = -item.amount
        return Item(
            sentence: item.reason.sentence(in: word.language).unbroken,
            amount: (amount > .zero ? "+" : "") + word.money(amount),
            isNegative: amount < .zero,
            links: links.compactMap { $0 }
        )
    }

    private static func caseFact(_ told: JSON, _ word: Wording) -> Fact? {
        guard let id = told["id"]?.integer else { return nil }
        let kind = word[Vocabulary.caseKind[told["kind"]?.string ?? ""]]
        return Fact(
            "#\(id) · \(kind)",
            word.money(Money(told["amount"]?.integer ?? 0)),
            href: "/console/cases/\(id)"
        )
    }

    private static func change(_ change: ReconciliationReport.Change, _ word: Wording) -> Fact? {
        func told(_ amount: Money?) -> String { amount.map { word.money($0) } ?? "—" }
        return Fact(word[change.title], told(change.was) + " → " + told(change.now))
    }
}
