import BankCallbacks
import Casework
import Collection
import FeeSchedule
import PaymentQR
import Values
import Workflow

/// What changes on a payment page, as finished strings in one language.
struct PayPage {
    /// A row of the bill.
    struct Row {
        let name: String
        let detail: String
        let hasDetail: Bool
        /// Whether the detail is Vietnamese on a page that is not: a law has its name in one language.
        let isForeign: Bool
        let amount: String
        let isTotal: Bool
    }

    /// A line that can be copied.
    struct Copyable {
        let name: String
        /// As people read it.
        let shown: String
        /// As it is copied.
        let plain: String
        let canCopy: Bool
    }

    /// What may happen to a payment that is simulated.
    struct Simulation {
        let code: String
        let name: String
    }

    struct App {
        let name: String
        let href: String
    }

    let state: PayerState
    /// `wait`, `done`, `warn` or `plain`: the colour that the state is told in, beside its words.
    let tone: String
    let heading: String
    /// The amount that matters in this state; empty if none does.
    let amount: String
    let hasAmount: Bool
    let says: [String]
    let asksForMoney: Bool
    let hasQR: Bool
    let qr: String
    let pictureHref: String
    let noticeHref: String
    let copyables: [Copyable]
    let apps: [App]
    let hasApps: Bool
    /// Whether the national payment platform may be paid at.
    let hasPlatform: Bool
    /// Above the transfer by hand, which may be one of several ways.
    let transferTitle: String
    let platformHref: String
    /// Whether it may be paid without a bank.
    let hasSimulation: Bool
    let simulateHref: String
    let simulations: [Simulation]
    let rows: [Row]
    let refunds: [String]
    let hasRefunds: Bool
    let receipts: [PayReceipt]
    let hasReceipts: Bool
    let canRenew: Bool
    let renewHref: String
    let successorHref: String
    let hasSuccessor: Bool
    /// The request whose payment ended this one.
    let formerHref: String
    let hasFormer: Bool
    let returnURL: String
    let hasReturn: Bool
    let isSettled: Bool
    let procedure: String
    let agency: String
    let dossier: String
    let reference: String
    let selfHref: String

    init(_ view: PayerView, _ names: PayNames, _ installation: Installation, now: Instant, in language: Language) {
        let request = view.request
        let words = PayWords(view: view, language: language)
        let path = "/pay/" + request.token
        let query = "?lang=" + language.rawValue
        state = view.state
        tone = PayWords.tone(of: view.state)
        heading = PayTexts.heading(view.state)[language]
        amount = words.amount.map { $0.formatted(in: language) } ?? ""
        hasAmount = words.amount != nil
        says = words.sentences
        let code = request.qrPayload(at: now).flatMap { QRCode($0) }
        asksForMoney = view.state.asksForMoney
        hasQR = code != nil && view.state.asksForMoney
        qr = hasQR ? code?.svg ?? "" : ""
        pictureHref = path + "/picture.png" + query
        noticeHref = path + "/notice.pdf" + query
        copyables = hasQR ? PayPage.copyables(request, language) : []
        apps = hasQR ? PayPage.apps(request, installation) : []
        hasApps = !apps.isEmpty
        hasPlatform = hasQR && names.hasPlatform
        transferTitle = PayTexts.all[hasApps || hasPlatform ? "transferOr" : "transfer"]?[language] ?? ""
        platformHref = path + "/platform" + query
        hasSimulation = hasQR && names.hasSimulation
        simulateHref = path + "/simulate" + query
        simulations = SimulatedPayRoutes.kinds.map { Simulation(code: $0.rawValue, name: $0.words[language]) }
        rows = PayPage.rows(view, language)
        refunds = view.refunds.map { words.refund($0) }
        hasRefunds = !refunds.isEmpty
        receipts = PayReceipt.list(request, in: language)
        hasReceipts = !receipts.isEmpty
        canRenew = view.state == .expired && view.successor == nil
        renewHref = path + "/renew" + query
        successorHref = "/pay/\(view.successor ?? "")" + query
        hasSuccessor = view.successor != nil && [.expired, .cancelled].contains(view.state)
        formerHref = "/pay/\(view.paidFormer ?? "")" + query
        hasFormer = view.paidFormer != nil
        returnURL = request.returnURL ?? ""
        hasReturn = request.returnURL != nil
        isSettled = [.paid, .free, .tooMuch].contains(view.state)
        procedure = names.procedure?[language] ?? request.procedureCode
        agency = names.agency?[language] ?? request.agencyCode
        dossier = request.dossierCode
        reference = request.reference
        selfHref = path + query
    }

