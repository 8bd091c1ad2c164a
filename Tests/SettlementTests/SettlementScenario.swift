import Foundation
import PureSupport
import Settlement
import Testing
import Values
import Workflow

/// Plays a table of what happens to notices, and compares what is decided with what the table says.
///
/// | row | means |
/// | --- | --- |
/// | `now 21T10:00` | the clock, and the time of all that follows; it begins at 10:00 of the 21st |
/// | `grace 24h` | the grace period |
/// | `request R1 due 10000 on A created 20T08:00 expires 22T08:00` | a pending request, with these as defaults |
/// | `cancel R1`, `expire R1` | its state |
/// | `refund R1 4000` | money given back |
/// | `price R1 until 21` | the last day on which its price holds |
/// | `signed A 20` | a day whose reconciliation record is signed |
/// | `line L7 FT1 10000 on A rest 10000` | a line that brought a transfer, and what is left of it in suspense; `is N1,N2`: it paid these |
/// | `line L7 FT1 10000 waits R1` | one that would pay R1 and waits for a person's confirmation |
/// | `entered N9 R1 10000 on A slip S1` | what a cashier entered as paid without cash; the request is paid |
/// | `notice T1 4000 R1,R2 on A at 10:00 by 1 bank FT1 content x failed` | a callback whose id is of the issuer 1; without a bank's id, its own; `unnamed`: what it says names no account |
/// | `counter`, `person`, `statement` likewise | other sources |
/// | `state R1`, `suspense A`, `cases` | what stands in the books |
struct SettlementScenario {
    private var books = Books()
    private let location: SourceLocation
    private static let options: Set<String> = [
        "at", "bank", "by", "content", "created", "due", "expires", "is", "on", "rest", "slip", "until", "waits",
    ]

    /// Plays a whole table; differences are reported at their line of it.
    static func play(_ table: String, location: SourceLocation = #_sourceLocation) throws {
        var scenario = SettlementScenario(location: location)
        let rows = try ScenarioTable(table, options: options, flags: ["failed", "unnamed"]).rows
        var batch: [(row: ScenarioTable.Row, notice: Notice)] = []
        for (index, row) in rows.enumerated() {
            guard let notice = try scenario.notice(row) else {
                try scenario.happen(row)
                continue
            }
            batch.append((row, notice))
            if index + 1 < rows.count, rows[index + 1].continuesBatch { continue }
            scenario.settle(batch)
            batch = []
        }
        #expect(batch.isEmpty, "a line with + must follow a notice", sourceLocation: location)
    }

    private init(location: SourceLocation) { self.location = location }

    private mutating func settle(_ batch: [(row: ScenarioTable.Row, notice: Notice)]) {
        let entries = books.settle(batch.map(\.notice))
        for violation in books.violations { Issue.record("\(violation)", sourceLocation: at(batch[0].row)) }
        for (entry, (row, _)) in zip(entries, batch) {
            compare(row, books.text(of: entry, reason: entry.decision.reason.code.rawValue) + books.effects(of: entry))
        }
    }

    private func compare(_ row: ScenarioTable.Row, _ found: String) {
        guard let expected = row.expected else {
            Issue.record("line \(row.line) of the table expects nothing: \(found)", sourceLocation: at(row))
            return
        }
        guard expected != found else { return }
        let difference = "line \(row.line) of the table\n  expected \(expected)\n  found    \(found)"
        Issue.record("\(difference)", sourceLocation: at(row))
    }

    /// The line of the table in its file: the first stands below the call.
    private func at(_ row: ScenarioTable.Row) -> SourceLocation {
        var place = location
        place.line += row.line
        return place
    }

    private mutating func happen(_ row: ScenarioTable.Row) throws {
        switch row.verb {
        case "now": books.terms.now = try row.instant(row.words(1)[0])
        case "grace": books.terms.graceSeconds = try row.seconds(row.words(1)[0])
        case "request": try add(request: row)
        case "line": try add(line: row)
        case "entered": try enter(row)
        case "cancel": try change(row) { $0.status = .cancelled }
        case "expire": try change(row) { $0.status = .expired }
        case "refund": try refund(row)
        case "price": books.prices[try row.words(1)[0]] = try row.day(row.option("until", or: "none"))
        case "signed":
            let words = try row.words(2)
            books.facts.signedDays.insert(AccountDay(accountNumber: words[0], day: try row.day(words[1])))
        case "state": compare(row, books.state(of: try row.words(1)[0]) ?? "unknown")
        case "clearing": compare(row, "\(books.balance(.clearing(try row.integer(row.words(1)[0].dropFirst()))))")
        case "suspense": compare(row, "\(books.balance(.suspense(try row.words(1)[0])))")
        case "cases": compare(row, books.openCases)
        default: throw row.fault("\(row.verb) is nothing that happens")
        }
    }

