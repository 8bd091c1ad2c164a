import Casework
public import Collection
import Identity
public import Values
public import Workflow

/// The refunds, by state.
public struct RefundsPage: ConsolePage {
    public static let template = "refunds"
    public static let section: ConsoleSection? = .refunds
    public static let keepsViews = true

    struct Row: Sendable {
        let id: String
        let amount: String
        let state: Badge
        let payee: String
        let reason: String
        let requestedBy: String
        let requestedAt: String
        let account: String
    }

    struct Choice: Sendable {
        let name: String
        let href: String
        let isChosen: Bool
    }

    public let title: String
    let states: [Choice]
    let rows: [Row]
    let isEmpty: Bool
    let next: String?
    let mayAsk: Bool
    let mayTakeFile: Bool
    let accounts: [String]
    let done: String?

    public init(
        _ refunds: [Refund],
        state: RefundState?,
        next: String?,
        accounts: [String],
        for caller: Caller,
        done: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Hoàn tiền", en: "Refunds")
        states =
            [RefundState.requested, .approved, .executed, .settled, .rejected].map { one in
                Choice(
                    name: word[Vocabulary.refundState[one.rawValue]],
                    href: "/console/refunds?state=\(one.rawValue)",
                    isChosen: one == state
                )
            } + [
                Choice(
                    name: word(vi: "Mọi trạng thái", en: "All states"),
                    href: "/console/refunds",
                    isChosen: state == nil
                )
            ]
        rows = refunds.map { one in
            Row(
                id: one.id.text,
                amount: word.money(one.amount),
                state: word.badge(one.state),
                payee: word.personal(one.beneficiary?.name, .name)
                    ?? (one.payee?.isByHand == true ? word(vi: "trả trực tiếp", en: "by hand") : "—"),
                reason: word.refundReason(one.reason),
                requestedBy: word.actor(one.requested.name),
                requestedAt: one.requested.at.formatted,
                account: one.accountNumber
            )
        }
        isEmpty = rows.isEmpty
        self.next = next.map { "/console/refunds?cursor=\($0)" + (state.map { "&state=\($0.rawValue)" } ?? "") }
        mayAsk = caller.holds(.requestRefund)
        mayTakeFile =
            caller.holds(.takePaymentFile) && caller.localities == nil && state == .executed && !refunds.isEmpty
        self.accounts = accounts
        self.done = done
    }
}
