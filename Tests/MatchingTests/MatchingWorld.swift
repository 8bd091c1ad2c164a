import Foundation
import PureSupport
import Values
import Workflow

@testable import Matching

/// A random account: its lines, notices and requests, as Oracle/worlds.py made them.
struct MatchingWorld {
    var lines: [Line] = []
    var notices: [OpenNotice] = []
    var facts: MatchingFacts
    /// What the oracle decides, as tables write it.
    private(set) var expected = ""

    private static let references = (0..<10).map { "R\($0)" }
    private static let transactions = (0..<10).map { "T\($0)" }
    private static let states = ["pending", "paid", "expired", "cancelled", "partially_refunded", "refunded"]
        .compactMap(PaymentRequestState.init(rawValue:))
    private static let marks = ["KHRAB12CD34EF56GH", "KHRAB12CD34EF56GJ", "KHRAB12CD34EF56GK"]
    private static let beneficiaries = ["", "0111-222", "333"]

    init(_ tape: inout Tape) {
        facts = MatchingFacts(accountNumber: "A", through: Self.day(tape.next()), calendar: BankCalendarDays())
        facts.calendar.days = tape.next()
        facts.calendar.weekend = Set(tape.list { $0.next() })
        facts.calendar.holidays = Set(tape.list { Self.day($0.next()) })
        var number = 0
        for request in tape.list({ tape in
            defer { number += 1 }
            return Self.request(number, &tape)
        }) {
            facts.requests[request.reference] = request
        }
        let callbacks = tape.list { Self.notice(&$0) }
        for (place, var notice) in callbacks.enumerated() {
            notice.id = Int64(place + 1)
            notices.append(notice)
        }
        // What earlier lines have shown was reported before what is open.
        for (key, request) in tape.list({ Self.earlier(&$0) }) {
            facts.earlierLines[key] = .some(request)
            report(key.transactionID, request)
        }
        for notice in notices { report(notice.bankReference, notice.requestID) }
        for (key, request) in tape.list({ Self.earlier(&$0) }) { facts.earlierLines[key] = .some(request) }
        for (place, var refund) in tape.list({ Self.refund(&$0) }).enumerated() {
            refund.id = Self.id(200 + place)
            refund.mark = Self.marks[place]
            facts.refunds.append(refund)
        }
        for (connection, fee) in tape.list({ (Int32($0.next()), Int64($0.next())) }) {
            facts.gateways[connection] = MatchingFacts.GatewayTerms(feeThousandths: fee)
        }
        for (place, var line) in tape.list({ Self.line(&$0) }).enumerated() {
            line.id = Int64(place + 1)
            lines.append(line)
        }
        expected = tape.line()
    }

    private mutating func report(_ transaction: String, _ request: UUID?) {
        if facts.reportedTransactions[transaction] == nil { facts.reportedTransactions[transaction] = .some(request) }
    }

    private static func id(_ number: Int) -> UUID {
        UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(number)))
    }

    private static func day(_ number: Int) -> Day { Day(daysSinceEpoch: Int32(number)) }

    private static func optional(_ number: Int) -> UUID? { number < 0 ? nil : id(number) }

    private static func request(_ number: Int, _ tape: inout Tape) -> MatchingFacts.Request {
        let account = tape.flag() ? "B" : "A"
        let (due, remaining) = (Money(Int64(tape.next())), Money(Int64(tape.next())))
        let status = states[tape.next()]
        return MatchingFacts.Request(
            id: id(number),
            reference: references[number],
            status: status,
            amountDue: due,
            remaining: remaining,
            accountNumber: account,
            payableUntil: Instant(unixSeconds: Int64(tape.next()))
        )
    }

    private static func notice(_ tape: inout Tape) -> OpenNotice {
        let (connection, transaction) = (Int32(tape.next()), transactions[tape.next()])
        let (amount, booked) = (Money(Int64(tape.next())), day(tape.next()))
        return OpenNotice(
            id: 0,
            connectionID: connection,
            bankReference: transaction,
            amount: amount,
            day: booked,
            requestID: optional(tape.next()),
            hasCase: tape.flag()
        )
    }

    private static func earlier(_ tape: inout Tape) -> (LineKey, UUID?) {
        let (transaction, amount) = (transactions[tape.next()], Money(Int64(tape.next())))
        return (LineKey(transactionID: transaction, amount: amount), optional(tape.next()))
    }

    private static func refund(_ tape: inout Tape) -> MatchingFacts.Refund {
        let (amount, beneficiary) = (Money(Int64(tape.next())), beneficiaries[tape.next()])
        return MatchingFacts.Refund(
            id: id(200),
            mark: "",
            amount: amount,
            beneficiaryAccount: beneficiary,
            executedOn: day(tape.next()),
            requestID: optional(tape.next())
        )
    }

    private static func line(_ tape: inout Tape) -> Line {
        let transaction = tape.next()
        let (amount, at) = (Money(Int64(tape.next())), Instant(unixSeconds: Int64(tape.next())))
        let (memo, mark) = (tape.next(), marks[tape.next()])
        let account = beneficiaries[tape.next()].replacing("-", with: "")
        let isTrusted = tape.flag()
        return Line(
            id: 0,
            transactionID: transaction < 0 ? nil : transactions[transaction],
            amount: amount,
            bookedAt: at,
            references: tape.list { references[$0.next()] },
            memo: text(memo, mark),
            counterpartyAccount: account,
            isTrusted: isTrusted
        )
    }

    /// A memo as worlds.py writes it.
    private static func text(_ kind: Int, _ mark: String) -> String {
        switch kind {
        case 0: "phi"
        case 1: "HOAN \(mark) PHI"
        case 2: "hoan.\((mark.prefix(9) + "-" + mark.dropFirst(9)).lowercased()).phi"
        default: "KHRZZZZZZZZZZZZZZ"
        }
    }
}

extension OneRun {
    /// All decisions of the run, in the order of lines, and what is left.
    func text(_ world: MatchingWorld) -> String {
        let texts = world.lines.map { line in
            let text = decisions[line.id].map { OneRun.text(of: $0, reason: $0.reason.inTable, world.facts) }
            return "L\(line.id) \(text ?? "undecided")"
        }
        return "\(texts.joined(separator: "; ")) | \(missingText) | \(openText)"
    }
}
