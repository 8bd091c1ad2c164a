public import Collection
import FeeSchedule
import Identity
public import Values
import Workflow

/// Everything that happened to a payment request, for staff: one line of time, and what it consists of.
public struct StaffPaymentPage: ConsolePage {
    public static let template = "payment"
    public static let section: ConsoleSection? = nil

    struct Item: Sendable {
        let name: String
        /// Before reductions and discounts.
        let list: String
        let amount: String
        let basis: String
        let rules: [String]
    }

    /// Something that happened.
    struct Moment: Sendable {
        let at: String
        let what: String
        let detail: [String]
        let tone: String
        let href: String?
        /// As it arrived.
        let raw: String?
        /// In microseconds.
        let order: Int64
    }

    struct Posting: Sendable {
        let day: String
        let kind: String
        let debit: String
        let credit: String
        let amount: String
    }

    /// An entry of the audit about it.
    struct Entry: Sendable {
        let at: String
        let by: String
        let what: String
    }

    /// One of its receipts.
    struct Receipt: Sendable {
        let number: String
        /// `nil` for one that a provider shows.
        let href: String?
        /// Its page in the console; `nil` of a provider's.
        let page: String?
        let amount: String
        let state: Badge
    }

    struct Event: Sendable {
        let id: String
        let name: String
        let type: String
        let at: String
        let deliveries: [String]
        let mayResend: Bool
    }

    public let title: String
    let reference: String
    let state: Badge
    let facts: [Fact]
    let money: [Fact]
    let items: [Item]
    let moments: [Moment]
    let postings: [Posting]
    let hasPostings: Bool
    let events: [Event]
    let hasEvents: Bool
    let receipts: [Receipt]
    let hasReceipts: Bool
    let audit: [Entry]
    let hasAudit: Bool
    let payHref: String
    let mayRefund: Bool
    /// Whether money goes back by cancelling the request, which waits for the rest of it.
    let mayCancel: Bool
    let refundHref: String
    /// The address of the page, to come back to.
    let here: String
    let done: String?

    /// - Parameter audit: who did what about it, for those who may read the audit; the latest first.
    public init(
        _ story: PaymentStory,
        agencyName: String?,
        procedureName: String?,
        for caller: Caller,
        publicURL: String,
        audit: [AuditEntry] = [],
        done: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        let request = story.request
        title = word(vi: "Khoản thanh toán ", en: "Payment ") + request.reference
        reference = request.reference
        state = word.badge(request.status(at: now))
        facts = StaffPaymentPage.facts(story, agencyName, procedureName, caller, word)
        money = [
            Fact(word(vi: "Phải nộp", en: "Due"), word.money(request.amountDue)),
            Fact(word(vi: "Đã nhận", en: "Received"), word.money(request.amountReceived)),
            request.amountRefunded == .zero
                ? nil : Fact(word(vi: "Đã hoàn", en: "Refunded"), word.money(request.amountRefunded)),
            Fact(word(vi: "Còn phải nộp", en: "Remaining"), word.money(request.amountRemaining)),
        ].compactMap { $0 }
        items = StaffPaymentPage.items(AssessedLines.told(request.lines, in: language), word)
        moments = StaffPaymentPage.moments(story, word)
        postings = story.postings.map { posting in
            Posting(
                day: posting.bookedOn.formatted,
                kind: posting.kind,
                debit: word[ConsoleTexts.ledger(posting.debit)] + " " + posting.debitOwner,
                credit: word[ConsoleTexts.ledger(posting.credit)] + " " + posting.creditOwner,
                amount: word.money(posting.amount)
            )
        }
        hasPostings = !postings.isEmpty
        events = story.events.map { event in
            Event(
                id: String(event.id),
                name: word.event(event.type),
                type: event.type,
                at: event.createdAt.formatted,
                deliveries: event.deliveries(in: language).map { StaffPaymentPage.delivery($0, word) },
                mayResend: caller.holds(.redeliverEvents) && !event.deliveries.isEmpty
            )
        }
        hasEvents = !events.isEmpty
        receipts =
            request.receipts.map { StaffPaymentPage.receipt($0, publicURL, word) }
            + request.orderedReceipts.map { StaffPaymentPage.receipt($0, word) }
        hasReceipts = !receipts.isEmpty
        self.audit = audit.map { one in
            Entry(at: one.happenedAt.formatted, by: word.actor(one.actorName), what: word[one.sentence])
        }
        hasAudit = !audit.isEmpty
        payHref = publicURL + "/pay/" + request.token
        let holdsMoney = caller.holds(.requestRefund) && request.amountReceived > request.amountRefunded
        mayCancel = holdsMoney && request.status(at: now) == .pending && caller.holds(.cancelAndRefund)
        mayRefund = holdsMoney && !mayCancel
        refundHref = "/console/refunds/new?reference=\(request.reference)"
        here = "/console/payments/\(request.id.text)"
        self.done = done
    }

