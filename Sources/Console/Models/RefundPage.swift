import Casework
public import Collection
import Identity
public import Values
import Workflow

/// A refund: how much goes to whom and why, what is known of that account, who did what, and what may be done now.
public struct RefundPage: ConsolePage {
    public static let template = "refund"
    public static let section: ConsoleSection? = .refunds

    public let title: String
    let id: String
    let amount: String
    let state: Badge
    let sentence: String
    let facts: [Fact]
    let payee: [Fact]
    let hasPayee: Bool
    let known: [String]
    let steps: [Fact]
    /// Whether a program asked for it, and this person may take it over.
    let mayAdopt: Bool
    let mayApprove: Bool
    /// Whether an approval is possible now: a program's request is taken over first.
    let canApprove: Bool
    let isOwn: Bool
    let mayExecute: Bool
    let done: String?
    let fault: String?
    /// Why it is to be rejected, as typed before something went wrong.
    let note: String

    /// - Parameter known: what is known of the account that is paid.
    public init(
        _ refund: Refund,
        known: KnownPayee?,
        for caller: Caller,
        done: String? = nil,
        fault: String? = nil,
        note: String = "",
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Hoàn tiền", en: "Refund") + " " + word.money(refund.amount)
        id = refund.id.text
        amount = word.money(refund.amount)
        state = word.badge(refund.state)
        sentence = refund.decision.sentence(in: language).unbroken
        facts = [
            Fact(word(vi: "Lý do", en: "Reason"), word.refundReason(refund.reason)),
            Fact(word(vi: "Ghi chú", en: "Note"), refund.note),
            Fact(word(vi: "Tài khoản chi", en: "Paid from"), refund.accountNumber),
            Fact(word(vi: "Mã trong lệnh chuyển", en: "Mark in the transfer"), refund.endToEndID),
            refund.paymentRequestID.flatMap {
                Fact(
                    word(vi: "Của khoản thanh toán", en: "Of the payment"),
                    word(vi: "xem", en: "see"),
                    href: "/console/payments/\($0.text)"
                )
            },
            refund.caseID.flatMap {
                Fact(word(vi: "Của vụ việc", en: "Of the case"), "#\($0)", href: "/console/cases/\($0)")
            },
            Fact(word(vi: "Tệp chi trả", en: "Payment file"), refund.file),
        ].compactMap { $0 }
        payee = MoveView.payee(refund.payee, word)
        hasPayee = !payee.isEmpty
        self.known = MoveView.known(known, word)
        func step(_ name: Phrase, _ step: Refund.Step?) -> Fact? {
            step.flatMap { Fact(word[name], "\(word.actor($0.name)) · \($0.at.formatted)") }
        }
        steps = [
            step(Phrase(vi: "Yêu cầu", en: "Requested"), refund.requested),
            step(Phrase(vi: "Nhận đề nghị", en: "Taken over"), refund.adopted),
            step(Phrase(vi: "Duyệt", en: "Approved"), refund.approved),
            step(Phrase(vi: "Duyệt lần hai", en: "Approved again"), refund.secondApproved),
            step(Phrase(vi: "Từ chối", en: "Rejected"), refund.rejected),
            step(Phrase(vi: "Thực hiện", en: "Executed"), refund.executed),
            refund.settledAt.flatMap { Fact(word(vi: "Ngân hàng đã ghi nợ", en: "Shown by the bank"), $0.formatted) },
        ].compactMap { $0 }
        let had = [refund.requested, refund.adopted, refund.approved]
        isOwn = had.contains { $0?.isBy(caller.person) == true }
        mayAdopt = refund.state == .requested && refund.needsRequester && caller.holds(.requestRefund)
        canApprove = !isOwn && !refund.needsRequester
        mayApprove = refund.state == .requested && caller.holds(.approveRefund)
        mayExecute = refund.state == .approved && caller.holds(.executeRefund)
        self.done = done
        self.fault = fault
        self.note = note
    }
}
