import Casework
public import Collection
import FeeSchedule
import Identity
import PaymentQR
public import Values
import Workflow

/// One order to the State Treasury: what it pays, who decided, and what may be done with it now.
public struct RemittancePage: ConsolePage {
    public static let template = "remittance"
    public static let section: ConsoleSection? = .reports

    struct Line: Sendable {
        let code: String
        let name: String
        let amount: String
    }

    public let title: String
    let href: String
    let state: Badge
    let facts: [Fact]
    let payer: [Fact]
    let lines: [Line]
    let total: String
    let words: String
    let memo: String
    let done: String?
    let fault: String?
    let mayApprove: Bool
    /// Whether the person made it, and another one decides.
    let isOwn: Bool
    let mayReject: Bool
    let maySend: Bool
    /// Whether the person approved it, and another one takes it.
    let isApprover: Bool
    let mayTakeFile: Bool
    let mayReturn: Bool

    public init(
        _ order: Remittance,
        agencyName: String,
        fault: ServiceError? = nil,
        done: String? = nil,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Lệnh nộp ngân sách ", en: "Order to the Treasury ") + order.mark
        href = "\(RemittancesPage.path)/\(order.id)"
        state = word.badge(order.state)
        facts = RemittancePage.facts(order, agencyName, word)
        payer = RemittancePage.payer(order, word)
        lines = order.lines.map { line in
            Line(
                code: "\(line.code.chapter) / \(line.code.budgetCode)",
                name: line.name,
                amount: word.money(line.amount)
            )
        }
        total = word.money(order.amount)
        words = order.amount.inWords
        memo = order.memo
        self.done = done
        self.fault = fault?.text(in: language)
        let person = caller.person
        let isDecided = order.state != .made
        isOwn = !isDecided && order.isMade(by: person)
        mayApprove = !isDecided && !order.isMade(by: person) && caller.holds(.approveRemittance)
        mayReject = (order.state == .made || order.state == .approved) && caller.holds(.takeRemittance)
        isApprover = order.state == .approved && order.isApproved(by: person)
        maySend = order.state == .approved && !order.isApproved(by: person) && caller.holds(.takeRemittance)
        mayTakeFile =
            (order.state == .sent || order.state == .settled) && !order.isApproved(by: person)
            && caller.holds(.takeRemittance)
        mayReturn = order.state == .sent && !order.isSent(by: person) && caller.holds(.takeRemittance)
    }

    private static func facts(_ order: Remittance, _ agency: String, _ word: Wording) -> [Fact] {
        func step(_ step: Remittance.Step?) -> String? { step.map { "\($0.name) · \($0.at.formatted)" } }
        return [
            Fact(word(vi: "Cơ quan", en: "Agency"), agency),
            Fact(word(vi: "Số tiền", en: "Amount"), word.money(order.amount)),
            Fact(word(vi: "Khoản phải nộp đến", en: "Due until"), order.dueUntil.asDeadline),
            Fact(word(vi: "Năm ngân sách", en: "Budget year"), String(order.key.budgetYear)),
            Fact(word(vi: "Người lập", en: "Made by"), step(order.made)),
            Fact(word(vi: "Người duyệt", en: "Approved by"), step(order.approved)),
            Fact(word(vi: "Người gửi ngân hàng", en: "Taken to the bank by"), step(order.sent)),
            Fact(
                order.state == .returned
                    ? word(vi: "Ghi nhận bị trả lại", en: "Said to have come back by")
                    : word(vi: "Người từ chối", en: "Rejected by"),
                step(order.ended)
            ),
            Fact(word(vi: "Lý do", en: "Why"), order.note),
            Fact(word(vi: "Thấy trên sao kê", en: "Shown by the bank"), order.settledAt?.formatted),
        ].compactMap { $0 }
    }

    private static func payer(_ order: Remittance, _ word: Wording) -> [Fact] {
        let (payer, bank) = (order.payer, BankNames.name(bin: order.bankBIN) ?? order.bankBIN)
        return [
            Fact(word(vi: "Người nộp", en: "Payer"), "\(payer.name) · \(payer.taxCode)"),
            Fact(word(vi: "Trích tài khoản", en: "From the account"), "\(order.key.accountNumber) · \(bank)"),
            Fact(
                word(vi: "Nộp vào", en: "To"),
                "\(order.key.treasuryAccount.rawValue) · \(payer.treasuryName) (\(payer.treasuryCode))"
            ),
            Fact(
                word(vi: "Cơ quan quản lý thu", en: "Office that manages the revenue"),
                "\(payer.officeName) (\(payer.officeCode))"
            ),
            Fact(word(vi: "Mã địa bàn", en: "Locality"), payer.areaCode),
        ].compactMap { $0 }
    }
}
