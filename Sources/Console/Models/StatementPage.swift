public import Collection
import Identity
public import Values
import Workflow

/// A statement: what it says of itself, what became of its lines, what another person must confirm, and how to take it back.
public struct StatementPage: ConsolePage {
    public static let template = "statement"
    public static let section: ConsoleSection? = .statements

    struct Outcome: Sendable {
        let name: String
        let lines: String
        let share: String
    }

    struct Waiting: Sendable {
        let id: String
        let line: String
        let at: String
        let amount: String
        let memo: String
        let from: String
        let pays: [Fact]
    }

    public let title: String
    let id: String
    let facts: [Fact]
    let outcomes: [Outcome]
    let warnings: [String]
    let waiting: [Waiting]
    let waitingLines: String
    let waitingTotal: String
    let hasWaiting: Bool
    let mayConfirm: Bool
    let isOwn: Bool
    let mayUndo: Bool
    let undone: String?
    let forced: String?
    let days: [Fact]
    let mayRun: Bool
    let done: String?
    let fault: String?

    public init(
        _ shown: ShownStatement,
        for caller: Caller,
        done: String? = nil,
        fault: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        let one = shown.statement
        title = word(vi: "Sao kê \(one.id)", en: "Statement \(one.id)")
        id = String(one.id)
        facts = StatementPage.facts(one, word)
        let total = max(1, ShownStatement.outcomeNames.reduce(0) { $0 + shown.lines($1) })
        outcomes = ShownStatement.outcomeNames.compactMap { name in
            let lines = shown.lines(name)
            guard lines > 0 else { return nil }
            return Outcome(
                name: word[Vocabulary.outcome[name]],
                lines: word.number(lines),
                share: String(lines * 100 / total)
            )
        }
        warnings = one.undone == nil ? shown.warnings.map { $0.sentence(in: language).unbroken } : []
        waiting = shown.awaiting.items.map { item in
            Waiting(
                id: String(item.lineID),
                line: word.number(item.number),
                at: item.bookedAt.formatted,
                amount: word.money(item.amount),
                memo: word.personal(item.memo, .memo) ?? "",
                from: word.personal(item.counterpartyName, .name) ?? "",
                pays: item.payments.compactMap {
                    Fact(
                        $0.reference + " · " + $0.dossierCode,
                        word.money($0.amount),
                        href: "/console/payments/\($0.requestID)"
                    )
                }
            )
        }
        hasWaiting = shown.awaiting.lines > 0
        waitingLines = word.number(shown.awaiting.lines)
        waitingTotal = word.money(shown.awaiting.total)
        isOwn = one.importedBy == caller.name && !one.isFeed
        mayConfirm = hasWaiting && caller.holds(.confirmRecoveries)
        mayUndo = one.undone == nil && caller.holds(.confirmRecoveries)
        undone = one.undone.map { undone in
            word(
                vi: "\(undone.by) đã hoàn tác lúc \(undone.at.formatted): \(undone.note)",
                en: "Undone by \(undone.by) at \(undone.at.formatted): \(undone.note)"
            )
        }
        forced = one.forced.map { forced in
            word(
                vi: "\(forced.by) nhập bắt buộc: \(forced.why)",
                en: "Import forced by \(forced.by): \(forced.why)"
            )
        }
        days = StatementPage.days(one)
        mayRun = one.undone == nil && caller.holds(.reconcile)
        self.done = done
        self.fault = fault
    }

    private static func facts(_ one: StoredStatement, _ word: Wording) -> [Fact] {
        [
            Fact(word(vi: "Tài khoản", en: "Account"), "\(one.account) · \(one.bankName)"),
            Fact(word(vi: "Kỳ", en: "Period"), word.day(one.firstDay) + " – " + word.day(one.lastDay)),
            Fact(word(vi: "Tệp", en: "File"), one.fileName),
            Fact(
                word(vi: "Định dạng", en: "Format"),
                one.mapping.map {
                    word(vi: "\(one.format), phiên bản \($0.version)", en: "\(one.format), version \($0.version)")
                }
                    ?? one.format,
                href: one.mapping.map { MappingsPage.path + "/\($0.id)" }
            ),
            Fact(word(vi: "Số dòng", en: "Lines"), word.number(one.lines)),
            Fact(
                word(vi: "Dòng đã có trước", en: "Lines known before"),
                one.overlapping > 0 ? word.number(one.overlapping) : nil
            ),
            Fact(word(vi: "Tổng ghi có", en: "Credits"), word.money(one.credits)),
            Fact(word(vi: "Tổng ghi nợ", en: "Debits"), word.money(one.debits)),
            Fact(word(vi: "Số dư đầu", en: "Opening balance"), one.openingBalance.map { word.money($0) }),
            Fact(word(vi: "Số dư cuối", en: "Closing balance"), one.closingBalance.map { word.money($0) }),
            Fact(word(vi: "Nhập", en: "Imported"), "\(one.importedAt.formatted) · \(one.importedBy)"),
        ].compactMap { $0 }
    }

    /// The days that it covers, at most a month of them.
    private static func days(_ one: StoredStatement) -> [Fact] {
        guard let first = one.firstDay, let last = one.lastDay else { return [] }
        let count = min(31, Int(last.daysSinceEpoch - first.daysSinceEpoch) + 1)
        return (0..<count).compactMap { offset in
            let day = first.adding(days: offset)
            return Fact(day.formatted, day.formatted, href: "/console/days/\(one.account)/\(day)")
        }
    }
}
