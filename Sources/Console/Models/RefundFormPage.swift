import Casework
public import Collection
import Identity
import PaymentQR
public import Values
import Workflow

/// The form that asks for a refund: of which request, how much could go back for which reason, to whom.
public struct RefundFormPage: ConsolePage {
    public static let template = "refund-form"
    public static let section: ConsoleSection? = .refunds

    /// A field as it was typed, and what is wrong with it.
    struct Field: Sendable {
        let value: String
        let fault: String?
    }

    struct Option: Sendable {
        let code: String
        let name: String
        let isChosen: Bool
    }

    /// Where the money may go, beside the account that paid.
    public enum Payee: String, Sendable, CaseIterable {
        /// To the account that paid.
        case payer
        /// To an account that is typed.
        case account
        /// By a person, outside of the payment file.
        case hand
    }

    /// What a field of the form is called in the faults of the use case.
    private static let pointers = [
        "amount": ["/amount"], "reason": ["/reason", "/refund/reason"], "note": ["/note", "/refund/note"],
        "reference": ["/reference", "/payment_request_id", "reference"],
        "payee": ["/beneficiary", "/paid_by_hand", "/refund/beneficiary", "/refund/paid_by_hand"],
        "bank_bin": ["/beneficiary/bank_bin", "/refund/beneficiary/bank_bin"],
        "account": ["/beneficiary/account_number", "/refund/beneficiary/account_number"],
        "name": ["/beneficiary/name", "/refund/beneficiary/name"],
    ]

    public let title: String
    let reference: Field
    let hasRequest: Bool
    let mayAsk: Bool
    /// What goes back if the request, which may still be paid, is cancelled with it; `nil` for a refund of its own.
    let cancelled: String?
    let facts: [Fact]
    /// How much could go back, a line for each reason.
    let choices: [Fact]
    let payees: [Option]
    let banks: [Option]
    let reasons: [Option]
    let reason: Field
    let amount: Field
    let note: Field
    let payee: Field
    let bank: Field
    let account: Field
    let name: Field
    /// What is wrong with nothing in particular.
    let fault: String?
    /// Makes a form that is sent twice count once.
    let once: String

    /// - Parameters:
    ///   - outlook: what of the request could go back; `nil` while no request is named.
    ///   - typed: what the fields have.
    ///   - fault: why the form was refused.
    ///   - once: a name for this form alone.
    public init(
        _ outlook: RefundOutlook?,
        typed: [String: String],
        fault: ServiceError? = nil,
        once: String,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        let faults = fault?.faults(of: RefundFormPage.pointers, in: language) ?? [:]
        func field(_ name: String) -> Field { Field(value: typed[name] ?? "", fault: faults[name]) }
        title = word(vi: "Yêu cầu hoàn tiền", en: "Ask for a refund")
        hasRequest = outlook != nil
        let cancels = outlook.map { RefundFormPage.cancels($0, at: now) } ?? false
        mayAsk = hasRequest && caller.holds(.requestRefund) && (!cancels || caller.holds(.cancelAndRefund))
        cancelled = cancels ? outlook.map { word.money($0.request.amountReceived - $0.request.amountRefunded) } : nil
        reference = Field(value: outlook?.request.reference ?? typed["reference"] ?? "", fault: faults["reference"])
        facts = outlook.map { RefundFormPage.facts($0.request, word) } ?? []
        choices = cancels ? [] : outlook?.choices.compactMap { RefundFormPage.told($0, word) } ?? []
        let payer = outlook?.payer.map { RefundFormPage.told($0, word) }
        let chosen = typed["payee"].flatMap(Payee.init) ?? (payer == nil ? .account : .payer)
        payees = Payee.allCases.filter { $0 != .payer || outlook?.payer != nil }.map { one in
            Option(code: one.rawValue, name: RefundFormPage.name(one, payer, word), isChosen: one == chosen)
        }
        banks = BankNames.members.map { Option(code: $0.bin, name: $0.name, isChosen: $0.bin == typed["bank_bin"]) }
        let given = typed["reason_kind"] ?? ""
        reasons = RefundFormPage.reasons.map { code, phrase in
            Option(code: code, name: word[phrase], isChosen: code == given)
        }
        (reason, amount, note) = (field("reason"), field("amount"), field("note"))
        (payee, bank, account, name) = (field("payee"), field("bank_bin"), field("account"), field("name"))
        self.fault = faults[""]
        self.once = once
    }

    /// Whether money goes back with a cancellation alone: the request may still be paid, and nothing may go back before.
    private static func cancels(_ outlook: RefundOutlook, at now: Instant) -> Bool {
        let request = outlook.request
        return PaymentRequestState.allows(.cancelAndRefund, in: request.status(at: now))
            && request.amountReceived > .zero && outlook.choices.allSatisfy { $0.amount == .zero }
    }

    /// Why money goes back: the two reasons that policies of fees depend on, and any other.
    static let reasons: [(code: String, name: Phrase)] = [
        ("not_eligible", Phrase(vi: "Hồ sơ không đủ điều kiện giải quyết", en: "The application was not eligible")),
        ("duplicate", Phrase(vi: "Hồ sơ được nộp tiền hai lần", en: "The dossier was paid twice")),
        ("other", Phrase(vi: "Lý do khác (ghi bên dưới)", en: "Another reason (say which below)")),
    ]

    private static func facts(_ request: PaymentRequest, _ word: Wording) -> [Fact] {
        [
            Fact(
                word(vi: "Khoản thanh toán", en: "Payment"),
                request.reference,
                href: "/console/payments/\(request.id.text)"
            ),
            Fact(word(vi: "Hồ sơ", en: "Dossier"), request.dossierCode),
            Fact(word(vi: "Người nộp", en: "Payer"), word.personal(request.payerName, .name)),
            Fact(word(vi: "Trạng thái", en: "State"), word.badge(request.status(at: word.now)).text),
            Fact(word(vi: "Đã nhận", en: "Received"), word.money(request.amountReceived)),
            request.amountRefunded == .zero
                ? nil : Fact(word(vi: "Đã hoàn", en: "Refunded"), word.money(request.amountRefunded)),
            Fact(word(vi: "Tài khoản chi", en: "Paid from"), request.accountNumber),
        ].compactMap { $0 }
    }

    private static func told(_ choice: RefundOutlook.Choice, _ word: Wording) -> Fact? {
        let name = reasons.first { $0.code == choice.reason ?? "other" }?.name
        let why = choice.refusal.map { " — " + $0.sentence(in: word.language).unbroken } ?? ""
        return Fact(name.map { word[$0] } ?? "", word.money(choice.amount) + why)
    }

    private static func told(_ payer: Beneficiary, _ word: Wording) -> String {
        [
            word.personal(payer.name, .name), word.personal(payer.account, .accountNumber),
            BankNames.name(bin: payer.bankBIN) ?? payer.bankBIN,
        ].compactMap { $0 }.joined(separator: " · ")
    }

    private static func name(_ payee: Payee, _ payer: String?, _ word: Wording) -> String {
        switch payee {
        case .payer: word(vi: "Tài khoản đã chuyển tiền: ", en: "The account that paid: ") + (payer ?? "")
        case .account: word(vi: "Tài khoản ghi dưới đây", en: "The account below")
        case .hand:
            word(vi: "Trả trực tiếp, ngoài tệp chi trả", en: "By hand, outside of the payment file")
        }
    }
}
