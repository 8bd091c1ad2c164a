import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Decides a batch of notices in the given order, each as if it had arrived alone.
public enum SettlementBatch {
    /// The rules of docs/money-rules.md in their order: the first rule that decides a notice is the last one applied.
    static let rules: [Rule] = [
        repeatedReport,
        notACredit,
        countedTransfer,
        counterPaymentShown,
        recoveredBefore,
        lineCameFirst,
        unknownReference,
        otherAccount,
        cancelledRequest,
        expiredRequest,
        payment,
    ]

    /// A rule decides a notice, or returns `nil` to leave it to later rules.
    typealias Rule = @Sendable (Subject, Book) -> Verdict?

    /// Returns one verdict for each notice, in their order.
    public static func decide(_ notices: [Notice], facts: Facts, terms: SettlementTerms) -> [Verdict] {
        var book = Book(facts: facts, terms: terms)
        return notices.enumerated().map { place, notice in
            let subject = Subject(notice, in: book)
            guard let verdict = rules.lazy.compactMap({ $0(subject, book) }).first else {
                preconditionFailure("the last rule decides every notice")
            }
            if let decision = verdict.decision { book.enter(decision, on: notice, place: place) }
            return verdict
        }
    }
}

/// The facts while the batch is being decided: each decision changes what the next notice finds.
struct Book {
    private(set) var facts: Facts
    let terms: SettlementTerms
    /// What came earlier in the batch.
    private(set) var reportPlaces: [ReportKey: FirstReport] = [:]
    private var transferPlaces: [TransferKey: Int] = [:]
    private var toldPlaces: [TransferKey: Int] = [:]
    private(set) var recoveryPlaces: [UUID: [(place: Int, amount: Money)]] = [:]

    /// A report of the batch that later ones with its key repeat or contradict.
    struct FirstReport {
        let place: Int
        let contentHash: [UInt8]
        let accountNumber: String
        let requestID: UUID?
    }

    init(facts: Facts, terms: SettlementTerms) {
        self.facts = facts
        self.terms = terms
    }

    /// The first reference that exists counts.
    func request(of notice: Notice) -> Facts.Request? {
        for reference in notice.references {
            if let request = facts.requests[reference] { return request }
        }
        return nil
    }

    /// The line that brought a notice's money: one of the same transfer, or a waiting one of the same amount for the
    /// same request.
    func earlierLine(of subject: Subject) -> Facts.EarlierLine? {
        if let line = facts.lines[subject.notice.transfer] { return line }
        // Money on another account is not the money of the line.
        guard let request = subject.request, request.accountNumber == subject.notice.accountNumber else { return nil }
        return facts.waiting[request.id]?.first { $0.rest == subject.notice.amount }
    }

    mutating func enter(_ decision: Decision, on notice: Notice, place: Int) {
        if notice.source == .callback, reportPlaces[notice.report] == nil {
            reportPlaces[notice.report] = FirstReport(
                place: place,
                contentHash: notice.contentHash,
                accountNumber: notice.accountNumber,
                requestID: decision.requestID
            )
        }
        confirm(decision)
        if let id = decision.requestID, notice.source == .statement, decision.applied > .zero,
            toldTransfer(notice.transfer) == nil
        {
            recoveryPlaces[id, default: []].append((place, notice.amount))
        }
        if decision.bringsMoney, transferPlaces[notice.transfer] == nil {
            transferPlaces[notice.transfer] = place
        }
        if notice.source == .callback, decision.isRecorded, decision.outcome == .duplicate,
            toldPlaces[notice.transfer] == nil
        {
            toldPlaces[notice.transfer] = place
        }
        if let line = decision.line { use(line, for: notice) }
        if let shown = decision.clears { facts.counterPayments.removeAll { $0.noticeID == shown.noticeID } }
        guard decision.applied > .zero, let request = request(of: notice) else { return }
        facts.requests[request.reference]?.netApplied += decision.applied
        if decision.completes { facts.requests[request.reference]?.status = .paid }
    }

    /// One callback confirms one recovery: another callback of the same amount is another payment. A report of the
    /// transfer itself confirms it, whichever request it names.
    private mutating func confirm(_ decision: Decision) {
        var confirmed = Set(decision.confirmed)
        switch decision.earlier {
        case .notice(let earlier)?: confirmed.insert(earlier)
        case .placeInBatch(let earlier)?:
            for id in recoveryPlaces.keys { recoveryPlaces[id]?.removeAll { $0.place == earlier } }
        case nil: break
        }
        guard !confirmed.isEmpty else { return }
        for id in facts.recoveries.keys { facts.recoveries[id]?.removeAll { confirmed.contains($0.noticeID) } }
    }

    /// The notice that brought a transfer into the books.
    func countedTransfer(_ transfer: TransferKey) -> Decision.Earlier? {
        facts.transfers[transfer].map { .notice($0) } ?? transferPlaces[transfer].map { .placeInBatch($0) }
    }

    /// The callback that reported a transfer without bringing money.
    func toldTransfer(_ transfer: TransferKey) -> Decision.Earlier? {
        facts.toldTransfers[transfer].map { .notice($0) } ?? toldPlaces[transfer].map { .placeInBatch($0) }
    }

    /// A line pays once: for other reports of its transfer nothing is left of it.
    private mutating func use(_ line: Facts.EarlierLine, for notice: Notice) {
        facts.lines[notice.transfer] = nil
        guard let proposal = line.proposalID else { return }
        for (key, other) in facts.lines where other.proposalID == proposal {
            facts.lines[key]?.proposalID = nil
            facts.lines[key]?.rest = .zero
        }
        for id in facts.waiting.keys { facts.waiting[id]?.removeAll { $0.proposalID == proposal } }
    }
}

/// A notice that the rules are deciding about.
struct Subject {
    let notice: Notice
    let request: Facts.Request?
    let time: BelievedTime

    init(_ notice: Notice, in book: Book) {
        self.notice = notice
        request = book.request(of: notice)
        time = BelievedTime(of: notice, request: request, signedDays: book.facts.signedDays, terms: book.terms)
    }

    func decide(_ outcome: NoticeOutcome, _ reason: Reason) -> Decision {
        var decision = Decision(outcome, reason, movedAt: time.at)
        decision.timeWasReplaced = time.wasReplaced
        decision.requestID = request?.id
        return decision
    }

    /// Puts all of the money into suspense.
    func suspend(_ outcome: NoticeOutcome, _ reason: Reason) -> Verdict {
        var decision = decide(outcome, reason)
        decision.suspense = notice.amount
        return .decided(decision)
    }
}
