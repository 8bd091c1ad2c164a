import Foundation
import PureSupport
import Settlement
import Values
import Workflow

/// Random requests and what is reported for them, as Oracle/worlds.py made them.
struct SettlementWorld {
    var books = Books()
    /// The notices in their order, and whether each begins a batch of its own.
    var notices: [(notice: Notice, startsBatch: Bool)] = []
    /// What the oracle decides, as tables write it.
    private(set) var expected = ""

    static let references = (0..<10).map { "R\($0)" }
    private static let transactions = (0..<50).map { "T\($0)" }
    private static let bankReferences = (0..<50).map { "F\($0)" }
    private static let states = ["pending", "paid", "expired", "cancelled", "partially_refunded", "refunded"]
        .compactMap(PaymentRequestState.init(rawValue:))
    private static let sources: [Notice.Source] = [.callback, .statement, .counter, .person]

    init(_ tape: inout Tape) {
        books.terms = SettlementTerms(now: Self.instant(&tape), graceSeconds: Int64(tape.next()))
        for (number, (request, price)) in tape.list({ Self.request(&$0) }).enumerated() {
            var request = request
            request.reference = Self.references[number]
            request.id = Self.id(number)
            books.facts.requests[request.reference] = request
            books.prices[request.reference] = price
        }
        books.facts.signedDays = Set(
            tape.list { AccountDay(accountNumber: Self.account(&$0), day: Day(daysSinceEpoch: Int32($0.next()))) }
        )
        for (place, (key, rest, waits, recoveries)) in tape.list({ Self.line(&$0) }).enumerated()
        where books.facts.lines[key] == nil {
            let id = Int64(place + 1)
            let line = Facts.EarlierLine(
                id: id,
                caseID: waits == nil ? id : nil,
                proposalID: waits == nil ? nil : id,
                rest: rest,
                recoveries: recoveries
            )
            books.facts.lines[key] = line
            if let waits { books.facts.waiting[waits, default: []].append(line) }
            books.open(.suspense(key.accountNumber), with: rest)
        }
        for (place, (request, amount)) in tape.list({ (Self.id($0.next()), Self.money(&$0)) }).enumerated() {
            books.facts.recoveries[request, default: []].append(
                Facts.Recovery(noticeID: Int64(901 + place), amount: amount)
            )
        }
        notices = tape.list { Self.notice(&$0) }
        expected = tape.line()
    }

    /// The notices in their batches.
    var batches: [[Notice]] {
        var batches: [[Notice]] = []
        for (notice, startsBatch) in notices {
            if startsBatch || batches.isEmpty { batches.append([]) }
            batches[batches.count - 1].append(notice)
        }
        return batches
    }

    private static func id(_ number: Int) -> UUID {
        UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(number)))
    }

    private static func instant(_ tape: inout Tape) -> Instant { Instant(unixSeconds: Int64(tape.next())) }
    private static func money(_ tape: inout Tape) -> Money { Money(Int64(tape.next())) }
    private static func account(_ tape: inout Tape) -> String { tape.flag() ? "B" : "A" }

    private static func request(_ tape: inout Tape) -> (Facts.Request, Day?) {
        let account = account(&tape)
        let (due, net) = (money(&tape), money(&tape))
        let status = states[tape.next()]
        let (created, expires) = (instant(&tape), instant(&tape))
        let price = tape.next()
        let request = Facts.Request(
            id: id(0),
            reference: "",
            status: status,
            amountDue: due,
            netApplied: net,
            accountNumber: account,
            createdAt: created,
            expiresAt: expires
        )
        return (request, price < 0 ? nil : Day(daysSinceEpoch: Int32(price)))
    }

    private static func line(_ tape: inout Tape) -> (TransferKey, Money, waits: UUID?, [Int64]) {
        let account = account(&tape)
        let reference = bankReferences[tape.next()]
        let key = TransferKey(accountNumber: account, bankReference: reference, amount: money(&tape))
        let rest = money(&tape)
        let waits = tape.next()
        return (key, rest, waits < 0 ? nil : id(waits), tape.list { Int64(901 + $0.next()) })
    }

    private static func notice(_ tape: inout Tape) -> (Notice, Bool) {
        let source = sources[tape.next()]
        let (issuer, transaction) = (Int32(tape.next()), transactions[tape.next()])
        let content = UInt8(tape.next())
        let isCredit = tape.flag()
        let amount = money(&tape)
        let account = account(&tape)
        let (bank, at) = (bankReferences[tape.next()], instant(&tape))
        let startsBatch = tape.flag()
        let notice = Notice(
            source: source,
            issuerID: source == .callback ? issuer : nil,
            transactionID: transaction,
            contentHash: [content],
            isCredit: isCredit,
            amount: amount,
            accountNumber: account,
            bankReference: bank,
            references: tape.list { references[$0.next()] },
            occurredAt: at
        )
        return (notice, startsBatch)
    }
}
