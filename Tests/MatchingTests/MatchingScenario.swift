import Foundation
import PureSupport
import Testing
import Values
import Workflow

@testable import Matching

/// Reads a table of what an account's lines, notices and requests are, runs all passes over them, and compares what is
/// decided with what the table says of each line.
///
/// | row | means |
/// | --- | --- |
/// | `through 21` | the last day of the run; it is the 21st |
/// | `request R1 due 10000 remaining 6000 is paid on A until 22T08:00` | a request, pending by default, that waits for all |
/// | `notice N1 T1 10000 R1 day 21 by 1 overdue` | a callback that no line has shown yet |
/// | `shown T1 10000 R1` | a callback that an earlier line has shown |
/// | `earlier T1 10000 R1` | an earlier line that no callback has reported |
/// | `refund F1 4000 mark KHR… to 123 executed 20 of R1` | a refund that was handed to the bank |
/// | `gateway 2 fee 2500` | its agreed fee in thousandths of a percent |
/// | `holiday 22`, `weekend 5,6`, `expected 2` | the bank's days |
/// | `line L1 T1 10000 R1,R2 at 21T09:00 memo x from 123 untrusted` | a line, whose expected decision follows `->` |
/// | `open`, `missing` | notices that no line has shown; payments that should have been |
struct MatchingScenario {
    private var lines: [Line] = []
    private var notices: [OpenNotice] = []
    private var facts = MatchingFacts(accountNumber: "A", through: Day("2026-11-21")!, calendar: BankCalendarDays())
    private static let options: Set<String> = [
        "at", "by", "day", "due", "executed", "fee", "from", "is", "mark", "memo", "of", "on", "remaining", "to",
        "until",
    ]

    static func play(_ table: String, location: SourceLocation = #_sourceLocation) throws {
        var scenario = MatchingScenario()
        let rows = try ScenarioTable(table, options: options, flags: ["counter", "overdue", "untrusted"]).rows
        for row in rows { try scenario.prepare(row) }
        let run = OneRun(lines: scenario.lines, notices: scenario.notices, facts: scenario.facts)
        for violation in run.violations { Issue.record("\(violation)", sourceLocation: location) }
        for row in rows {
            let found: String
            switch row.verb {
            case "line":
                let id = try row.integer(row.words[0].dropFirst())
                guard let decision = run.decisions[id] else { throw row.fault("the line has no outcome") }
                found = OneRun.text(of: decision, reason: decision.reason.code.rawValue, scenario.facts)
            case "open": found = run.openText
            case "missing": found = run.missingText
            default: continue
            }
            guard row.expected != found else { continue }
            var place = location
            place.line += row.line
            let difference =
                "line \(row.line) of the table\n  expected \(row.expected ?? "nothing")\n  found    \(found)"
            Issue.record("\(difference)", sourceLocation: place)
        }
    }

    private mutating func prepare(_ row: ScenarioTable.Row) throws {
        switch row.verb {
        case "through": facts.through = try row.day(row.words(1)[0])
        case "request": try add(request: row)
        case "notice": try add(notice: row)
        case "line": try add(line: row)
        case "refund": try add(refund: row)
        case "shown":
            let words = try row.words(3)
            report(words[0], request(words[2]))
            try addEarlier(row)
        case "earlier": try addEarlier(row)
        case "gateway":
            let fee = try row.integer(row.option("fee", or: "0"))
            facts.gateways[Int32(try row.integer(row.words(1)[0]))] = MatchingFacts.GatewayTerms(feeThousandths: fee)
        case "holiday": facts.calendar.holidays.insert(try row.day(row.words(1)[0]))
        case "weekend":
            facts.calendar.weekend = Set(try row.list(try row.words(1)[0]).map { Int(try row.integer($0)) })
        case "expected": facts.calendar.days = Int(try row.integer(row.words(1)[0]))
        case "open", "missing": break
        default: throw row.fault("\(row.verb) is nothing known")
        }
    }

    private mutating func add(request row: ScenarioTable.Row) throws {
        let reference = try row.words(1)[0]
        let due = try row.money("due", or: Money(10_000))
        guard let status = PaymentRequestState(rawValue: row.option("is", or: "pending")) else {
            throw row.fault("there is no such state")
        }
        let isOpen = status == .pending || status == .expired
        facts.requests[reference] = MatchingFacts.Request(
            id: request(reference)!,
            reference: reference,
            status: status,
            amountDue: due,
            remaining: try row.money("remaining", or: isOpen ? due : .zero),
            accountNumber: row.option("on", or: "A"),
            payableUntil: try row.instant("until", or: "23T08:00")
        )
    }

    private mutating func add(notice row: ScenarioTable.Row) throws {
        let words = try row.words(4)
        notices.append(
            OpenNotice(
                id: try row.integer(words[0].dropFirst()),
                connectionID: row.flags.contains("counter") ? nil : Int32(try row.integer(row.option("by", or: "1"))),
                bankReference: words[1],
                amount: try row.money(words[2]),
                day: try row.day(row.option("day", or: "21")),
                requestID: request(words[3]),
                hasCase: row.flags.contains("overdue")
            )
        )
        // Only callbacks report transactions.
        if !row.flags.contains("counter") { report(words[1], request(words[3])) }
    }

    private mutating func add(line row: ScenarioTable.Row) throws {
        let words = try row.words(4)
        lines.append(
            Line(
                id: try row.integer(words[0].dropFirst()),
                transactionID: words[1] == "-" ? nil : words[1],
                amount: try row.money(words[2]),
                bookedAt: try row.instant("at", or: "09:00"),
                references: row.list(words[3]),
                memo: row.option("memo", or: ""),
                counterpartyAccount: row.option("from", or: ""),
                isTrusted: !row.flags.contains("untrusted")
            )
        )
    }

    private mutating func add(refund row: ScenarioTable.Row) throws {
        let words = try row.words(2)
        facts.refunds.append(
            MatchingFacts.Refund(
                id: UUID(uuid: (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(facts.refunds.count + 1))),
                mark: row.option("mark", or: "KHR0000000000000\(words[0].dropFirst())"),
                amount: try row.money(words[1]),
                beneficiaryAccount: row.option("to", or: ""),
                executedOn: try row.day(row.option("executed", or: "20")),
                requestID: row.options["of"].flatMap(request)
            )
        )
    }

    private mutating func addEarlier(_ row: ScenarioTable.Row) throws {
        let words = try row.words(3)
        let key = LineKey(transactionID: words[0], amount: try row.money(words[1]))
        facts.earlierLines[key] = .some(request(words[2]))
    }

    private mutating func report(_ transaction: String, _ request: UUID?) {
        if facts.reportedTransactions[transaction] == nil { facts.reportedTransactions[transaction] = .some(request) }
    }

    /// The id of a request by its number; `nil` for `-`.
    private func request(_ reference: String) -> UUID? {
        UInt8(reference.dropFirst()).map { UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, $0)) }
    }
}
