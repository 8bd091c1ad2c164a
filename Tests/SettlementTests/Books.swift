import Foundation
import Settlement
import Values
import Workflow

/// Books in memory: the four steps of the shell without a database, so that batches of notices can be settled one after
/// another. Whatever breaks a rule that holds for every batch is noted in ``violations``.
struct Books {
    var terms = SettlementTerms(now: Instant("2026-11-21T10:00:00+07:00")!, graceSeconds: 86_400)
    var facts = Facts()
    /// The last day on which the price of a request holds; without one it always does.
    var prices: [String: Day] = [:]
    var received: [UUID: Money] = [:]
    var paidAt: [UUID: Instant] = [:]
    private(set) var balances: [Balance: Money] = [:]
    private(set) var cases: [CaseSubject: Effects.OpenedCase] = [:]
    private(set) var violations: [String] = []
    private var nextNotice: Int64 = 1

    /// What was written for one notice.
    struct Entry {
        let notice: Notice
        let decision: Decision
        /// Its own id, or that of the report recorded before it.
        let id: Int64?
        /// The id of the notice that reported the same before.
        let earlier: Int64?
        /// The day whose price was asked for.
        let asked: Day?
        let opened: [Effects.OpenedCase]
        let used: Effects.UsedLine?
        /// Ends the case `underpaid` that was open before the batch.
        let endsUnderpaid: Bool
    }

    enum Balance: Hashable {
        /// What arrived on an account by notices.
        case incoming(String)
        case suspense(String)
        case revenue(UUID)
        /// Where a payment of a counter lies, by its notice.
        case clearing(Int64)
    }

    struct CaseSubject: Hashable {
        let kind: CaseKind
        let subject: String
    }

    /// Decides a batch and writes what was decided. Prices that are asked for are looked up, and the batch decided again.
    mutating func settle(_ given: [Notice]) -> [Entry] {
        var batch = given
        var asked: [Int: Day] = [:]
        var verdicts = SettlementBatch.decide(batch, facts: facts, terms: terms)
        while verdicts.contains(where: { $0.decision == nil }) {
            for (place, verdict) in verdicts.enumerated() {
                guard case .needsPrice(let day) = verdict else { continue }
                if asked.updateValue(day, forKey: place) != nil { note("notice \(place) asked for its price twice") }
                batch[place].priceHolds = request(of: batch[place]).map { day <= prices[$0.reference] ?? day } ?? false
            }
            guard violations.isEmpty else { return [] }
            verdicts = SettlementBatch.decide(batch, facts: facts, terms: terms)
        }
        let decisions = verdicts.compactMap(\.decision)
        let effects = Effects(of: verdicts, on: batch)
        check(decisions, effects, batch)
        return write(decisions, effects, batch, asked)
    }

    mutating func note(_ violation: String) { violations.append(violation) }

    func request(of notice: Notice) -> Facts.Request? {
        notice.references.lazy.compactMap { facts.requests[$0] }.first
    }

    func balance(_ balance: Balance) -> Money { balances[balance] ?? .zero }

    private mutating func write(
        _ decisions: [Decision],
        _ effects: Effects,
        _ batch: [Notice],
        _ asked: [Int: Day]
    ) -> [Entry] {
        var ids: [Int64?] = []
        var entries: [Entry] = []
        for (place, decision) in decisions.enumerated() {
            let earlier: Int64? =
                switch decision.earlier {
                case .notice(let id)?: id
                case .placeInBatch(let before)?: ids[before]
                case nil: nil
                }
            let id = decision.isRecorded ? nextNotice : earlier
            ids.append(id)
            if decision.isRecorded { record(batch[place], decision, earlier) }
            let underpaid = CaseSubject(kind: .underpaid, subject: decision.requestID.map { "\($0)" } ?? "")
            entries.append(
                Entry(
                    notice: batch[place],
                    decision: decision,
                    id: id,
                    earlier: earlier,
                    asked: asked[place],
                    opened: effects.openedCases.filter { $0.place == place },
                    used: effects.usedLines.first { $0.place == place },
                    endsUnderpaid: decision.completes && cases[underpaid] != nil
                )
            )
        }
        post(effects, batch)
        openCases(effects, batch, decisions, ids)
        return entries
    }

