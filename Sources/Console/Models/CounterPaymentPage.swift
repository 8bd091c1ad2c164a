import Casework
public import Collection
import FeeSchedule
import Identity
public import Values
import Workflow

/// One payment at the counter: what it costs and why, how it is taken, and what was taken.
public struct CounterPaymentPage: ConsolePage {
    public static let template = "counter-payment"
    public static let section: ConsoleSection? = .counter

    struct Line: Sendable {
        let name: String
        let amount: String
        let detail: [String]
    }

    /// A way to take the money, with its price.
    struct Way: Sendable {
        let channel: String
        let amount: String
        /// As the form sends it.
        let plain: String
        let lines: [Line]
        /// Whether the price is another one than the request states.
        let differs: Bool
    }

    struct Receipt: Sendable {
        let number: String
        /// `nil` for one that a provider shows.
        let href: String?
    }

    public let title: String
    let reference: String
    let state: Badge
    let facts: [Fact]
    let fault: String?
    let tenderedFault: String?
    let tendered: String
    let slip: String
    /// What was done with it: taken, with the change.
    let done: String?
    let change: String?
    let cash: Way?
    let card: Way?
    /// The page with the code; `nil` if nothing can be transferred for it.
    let displayHref: String?
    let codeAmount: String
    /// Where a request that was made for cash or a card gets a code; `nil` if it has one, or needs none.
    let codeHref: String?
    /// What it costs by the code.
    let priceByCode: String
    /// Tells of changes; `nil` once nothing remains to be paid.
    let watch: String?
    let isPaid: Bool
    let receipts: [Receipt]
    let hasReceipts: Bool
    let takeHref: String
    let selfHref: String
    let storyHref: String
    /// Makes a form that is sent twice count once.
    let once: String
    let needsShift: Bool
    /// Why there is none to take cash in, and what to do.
    let shiftText: String
    /// What the cashier should know before more is taken for it.
    let warnings: [String]
    /// Whether the cashier must say so.
    let isWarned: Bool

    /// What the page is made of.
    public struct Desk: Sendable {
        let request: PaymentRequest
        let offers: [CounterPayments.Offer]
        let takings: [ShiftTaking]
        let procedure: String
        let agency: String
        let shifts: [Shift]
        let standing: PayerView?

        /// - Parameters:
        ///   - offers: what remains by each channel; empty if nothing is to be paid.
        ///   - takings: what was taken for it at counters, the latest first.
        ///   - shifts: those of the person that are not closed, at whatever drawers.
        ///   - standing: how it stands for its payer; `nil` leaves out what is known of other money.
        public init(
            _ request: PaymentRequest,
            offers: [CounterPayments.Offer],
            takings: [ShiftTaking],
            procedure: String,
            agency: String,
            shifts: [Shift],
            standing: PayerView? = nil
        ) {
            self.request = request
            self.offers = offers
            self.takings = takings
            self.procedure = procedure
            self.agency = agency
            self.shifts = shifts.filter { $0.agencyCode == request.agencyCode }
            self.standing = standing
        }
    }

    public init(
        _ desk: Desk,
        typed: [String: String] = [:],
        fault: ServiceError? = nil,
        once: String,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        let request = desk.request
        title = word(vi: "Thu tiền ", en: "Take ") + request.dossierCode
        reference = request.reference
        state = word.badge(request.status(at: now))
        facts = CounterPaymentPage.facts(desk, isOwn: request.createdBy == caller.id, word)
        tenderedFault = fault?.faults.first { $0.pointer == "/tendered" }?.reason[language]
        self.fault = tenderedFault == nil ? fault?.text(in: language) : nil
        (tendered, slip) = (typed["tendered"] ?? "", typed["slip"] ?? "")
        isPaid = request.amountRemaining == .zero
        let last = desk.takings.first
        done = last.map { taking in
            let way = word[Vocabulary.channel[taking.channel]]
            return word(
                vi: "Đã thu \(word.money(taking.amount)) (\(way)).",
                en: "\(word.money(taking.amount)) taken (\(way))."
            )
        }
        change = last?.change.map { word.money($0) }
        func way(_ channel: Channel) -> Way? {
            desk.offers.first { $0.channel == channel && $0.remaining > .zero }.map { offer in
                Way(
                    channel: channel.rawValue,
                    amount: word.money(offer.remaining),
                    plain: offer.remaining.description,
                    lines: CounterPaymentPage.lines(offer.assessment.linesJSON, word),
                    differs: offer.price != request.amountDue
                )
            }
        }
        (cash, card) = (way(.counterCash), way(.counterCard))
        let hasCode = request.qrPayload(at: now) != nil
        displayHref = hasCode ? "/pay/\(request.token)/display?lang=\(language.rawValue)" : nil
        codeAmount = word.money(request.amountRemaining)
        watch = isPaid || !hasCode ? nil : "/pay/\(request.token)/events?lang=\(language.rawValue)"
        receipts =
            request.receipts.filter { !$0.isReplaced }.map { receipt in
                Receipt(number: receipt.text, href: "/r/\(receipt.address)/receipt.pdf")
            } + request.orderedReceipts.map { Receipt(number: $0.number ?? word[$0.state.words], href: nil) }
        hasReceipts = !receipts.isEmpty
        selfHref = "/console/counter/payments/\(request.id.text)"
        takeHref = selfHref + "/take"
        let byCode = desk.offers.first { $0.channel == .counterQR && $0.remaining > .zero }
        let isCash = [.counterCash, .counterCard].contains(request.channel) && request.status(at: now) == .pending
        codeHref = isCash && byCode != nil ? selfHref + "/code" : nil
        priceByCode = byCode.map { word.money($0.remaining) } ?? ""
        storyHref = "/console/payments/\(request.id.text)"
        self.once = once
        let isOpen = desk.shifts.contains { $0.state == .open }
        needsShift = !isOpen && !isPaid
        let counted = desk.shifts.first { $0.state == .counted }
        shiftText =
            counted.map { CounterPage.told(counted: $0, word) }
            ?? word(
                vi: "Bạn chưa mở ca thu nào ở cơ quan này. Thu tiền mặt cần một ca đang mở.",
                en: "You have no open shift at this agency. Taking cash needs one."
            )
        warnings = CounterPaymentPage.warnings(desk, word)
        isWarned = desk.standing?.isPaidOtherwise == true && !isPaid
    }

