import Casework
import Collection
import Identity
import PaymentQR
import Values
import Workflow

/// What a move of a case's money comes to, as pages show it: how much, to which requests, or to whom and what is known of them.
struct MoveView: Sendable {
    /// A request that it pays.
    struct Target: Sendable {
        let reference: String
        let href: String
        let about: String
        let amount: String
        let remaining: String
    }

    let action: String
    let amount: String
    let targets: [Target]
    let hasTargets: Bool
    let payee: [Fact]
    let hasPayee: Bool
    let known: [String]
    let hasKnown: Bool
    /// Whether the account that is paid was never seen before.
    let isUnknown: Bool
    let refundHref: String?
    /// All of it in one line, for lists.
    let line: String

    init(_ move: CaseMoveShown, _ word: Wording) {
        action = word[move.action.words]
        amount = word.money(move.amount)
        targets = move.targets.map { one in
            Target(
                reference: one.reference,
                href: "/console/payments/\(one.id.text)",
                about: [one.dossierCode, word.personal(one.payerName, .name) ?? ""].filter { !$0.isEmpty }
                    .joined(separator: " · "),
                amount: word.money(one.amount),
                remaining: word.money(one.remaining)
            )
        }
        hasTargets = !targets.isEmpty
        payee = MoveView.payee(move.payee, word)
        hasPayee = !payee.isEmpty
        known = MoveView.known(move.known, word)
        hasKnown = !known.isEmpty
        isUnknown = move.known?.isUnknown ?? false
        refundHref = move.refundID.map { "/console/refunds/\($0.text)" }
        let whom = hasPayee ? payee.map(\.value) : targets.map { "\($0.reference) (\($0.about))" }
        line = (["\(action) \(amount)"] + whom).joined(separator: " · ")
    }

    /// Whom money goes back to, as far as whoever looks may see it.
    static func payee(_ payee: RefundPayee?, _ word: Wording) -> [Fact] {
        guard let payee else { return [] }
        guard let one = payee.beneficiary else {
            return [Fact(word(vi: "Cách trả", en: "How"), word(vi: "trả trực tiếp", en: "by hand"))].compactMap { $0 }
        }
        return [
            Fact(word(vi: "Người nhận", en: "Beneficiary"), word.personal(one.name, .name)),
            Fact(word(vi: "Số tài khoản", en: "Account"), word.personal(one.account, .accountNumber)),
            Fact(word(vi: "Ngân hàng", en: "Bank"), BankNames.name(bin: one.bankBIN) ?? one.bankBIN),
        ].compactMap { $0 }
    }

    /// What is known of the account that is paid, a sentence each.
    static func known(_ known: KnownPayee?, _ word: Wording) -> [String] {
        guard let known else { return [] }
        var told: [String] = []
        if known.hasPaidThis {
            told.append(
                word(
                    vi: "Chính tài khoản này đã nộp khoản tiền được hoàn.",
                    en: "This very account paid the money that goes back."
                )
            )
        }
        if known.refunds > 0 {
            told.append(
                word(
                    vi:
                        "Đã có \(word.number(known.refunds)) khoản hoàn khác về tài khoản này, tổng \(word.money(known.refunded)).",
                    en: "\(word.number(known.refunds)) other refunds went to it, \(word.money(known.refunded)) in all."
                )
            )
        }
        if known.isUnknown {
            told.append(
                word(
                    vi: "Chưa từng thấy tài khoản này: hãy kiểm tra kỹ với người nộp.",
                    en: "This account was never seen before: check it with the payer."
                )
            )
        }
        return told
    }
}