    private static func facts(
        _ story: PaymentStory,
        _ agency: String?,
        _ procedure: String?,
        _ caller: Caller,
        _ word: Wording
    ) -> [Fact] {
        let request = story.request
        return [
            Fact(word(vi: "Hồ sơ", en: "Dossier"), request.dossierCode),
            Fact(
                word(vi: "Thủ tục", en: "Procedure"),
                [request.procedureCode, procedure ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
            ),
            Fact(
                word(vi: "Cơ quan", en: "Agency"),
                [request.agencyCode, agency ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
            ),
            caller.holds(.readPayer)
                ? Fact(word(vi: "Người nộp", en: "Payer"), word.personal(request.payerName, .name)) : nil,
            Fact(
                word(vi: "Đối tượng", en: "Category"),
                request.payerCategory.map { word[Vocabulary.payerCategory[$0]] }
            ),
            Fact(word(vi: "Kênh", en: "Channel"), word[Vocabulary.channel[request.channel.rawValue]]),
            Fact(word(vi: "Tài khoản thu", en: "Account"), request.accountNumber),
            Fact(word(vi: "Giá của ngày", en: "Prices of"), request.assessedOn.formatted),
            Fact(
                word(vi: "Tạo", en: "Made"),
                [request.createdAt.formatted, story.madeBy ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
            ),
            Fact(word(vi: "Hết hạn", en: "Expires"), request.expiresAt.formatted),
            Fact(word(vi: "Thanh toán lúc", en: "Paid"), request.paidAt?.formatted),
            Fact(word(vi: "Ghi nhận từ", en: "Settled by"), request.settledBy.map { word[$0.words] }),
        ].compactMap { $0 }
    }

    private static func items(_ lines: JSON, _ word: Wording) -> [Item] {
        (lines.array ?? []).map { line in
            let name =
                line[word.language == .vietnamese ? "name_vi" : "name_en"]?.string
                ?? line["name_vi"]?.string ?? line["fee_code"]?.string ?? ""
            return Item(
                name: name,
                list: word.money(Money(line["list_amount"]?.integer ?? 0)),
                amount: word.money(Money(line["payable"]?.integer ?? 0)),
                basis: line["legal_basis"]?.string ?? "",
                rules: (line["applied"]?.array ?? []).compactMap { $0["sentence"]?.string?.unbroken }
            )
        }
    }

    private static func receipt(_ receipt: OrderedReceipt, _ word: Wording) -> Receipt {
        Receipt(
            number: receipt.number ?? "—",
            href: nil,
            page: nil,
            amount: word.money(receipt.amount),
            state: Badge(word[receipt.state.words], receipt.state == .issued ? .done : .wait)
        )
    }

    private static func receipt(_ receipt: IssuedReceipt, _ publicURL: String, _ word: Wording) -> Receipt {
        Receipt(
            number: receipt.text,
            href: "\(publicURL)/r/\(receipt.address)",
            page: "/console/receipts/" + receipt.address,
            amount: word.money(receipt.amount),
            state: receipt.isReplaced
                ? Badge(word(vi: "đã được thay thế", en: "replaced"), .plain)
                : Badge(word(vi: "có hiệu lực", en: "valid"), .done)
        )
    }

    static func delivery(_ told: JSON, _ word: Wording) -> String {
        let state = word[Vocabulary.deliveryState[told["state"]?.string ?? ""]]
        let attempts = told["attempts"]?.integer ?? 0
        return [
            told["endpoint"]?.string ?? "", state,
            word(vi: "\(attempts) lần gửi", en: "\(attempts) attempts"), told["last_error"]?.string ?? "",
        ].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