    private static func copyables(_ request: PaymentRequest, _ language: Language) -> [Copyable] {
        copyables(
            bin: request.bankBIN,
            account: request.accountNumber,
            holder: request.accountName,
            amount: request.amountRemaining,
            note: request.reference,
            language
        )
    }

    /// What somebody types who makes the transfer without the code.
    static func copyables(
        bin: String,
        account: String,
        holder: String,
        amount: Money,
        note: String,
        _ language: Language
    ) -> [Copyable] {
        func text(_ name: String) -> String { PayTexts.all[name]?[language] ?? "" }
        let bank = BankNames.name(bin: bin).map { "\($0) (\(bin))" } ?? bin
        return [
            Copyable(name: text("bank"), shown: bank, plain: "", canCopy: false),
            Copyable(name: text("account"), shown: account, plain: account, canCopy: true),
            Copyable(name: text("holder"), shown: holder, plain: "", canCopy: false),
            Copyable(
                name: text("amount"),
                shown: amount.formatted(in: language),
                plain: amount.description,
                canCopy: true
            ),
            Copyable(name: text("note"), shown: note, plain: note, canCopy: true),
        ]
    }

    private static func apps(_ request: PaymentRequest, _ installation: Installation) -> [App] {
        guard installation.bankApps != .off else { return [] }
        let transfer = (
            account: request.accountNumber, bin: request.bankBIN, amount: request.amountRemaining,
            note: request.reference
        )
        return BankApp.all.map { app in
            App(name: app.name, href: app.address(filling: installation.bankApps == .fill ? transfer : nil))
        }
    }

    /// The bill: what each thing costs, what was taken off and by which rule, what is due, what came, what remains.
    private static func rows(_ view: PayerView, _ language: Language) -> [Row] {
        func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[language] }
        func row(
            _ name: String,
            _ amount: Money,
            detail: String = "",
            isLaw: Bool = false,
            minus: Bool = false,
            total: Bool = false
        ) -> Row {
            Row(
                name: name,
                detail: detail,
                hasDetail: !detail.isEmpty,
                isForeign: isLaw && language != .vietnamese,
                amount: (minus ? "−" : "") + amount.formatted(in: language),
                isTotal: total
            )
        }
        let request = view.request
        var rows: [Row] = []
        for line in request.lines.array ?? [] {
            let quantity = line["quantity"]?.integer ?? 1
            let name = line[language == .vietnamese ? "name_vi" : "name_en"]?.string ?? ""
            let listed = Money(line["list_amount"]?.integer ?? 0)
            rows.append(
                row(name + (quantity == 1 ? "" : " × \(quantity)"), listed, detail: say("Mức thu", "List price"))
            )
            for rule in line["applied"]?.array ?? [] {
                let isDiscount = rule["rule"]?.string == "discount"
                let why =
                    isDiscount
                    ? (request.channel == .online
                        ? say("Giảm khi nộp trực tuyến", "Online discount") : say("Mức thu ưu đãi", "Discount"))
                    : say("Miễn, giảm theo đối tượng", "Reduction for your category")
                let basis = rule["legal_basis"]?.string ?? ""
                rows.append(row(why, Money(rule["benefit"]?.integer ?? 0), detail: basis, isLaw: true, minus: true))
            }
        }
        // Of what ended unpaid nobody is to pay anything.
        let isOver = [.cancelled, .expired].contains(view.state)
        let due = isOver ? say("Số tiền của yêu cầu", "Amount of the request") : say("Phải nộp", "To pay")
        rows.append(row(due, request.amountDue, total: !hasMoved(view) && !isOver))
        if hasMoved(view) {
            rows += received(view, language).map { row($0.name, $0.amount, minus: $0.isMinus) }
            if view.excess > .zero {
                rows.append(row(say("Nộp thừa", "Paid in excess"), view.excess, total: true))
            } else if [.waiting, .partPaid, .expiredInPart, .paid].contains(view.state) {
                rows.append(row(say("Còn phải nộp", "Remaining"), request.amountRemaining, total: true))
            }
        }
        if let held = view.held {
            rows.append(row(say("Đang giữ, chưa tính", "Held, not counted"), held.amount, total: true))
        }
        return rows
    }

    /// What came, and what went back of it.
    private static func received(_ view: PayerView, _ language: Language) -> [(
        name: String, amount: Money, isMinus: Bool
    )] {
        func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[language] }
        let back = view.backOfReceived
        var rows = [(say("Đã nhận", "Received"), view.request.amountKept + back, true)]
        if back > .zero {
            let isSettled = view.state != .goingBack
            rows.append(
                (isSettled ? say("Đã hoàn lại", "Given back") : say("Hoàn lại", "Going back"), back, false)
            )
        }
        return rows
    }

    private static func hasMoved(_ view: PayerView) -> Bool { view.request.amountKept + view.backOfReceived > .zero }
}