    private mutating func add(request row: ScenarioTable.Row) throws {
        let reference = try row.words(1)[0]
        let number = UInt8(books.facts.requests.count + 1)
        books.facts.requests[reference] = Facts.Request(
            id: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number)),
            reference: reference,
            status: .pending,
            amountDue: try row.money("due", or: Money(10_000)),
            netApplied: .zero,
            accountNumber: row.option("on", or: "A"),
            createdAt: try row.instant("created", or: "20T08:00"),
            expiresAt: try row.instant("expires", or: "22T08:00")
        )
    }

    private mutating func add(line row: ScenarioTable.Row) throws {
        let words = try row.words(3)
        let amount = try row.money(words[2])
        let rest = try row.money("rest", or: amount)
        let account = row.option("on", or: "A")
        let id = try row.integer(words[0].dropFirst())
        let key = TransferKey(accountNumber: account, bankReference: words[1], amount: amount)
        if let reference = row.options["waits"], let request = books.facts.requests[reference] {
            let line = Facts.EarlierLine(id: id, caseID: nil, proposalID: id, rest: rest)
            books.facts.lines[key] = line
            books.facts.waiting[request.id, default: []].append(line)
        } else {
            let recoveries = try row.list(row.option("is", or: "-")).map { try row.integer($0.dropFirst()) }
            books.facts.lines[key] = Facts.EarlierLine(
                id: id,
                caseID: id,
                proposalID: nil,
                rest: rest,
                recoveries: recoveries
            )
        }
        books.open(.suspense(account), with: rest)
    }

    private mutating func enter(_ row: ScenarioTable.Row) throws {
        let words = try row.words(3)
        guard let request = books.facts.requests[words[1]] else { throw row.fault("there is no \(words[1])") }
        let entry = Facts.CounterPayment(
            noticeID: try row.integer(words[0].dropFirst()),
            requestID: request.id,
            reference: words[1],
            amount: try row.money(words[2]),
            accountNumber: row.option("on", or: "A"),
            receiptNumber: row.options["slip"]
        )
        books.facts.counterPayments.append(entry)
        books.open(.clearing(entry.noticeID), with: -entry.amount)
        books.facts.requests[words[1]]?.netApplied += entry.amount
        books.facts.requests[words[1]]?.status = .paid
    }

    private mutating func refund(_ row: ScenarioTable.Row) throws {
        let amount = try row.money(row.words(2)[1])
        try change(row, words: 2) { request in
            request.netApplied -= amount
            if request.status == .paid { request.status = request.netApplied > .zero ? .partiallyRefunded : .refunded }
        }
    }

    private mutating func change(_ row: ScenarioTable.Row, words: Int = 1, _ body: (inout Facts.Request) -> Void) throws
    {
        let reference = try row.words(words)[0]
        guard var request = books.facts.requests[reference] else { throw row.fault("there is no \(reference)") }
        body(&request)
        books.facts.requests[reference] = request
    }

    /// The notice of a row; `nil` for other rows.
    private func notice(_ row: ScenarioTable.Row) throws -> Notice? {
        let sources: [String: Notice.Source] = [
            "notice": .callback, "counter": .counter, "person": .person, "statement": .statement,
        ]
        guard let source = sources[row.verb] else { return nil }
        let words = try row.words(3)
        let account = row.option("on", or: "A")
        let named = row.flags.contains("unnamed") ? "" : account
        let content = "\(words[1]) \(words[2]) \(named) \(row.flags) \(row.option("content", or: ""))"
        return Notice(
            source: source,
            issuerID: source == .callback ? Int32(try row.integer(row.option("by", or: "1"))) : nil,
            transactionID: words[0],
            contentHash: Array(content.utf8),
            isCredit: !row.flags.contains("failed"),
            amount: try row.money(words[1]),
            accountNumber: account,
            bankReference: row.option("bank", or: words[0]),
            references: row.list(words[2]),
            occurredAt: try row.options["at"].map { try row.instant($0) } ?? books.terms.now
        )
    }
}
