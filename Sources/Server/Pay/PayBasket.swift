import BankCallbacks
import Casework
import Collection
import FeeSchedule
import PaymentQR
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What changes on the payment page of a basket, as finished strings in one language.
struct PayBasket {
    /// A dossier that is paid together with others.
    struct Row {
        let dossier: String
        /// Its own page, where its receipts are.
        let href: String
        let procedure: String
        let state: String
        let amount: String
    }

    struct Sum {
        let name: String
        let amount: String
    }

    let tone: String
    let what: String
    let heading: String
    let amount: String
    let hasAmount: Bool
    let says: [String]
    let hasQR: Bool
    let qr: String
    let pictureHref: String
    let noticeHref: String
    let copyables: [PayPage.Copyable]
    let rows: [Row]
    let sums: [Sum]
    let returnURL: String
    let hasReturn: Bool
    let isSettled: Bool
    let reference: String
    let selfHref: String
    let hasSimulation: Bool
    let simulateHref: String
    let simulations: [PayPage.Simulation]

    /// - Parameters:
    ///   - excesses: what arrived for each of its requests beyond what was due.
    ///   - mayBeSimulated: whether a bank of this installation can be played.
    init(
        _ basket: Basket,
        excesses: [UUID: Money],
        _ schedule: Schedule,
        now: Instant,
        mayBeSimulated: Bool = false,
        in language: Language
    ) {
        let (state, remaining) = (basket.state(at: now), basket.amountRemaining(at: now))
        let path = "/pay/" + basket.token
        let query = "?lang=" + language.rawValue
        let isOpen = state == .open
        let count = basket.requests.count
        tone = PayBasket.tone(state, held: basket.held)
        what = Phrase(vi: "Nộp chung \(count) hồ sơ", en: "\(count) dossiers, one payment")[language]
        heading = PayBasket.heading(state, received: basket.amountReceived, held: basket.held)[language]
        hasAmount = isOpen || state == .paid
        amount = hasAmount ? (isOpen ? remaining : basket.amountDue).formatted(in: language) : ""
        says = PayBasket.sentences(basket, state, in: language)
        let code = basket.qrPayload(at: now).flatMap { QRCode($0) }
        hasQR = code != nil
        qr = code?.svg ?? ""
        pictureHref = path + "/picture.png" + query
        noticeHref = path + "/notice.pdf" + query
        copyables =
            code == nil
            ? []
            : PayPage.copyables(
                bin: basket.bankBIN,
                account: basket.accountNumber,
                holder: basket.accountName,
                amount: remaining,
                note: basket.reference,
                language
            )
        rows = basket.requests.map { request in
            PayBasket.row(request, excess: excesses[request.id] ?? .zero, schedule, now, query, language)
        }
        sums = PayBasket.sums(basket, state, remaining, language)
        returnURL = basket.requests.first?.returnURL ?? ""
        hasReturn = !returnURL.isEmpty
        isSettled = state == .paid
        reference = basket.reference
        selfHref = path + query
        hasSimulation = hasQR && mayBeSimulated
        simulateHref = path + "/simulate" + query
        simulations = SimulatedPayRoutes.kinds.map { PayPage.Simulation(code: $0.rawValue, name: $0.words[language]) }
    }

    private static func row(
        _ request: PaymentRequest,
        excess: Money,
        _ schedule: Schedule,
        _ now: Instant,
        _ query: String,
        _ language: Language
    ) -> Row {
        let facts = PayerState.Facts(
            status: request.status(at: now),
            due: request.amountDue,
            kept: request.amountKept,
            excess: excess,
            feeClaimed: request.feeRefundClaimed
        )
        return Row(
            dossier: request.dossierCode,
            href: "/pay/" + request.token + query,
            procedure: PayNames(request, schedule).procedure?[language] ?? request.procedureCode,
            state: PayTexts.heading(PayerState.decide(facts))[language],
            amount: request.amountDue.formatted(in: language)
        )
    }

