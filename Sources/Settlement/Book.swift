import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

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

    /// The first reference that exists counts: that of a request or of a basket.
    func named(by notice: Notice) -> (request: Facts.Request?, basket: Facts.Basket?) {
        for reference in notice.references {
            if let request = facts.requests[reference] { return (request, nil) }
            if let basket = facts.baskets[reference] { return (nil, basket) }
        }
        return (nil, nil)
    }

    func request(of notice: Notice) -> Facts.Request? { named(by: notice).request }

    /// The requests of a basket, in the order in which money pays them.
    func members(of basket: Facts.Basket) -> [Facts.Request] { basket.members.compactMap { facts.requests[$0] } }

    /// The line that brought a notice's money: one of the same transfer, or a waiting one of the same amount for the
    /// same request.
    func earlierLine(of subject: Subject) -> Facts.EarlierLine? {
        if let line = facts.lines[subject.notice.transfer] {
            // What a line would pay of a basket is known by the basket.
            return subject.basket.flatMap { facts.waiting[$0.id]?.first { $0.id == line.id } } ?? line
        }
        if let basket = subject.basket, basket.accountNumber == subject.notice.accountNumber {
            return facts.waiting[basket.id]?.first { $0.rest == subject.notice.amount }
        }
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
        for renewal in decision.ended { facts.requests[renewal.reference]?.status = .cancelled }
        for part in decision.parts {
            facts.requests[part.reference]?.netApplied += part.amount
            if part.completes { facts.requests[part.reference]?.status = .paid }
        }
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
        for id in facts.basketRecoveries.keys {
            facts.basketRecoveries[id]?.removeAll { !confirmed.isDisjoint(with: $0.notices) }
        }
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
        let proposals = Set([proposal] + line.otherProposals)
        for (key, other) in facts.lines where other.proposalID.map(proposals.contains) ?? false {
            facts.lines[key]?.proposalID = nil
            facts.lines[key]?.rest = .zero
        }
        for id in facts.waiting.keys {
            facts.waiting[id]?.removeAll { waiting in
                !proposals.isDisjoint(with: (waiting.proposalID.map { [$0] } ?? []) + waiting.otherProposals)
            }
        }
    }
}