    private mutating func record(_ notice: Notice, _ decision: Decision, _ earlier: Int64?) {
        let id = nextNotice
        nextNotice += 1
        if notice.source == .callback {
            facts.reports[notice.report] = Facts.RecordedReport(
                noticeID: id,
                contentHash: notice.contentHash,
                accountNumber: notice.accountNumber,
                requestID: decision.requestID
            )
        }
        if let shown = decision.clears { facts.counterPayments.removeAll { $0.noticeID == shown.noticeID } }
        let confirmed = decision.confirmed + (earlier.map { [$0] } ?? [])
        for id in facts.recoveries.keys { facts.recoveries[id]?.removeAll { confirmed.contains($0.noticeID) } }
        if let requestID = decision.requestID, notice.source == .statement, decision.applied > .zero,
            facts.toldTransfers[notice.transfer] == nil
        {
            facts.recoveries[requestID, default: []].append(Facts.Recovery(noticeID: id, amount: notice.amount))
        }
        if decision.applied + decision.suspense > .zero || decision.clears != nil {
            facts.transfers[notice.transfer] = facts.transfers[notice.transfer] ?? id
        } else if notice.source == .callback, decision.outcome == .duplicate {
            facts.toldTransfers[notice.transfer] = facts.toldTransfers[notice.transfer] ?? id
        }
    }

    private mutating func post(_ effects: Effects, _ batch: [Notice]) {
        for posting in effects.postings {
            let account = batch[posting.place].accountNumber
            func balance(_ side: Effects.Posting.Account) -> Balance {
                switch side {
                case .incoming: .incoming(account)
                case .suspense: .suspense(account)
                case .revenue(let id): .revenue(id)
                case .clearing(let notice): .clearing(notice)
                }
            }
            balances[balance(posting.debit), default: .zero] -= posting.amount
            balances[balance(posting.credit), default: .zero] += posting.amount
        }
        for change in effects.requests {
            guard let reference = facts.requests.first(where: { $0.value.id == change.id })?.key else {
                note("request \(change.id) is changed and is not known")
                continue
            }
            facts.requests[reference]?.netApplied += change.applied
            received[change.id, default: .zero] += change.received
            guard let at = change.paidAt else { continue }
            facts.requests[reference]?.status = .paid
            if paidAt.updateValue(at, forKey: change.id) != nil { note("\(reference) was paid twice") }
        }
        for used in effects.usedLines {
            // What a line still has in suspense is a person's from now on: its notice is in the books.
            facts.lines[batch[used.place].transfer] = nil
            guard let proposal = used.line.proposalID else { continue }
            for id in facts.waiting.keys { facts.waiting[id]?.removeAll { $0.proposalID == proposal } }
            for (key, line) in facts.lines where line.proposalID == proposal {
                facts.lines[key] = Facts.EarlierLine(id: line.id, caseID: nil, proposalID: nil, rest: .zero)
            }
        }
    }

    private mutating func openCases(
        _ effects: Effects,
        _ batch: [Notice],
        _ decisions: [Decision],
        _ ids: [Int64?]
    ) {
        for id in effects.paidInFull { cases[CaseSubject(kind: .underpaid, subject: "\(id)")] = nil }
        for opened in effects.openedCases {
            let notice = batch[opened.place]
            let subject =
                switch opened.kind {
                case .underpaid: "\(decisions[opened.place].requestID!)"
                case .conflict: "\(notice.report) \(notice.contentHash) \(notice.accountNumber)"
                default: "\(ids[opened.place] ?? 0)"
                }
            cases[CaseSubject(kind: opened.kind, subject: subject)] = opened
        }
    }

    /// Money that arrived before the table begins.
    mutating func open(_ balance: Balance, with amount: Money) { balances[balance, default: .zero] += amount }
}