    private static func sums(_ basket: Basket, _ state: BasketState, _ remaining: Money, _ language: Language) -> [Sum]
    {
        func sum(_ vi: String, _ en: String, _ amount: String) -> Sum {
            Sum(name: Phrase(vi: vi, en: en)[language], amount: amount)
        }
        let received = basket.amountReceived + (state == .paid ? basket.held : .zero)
        var sums = [sum("Tổng phải nộp", "Total", basket.amountDue.formatted(in: language))]
        guard received > .zero else { return sums }
        sums.append(sum("Đã nhận", "Received", "−" + received.formatted(in: language)))
        if basket.held > .zero, state == .paid {
            sums.append(sum("Nộp thừa", "Paid in excess", basket.held.formatted(in: language)))
        }
        // Of one that ended, what remains is asked for by each request.
        if state == .open || state == .paid && basket.held == .zero {
            sums.append(sum("Còn phải nộp", "Remaining", remaining.formatted(in: language)))
        }
        return sums
    }

    private static func tone(_ state: BasketState, held: Money) -> String {
        switch state {
        case .open: "wait"
        case .paid: "done"
        case .expired, .cancelled: held > .zero ? "warn" : "plain"
        }
    }

    private static func heading(_ state: BasketState, received: Money, held: Money) -> Phrase {
        switch state {
        case .expired where held > .zero, .cancelled where held > .zero: PayTexts.heading(.late)
        case .paid where held > .zero: PayTexts.heading(.tooMuch)
        case .open: PayTexts.heading(received > .zero ? .partPaid : .waiting)
        case .paid: PayTexts.heading(.paid)
        case .expired: PayTexts.heading(.expired)
        case .cancelled: PayTexts.heading(.cancelled)
        }
    }

    private static func sentences(_ basket: Basket, _ state: BasketState, in language: Language) -> [String] {
        let until = basket.expiresAt.formatted
        let phrases: [Phrase] =
            switch state {
            case .open:
                [
                    Phrase(
                        vi: "Quét mã, hoặc chuyển khoản một lần đúng số tiền và nội dung, trước \(until).",
                        en: "Scan the code, or make one transfer of this amount with this note, before \(until)."
                    ),
                    Phrase(
                        vi:
                            "Đừng chuyển hai lần, và đừng nộp riêng từng hồ sơ nữa.",
                        en:
                            "Do not pay twice, nor each dossier by itself."
                    ),
                ]
            case .paid where basket.held > .zero:
                [
                    Phrase(
                        vi:
                            "Đã nhận đủ cho mọi hồ sơ, và nhận thừa \(basket.held.formatted(in: .vietnamese)). Biên lai nằm ở trang của từng hồ sơ, mở từ danh sách dưới đây.",
                        en:
                            "Everything has arrived, and \(basket.held.formatted(in: .english)) more than was due. Each dossier’s receipts are on its own page: open it in the list below."
                    )
                ]
            case .paid:
                [
                    Phrase(
                        vi: "Đã nhận đủ cho mọi hồ sơ. Biên lai nằm ở trang của từng hồ sơ, mở từ danh sách dưới đây.",
                        en:
                            "Everything has arrived. Each dossier’s receipts are on its own page: open it in the list below."
                    )
                ]
            case .expired:
                [
                    Phrase(
                        vi:
                            "Mã nộp chung đã hết hạn lúc \(until). Nếu bạn đã chuyển tiền trước giờ đó, hãy đợi: tiền đến vẫn được tính cho các hồ sơ.",
                        en:
                            "The code for all dossiers expired at \(until). If you transferred the money before then, wait: it still counts for them."
                    ),
                    Phrase(
                        vi: "Nếu chưa chuyển, hãy nộp từng hồ sơ ở trang của hồ sơ đó.",
                        en: "If you did not, pay each dossier on its own page."
                    ),
                ]
            case .cancelled:
                [
                    Phrase(
                        vi:
                            "Mã nộp chung đã được hủy: đừng chuyển tiền theo mã này. Mỗi hồ sơ vẫn có trang nộp riêng dưới đây.",
                        en:
                            "The code for all dossiers was withdrawn: do not pay by it. Each dossier still has its own page below."
                    )
                ]
            }
        return (phrases + (basket.held > .zero ? [kept(basket.held)] : [])).map { $0[language] }
    }

    private static func kept(_ held: Money) -> Phrase {
        Phrase(
            vi:
                "Chúng tôi đang giữ \(held.formatted(in: .vietnamese)) của bạn chưa tính được; tiền không mất. Cán bộ tài chính sẽ tính vào hồ sơ hoặc hoàn vào tài khoản đã chuyển. Đừng nộp lần nữa trước khi hỏi.",
            en:
                "We hold \(held.formatted(in: .english)) of yours that does not count yet; nothing is lost. A finance officer will count it towards a dossier, or send it back to the account it came from. Ask before you pay again."
        )
    }
}
