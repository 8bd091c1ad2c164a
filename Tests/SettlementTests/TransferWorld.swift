import Foundation
import PureSupport
import Settlement
import Values
import Workflow

/// What the bank moved, and what the sums must come to however it is told.
struct TransferWorld {
    private struct Transfer {
        let bankReference: String
        let amount: Money
        let account: String
        /// The request that it names, by its place; `nil` for none.
        let request: Int?
        let at: Instant
        /// A line brought it to suspense before its callback.
        var lineCameFirst = false
    }

    private struct Request {
        var facts: Facts.Request
        /// Whether what comes for it is in time; otherwise all of it is late.
        let isPayable: Bool
    }

    /// The issuers of three connections: two of them are connections of one merchant.
    private static let issuers: [Int32] = [1, 2, 2]
    private static let now = Instant("2026-11-21T10:00:00+07:00")!
    private var requests: [Request] = []
    private var transfers: [Transfer] = []

    init(_ random: inout Seeded) {
        for number in 0..<Int.random(in: 1...3, using: &random) { requests.append(Self.request(number, &random)) }
        for number in 0..<Int.random(in: 1...6, using: &random) {
            let request = random.chance(85) ? Int.random(in: 0..<requests.count, using: &random) : nil
            let own = random.chance(90) ? request.map { requests[$0].facts.accountNumber } : nil
            transfers.append(
                Transfer(
                    bankReference: "FT\(number)",
                    amount: Money(random.pick([1, 999, 1000, 4000, 6000])),
                    account: own ?? random.pick(["A", "B"]),
                    request: request,
                    at: Self.now.adding(seconds: -Int64.random(in: 0...1800, using: &random))
                )
            )
        }
        for place in transfers.indices where random.chance(25) {
            // If more came than is due, what fits would depend on the order.
            guard let request = transfers[place].request, isOwn(transfers[place]), requests[request].isPayable,
                arrived(for: request) <= requests[request].facts.amountDue
            else { continue }
            transfers[place].lineCameFirst = true
        }
    }

    private static func request(_ number: Int, _ random: inout Seeded) -> Request {
        let kind = Int.random(in: 0..<6, using: &random)
        // In time, within the grace period, beyond it.
        let expires = now.adding(seconds: kind < 3 ? 3600 : kind == 3 ? -7200 : -90_000)
        let isMarked = kind == 3 && random.chance(50)
        return Request(
            facts: Facts.Request(
                id: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(number))),
                reference: "R\(number)",
                status: kind == 5 ? .cancelled : isMarked ? .expired : .pending,
                amountDue: Money(random.pick([1000, 4000, 5000, 10_000])),
                netApplied: .zero,
                accountNumber: random.pick(["A", "A", "B"]),
                createdAt: now.adding(seconds: -200_000),
                expiresAt: expires
            ),
            isPayable: kind <= 3
        )
    }

    private func isOwn(_ transfer: Transfer) -> Bool {
        transfer.request.map { requests[$0].facts.accountNumber == transfer.account } ?? false
    }

    /// What arrives for a request on its own account.
    private func arrived(for request: Int) -> Money {
        transfers.filter { $0.request == request && isOwn($0) }.map(\.amount).total()
    }

    /// Tells everything in a random order, more than once, and compares the sums.
    func differences(_ random: inout Seeded) -> [String] {
        var books = Books()
        for request in requests { books.facts.requests[request.facts.reference] = request.facts }
        for (place, transfer) in transfers.enumerated() where transfer.lineCameFirst {
            let key = TransferKey(
                accountNumber: transfer.account,
                bankReference: transfer.bankReference,
                amount: transfer.amount
            )
            let id = Int64(place + 1)
            books.facts.lines[key] = Facts.EarlierLine(id: id, caseID: id, proposalID: nil, rest: transfer.amount)
            books.open(.suspense(transfer.account), with: transfer.amount)
        }
        var left = reports(&random)[...]
        while !left.isEmpty {
            let count = Int.random(in: 1...left.count, using: &random)
            _ = books.settle(Array(left.prefix(count)))
            left = left.dropFirst(count)
        }
        return books.violations + compare(books)
    }

    /// Each transfer, told by one to three connections, each one to three times: with one id by connections of one issuer.
    private func reports(_ random: inout Seeded) -> [Notice] {
        var reports: [Notice] = []
        for transfer in transfers {
            for issuer in Self.issuers.prefix(Int.random(in: 1...3, using: &random)) {
                let notice = Notice(
                    source: .callback,
                    issuerID: issuer,
                    transactionID: "\(transfer.bankReference) by \(issuer)",
                    contentHash: Array(transfer.bankReference.utf8),
                    amount: transfer.amount,
                    accountNumber: transfer.account,
                    bankReference: transfer.bankReference,
                    references: transfer.request.map { ["R\($0)"] } ?? ["R9"],
                    occurredAt: transfer.at
                )
                for _ in 0..<Int.random(in: 1...3, using: &random) { reports.append(notice) }
            }
        }
        return reports.shuffled(using: &random)
    }

    private func compare(_ books: Books) -> [String] {
        var differences: [String] = []
        func expect(_ what: String, _ found: Money, _ expected: Money) {
            if found != expected { differences.append("\(what) is \(found), not \(expected)") }
        }
        var suspense: [String: Money] = [:]
        for transfer in transfers where !isOwn(transfer) {
            suspense[transfer.account, default: .zero] += transfer.amount
        }
        for (place, request) in requests.enumerated() {
            let (arrived, facts) = (arrived(for: place), request.facts)
            let applied = request.isPayable ? min(arrived, facts.amountDue) : .zero
            suspense[facts.accountNumber, default: .zero] += arrived - applied
            expect("received for R\(place)", books.received[facts.id] ?? .zero, request.isPayable ? arrived : .zero)
            expect("revenue of R\(place)", books.balance(.revenue(facts.id)), applied)
            let isPaid = books.facts.requests[facts.reference]?.status == .paid
            if isPaid != (applied == facts.amountDue) { differences.append("R\(place) is paid: \(isPaid)") }
            let underpaid = books.cases[Books.CaseSubject(kind: .underpaid, subject: "\(facts.id)")]?.amount ?? .zero
            let isPart = applied > .zero && applied < facts.amountDue
            expect("case of R\(place)", underpaid, isPart ? facts.amountDue - applied : .zero)
        }
        for account in ["A", "B"] {
            expect("suspense of \(account)", books.balance(.suspense(account)), suspense[account] ?? .zero)
            let arrived = transfers.filter { $0.account == account && !$0.lineCameFirst }.map(\.amount).total()
            expect("what arrived on \(account)", -books.balance(.incoming(account)), arrived)
        }
        let inCases = books.cases.filter { $0.key.kind != .underpaid }.map(\.value.amount).total()
        expect("money in cases", inCases, suspense.values.total())
        return differences
    }
}
