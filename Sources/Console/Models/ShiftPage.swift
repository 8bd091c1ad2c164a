import Casework
public import Collection
import Identity
public import Values
import Workflow

/// A shift: what it took, counting it, deciding on its difference, and carrying its cash to the bank.
public struct ShiftPage: ConsolePage {
    public static let template = "shift"
    public static let section: ConsoleSection? = .counter

    /// A denomination of the count.
    struct Note: Sendable {
        /// Of the field: `note-500000`.
        let field: String
        let name: String
        let value: String
        let plain: String
    }

    /// A refund that waits to be handed out.
    struct Choice: Sendable {
        let id: String
        let name: String
        let isChosen: Bool
    }

    public let title: String
    let id: String
    let state: Badge
    let facts: [Fact]
    let sums: [Fact]
    let hasSums: Bool
    let done: String?
    let fault: String?
    let mayClose: Bool
    let notes: [Note]
    let others: String
    let explanation: String
    /// Whether an explanation is asked for now.
    let needsExplanation: Bool
    let mayApprove: Bool
    let isOwnDifference: Bool
    let mayGiveBack: Bool
    let handouts: [Choice]
    let hasHandouts: Bool
    let mayDeposit: Bool
    let toDeposit: String
    let toDepositPlain: String
    let depositSlip: String
    let depositDay: String
    let takings: [CounterPage.Taken]
    let hasTakings: Bool

    public init(
        _ shift: Shift,
        takings: [ShiftTaking],
        handouts: [Handout] = [],
        agencyName: String,
        typed: [String: String] = [:],
        fault: ServiceError? = nil,
        done: String? = nil,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Ca thu ", en: "Shift ") + String(shift.id)
        id = String(shift.id)
        state = word.badge(shift.state)
        facts = ShiftPage.facts(shift, agencyName, word)
        sums = shift.sums.compactMap { sum in
            Fact(
                word[Vocabulary.channel[sum.channel]],
                word.money(sum.amount) + " · " + word.number(sum.count)
            )
        }
        hasSums = !sums.isEmpty
        self.done = done
        self.fault = fault?.text(in: language)
        let isOwn = shift.isOf(caller.person) && caller.holds(.workShift)
        mayClose = isOwn && shift.state != .closed
        notes = CashCount.denominations.map { note in
            let field = "note-\(note)"
            let known = shift.count?.pieces[note].map(String.init) ?? ""
            return Note(
                field: field,
                name: word.money(Money(note)),
                value: typed[field] ?? known,
                plain: String(note)
            )
        }
        others = typed["others"] ?? shift.count.flatMap { $0.others > .zero ? $0.others.description : nil } ?? ""
        explanation = typed["explanation"] ?? shift.explanation ?? ""
        needsExplanation = fault?.faults.contains { $0.pointer == "/explanation" } ?? false
        mayApprove = shift.state == .counted && !shift.isOf(caller.person) && caller.holds(.approveShift)
        isOwnDifference = shift.state == .counted && shift.isOf(caller.person)
        mayGiveBack = isOwn && shift.state == .open
        self.handouts = handouts.map { one in
            let parts = [
                word.money(one.amount), one.dossierCode, word.personal(one.payerName, .name), one.mark,
            ]
            return Choice(
                id: one.id.text,
                name: parts.compactMap { $0 }.joined(separator: " · "),
                isChosen: one.id.text == typed["refund"]
            )
        }
        hasHandouts = !handouts.isEmpty
        mayDeposit =
            shift.state == .closed && shift.deposit == nil && shift.toDeposit > .zero && caller.holds(.workShift)
        toDeposit = word.money(shift.toDeposit)
        toDepositPlain = shift.toDeposit.description
        (depositSlip, depositDay) = (typed["slip"] ?? "", typed["day"] ?? now.day.description)
        self.takings = takings.map { CounterPage.told($0, word) }
        hasTakings = !takings.isEmpty
    }

    private static func facts(_ shift: Shift, _ agency: String, _ word: Wording) -> [Fact] {
        [
            Fact(word(vi: "Thu ngân", en: "Cashier"), shift.cashierName),
            Fact(word(vi: "Cơ quan", en: "Agency"), agency),
            Fact(word(vi: "Mở lúc", en: "Opened"), shift.openedAt.formatted),
            Fact(word(vi: "Tiền lẻ đầu ca", en: "Float"), word.money(shift.float)),
            shift.givenBack == .zero
                ? nil : Fact(word(vi: "Đã chi hoàn", en: "Given back"), word.money(shift.givenBack)),
            Fact(word(vi: "Tiền mặt phải có", en: "Cash expected"), word.money(shift.expected)),
            shift.counted.flatMap { Fact(word(vi: "Đếm được", en: "Counted"), word.money($0)) },
            shift.count.flatMap { count in
                let notes = count.lines.map { "\(word.number($0.denomination)) × \($0.pieces)" }
                return Fact(word(vi: "Kiểm đếm", en: "Notes"), notes.joined(separator: ", "))
            },
            shift.difference.flatMap { Fact(word(vi: "Chênh lệch", en: "Difference"), word.money($0)) },
            Fact(word(vi: "Giải trình", en: "Explanation"), shift.explanation),
            Fact(
                word(vi: "Người duyệt", en: "Approved by"),
                shift.approvedByName.map { $0 + (shift.approvalNote.map { ": " + $0 } ?? "") }
            ),
            Fact(word(vi: "Đóng lúc", en: "Closed"), shift.closedAt?.formatted),
            shift.deposit.flatMap { deposit in
                Fact(
                    word(vi: "Đã nộp ngân hàng", en: "Carried to the bank"),
                    [
                        word.money(deposit.amount), deposit.slipNumber, deposit.depositedOn.formatted,
                        deposit.shownAt == nil
                            ? word(vi: "chờ sao kê", en: "awaits its line")
                            : word(vi: "đã thấy trên sao kê", en: "shown by the bank"),
                    ].joined(separator: " · ")
                )
            },
        ].compactMap { $0 }
    }
}