    /// Who pays twice gets the money back, and waits for it: better that it is not taken.
    private static func warnings(_ desk: Desk, _ word: Wording) -> [String] {
        var told: [String] = []
        if desk.standing?.isSuccessorPaid == true {
            told.append(
                word(
                    vi:
                        "Hồ sơ này đã được nộp bằng một mã khác, cấp sau mã này. Chỉ thu thêm nếu người nộp phải nộp lần nữa.",
                    en:
                        "This dossier has been paid by another code, made after this one. Take more only if it is owed again."
                )
            )
        }
        guard let held = desk.standing?.held else { return told }
        let amount = word.money(held.amount)
        let why =
            switch held.reason {
            case .paidElsewhere: word(vi: "đã được nộp bằng mã khác", en: "another code had been paid")
            case .late: word(vi: "đến sau khi mã hết hạn hoặc bị hủy", en: "it came after the code had ended")
            case .otherAccount: word(vi: "vào tài khoản khác", en: "it went to another account")
            case .basket: word(vi: "đến theo mã nộp chung nhiều hồ sơ", en: "it came by the code for several dossiers")
            }
        return told + [
            word(
                vi:
                    "Đang giữ \(amount) của người nộp, chưa tính vào hồ sơ: \(why). Phòng tài chính xử lý trong Vụ việc.",
                en: "\(amount) of the payer is held and does not count: \(why). Finance decides in Cases."
            )
        ]
    }

    /// - Parameter isOwn: whether the cashier made the request: who typed the payer's name sees it.
    private static func facts(_ desk: Desk, isOwn: Bool, _ word: Wording) -> [Fact] {
        let request = desk.request
        return [
            Fact(word(vi: "Hồ sơ", en: "Dossier"), request.dossierCode),
            Fact(word(vi: "Thủ tục", en: "Procedure"), desk.procedure),
            Fact(word(vi: "Cơ quan", en: "Agency"), desk.agency),
            Fact(
                word(vi: "Người nộp", en: "Payer"),
                isOwn ? request.payerName : word.personal(request.payerName, .name)
            ),
            Fact(word(vi: "Phải nộp", en: "Due"), word.money(request.amountDue)),
            request.amountKept > .zero
                ? Fact(word(vi: "Đã nhận", en: "Received"), word.money(request.amountKept)) : nil,
        ].compactMap { $0 }
    }

    static func lines(_ json: JSON, _ word: Wording) -> [Line] {
        (AssessedLines.told(json, in: word.language).array ?? []).map { line in
            let name = line[word.language == .vietnamese ? "name_vi" : "name_en"]?.string
            let quantity = line["quantity"]?.integer ?? 1
            let listed = Money(line["list_amount"]?.integer ?? 0)
            let basis = line["legal_basis"]?.string ?? ""
            return Line(
                name: (name ?? line["name_vi"]?.string ?? "") + (quantity == 1 ? "" : " × \(quantity)"),
                amount: word.money(Money(line["payable"]?.integer ?? 0)),
                detail: [word(vi: "Mức thu ", en: "List price ") + word.money(listed) + " · " + basis]
                    + (line["applied"]?.array ?? []).compactMap { $0["sentence"]?.string?.unbroken }
            )
        }
    }
}
