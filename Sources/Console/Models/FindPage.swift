public import Collection
import Identity
public import Values
import Workflow

/// What the search box found, grouped.
public struct FindPage: ConsolePage {
    public static let template = "find"
    public static let section: ConsoleSection? = nil

    struct Hit: Sendable {
        let href: String
        let name: String
        let detail: String
        let amount: String
        let badge: Badge?
    }

    struct Group: Sendable {
        let name: String
        let hits: [Hit]
    }

    public let title: String
    let query: String
    let isAsked: Bool
    let groups: [Group]
    let isEmpty: Bool
    /// Where the payments of days stand, if nothing but days was typed.
    let daysHref: String?

    public init(
        _ found: FoundThings,
        _ query: String,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Tìm", en: "Find")
        self.query = query
        isAsked = !query.isEmpty
        let term = SearchTerm(query, today: now.day)
        daysHref =
            term.folded.isEmpty
            ? term.days.map { "\(ReportTable.Target.payments.rawValue)?from=\($0.lowerBound)&to=\($0.upperBound)" }
            : nil
        isEmpty = isAsked && found.isEmpty && daysHref == nil
        let all: [(Phrase, [Hit])] = [
            (Phrase(vi: "Yêu cầu thanh toán", en: "Payment requests"), found.payments.map { FindPage.hit($0, word) }),
            (Phrase(vi: "Giao dịch ngân hàng", en: "Bank transactions"), found.notices.map { FindPage.hit($0, word) }),
            (
                Phrase(vi: "Vụ việc", en: "Cases"),
                found.cases.map { one in
                    Hit(
                        href: "/console/cases/\(one.id)",
                        name: "#\(one.id) · " + word[Vocabulary.caseKind[one.kind.rawValue]],
                        detail: one.openedAt.formatted,
                        amount: word.money(one.amount),
                        badge: word.badge(one.isOpen ? .open : .resolved)
                    )
                }
            ),
            (
                Phrase(vi: "Hoàn tiền", en: "Refunds"),
                found.refunds.map { one in
                    Hit(
                        href: "/console/refunds/\(one.id.text)",
                        name: word.personal(one.beneficiaryName, .name) ?? one.id.text,
                        detail: one.requestedAt.formatted,
                        amount: word.money(one.amount),
                        badge: word.badge(one.state)
                    )
                }
            ),
            (
                Phrase(vi: "Tài khoản", en: "Accounts"),
                found.accounts.map {
                    Hit(
                        href: "/console/days?account=\($0.number)",
                        name: $0.number,
                        detail: $0.name,
                        amount: "",
                        badge: nil
                    )
                }
            ),
        ]
        groups = all.filter { !$0.1.isEmpty }.map { Group(name: word[$0.0], hits: $0.1) }
    }

    private static func hit(_ one: FoundThings.Payment, _ word: Wording) -> Hit {
        Hit(
            href: "/console/payments/\(one.id.text)",
            name: one.reference,
            detail: [one.dossierCode, word.personal(one.payerName, .name) ?? "", one.createdAt.formatted].filter {
                !$0.isEmpty
            }
            .joined(separator: " · "),
            amount: word.money(one.amountDue),
            badge: word.badge(one.state)
        )
    }

    private static func hit(_ one: FoundThings.Notice, _ word: Wording) -> Hit {
        let href =
            one.requestID.map { "/console/payments/\($0.text)" } ?? one.caseID.map { "/console/cases/\($0)" }
            ?? "/console/days/\(one.accountNumber)/\(one.occurredAt.day)"
        return Hit(
            href: href,
            name: one.transactionID,
            detail: [one.accountNumber, one.occurredAt.formatted, word[Vocabulary.outcome[one.outcome]]]
                .joined(separator: " · "),
            amount: word.money(one.amount),
            badge: nil
        )
    }
}
