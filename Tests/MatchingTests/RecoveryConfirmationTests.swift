import Foundation
import Testing
import Values
import Workflow

@testable import Matching

/// What a person's word makes of the lines that wait, decided without a database.
@Suite struct RecoveryConfirmationTests {
    private static let noon = Instant("2026-11-21T12:00:00+07:00")!

    private func request(
        _ number: UInt8,
        remaining: Int64 = 10_000,
        _ status: PaymentRequestState = .pending,
        until: Instant = noon
    ) -> MatchingFacts.Request {
        MatchingFacts.Request(
            id: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number)),
            reference: "R\(number)",
            status: status,
            amountDue: Money(10_000),
            remaining: Money(remaining),
            accountNumber: "A",
            payableUntil: until
        )
    }

    private func line(_ id: Int64, paying payments: [(MatchingFacts.Request, Int64)], at: Instant = noon) -> WaitingLine
    {
        let total = payments.map(\.1).reduce(0, +)
        return WaitingLine(
            line: Line(id: id, transactionID: "T\(id)", amount: Money(total), bookedAt: at, isTrusted: false),
            number: Int32(id + 1),
            proposals: payments.indices.map { id * 10 + Int64($0) },
            payments: payments.map { .init(requestID: $0.id, reference: $0.reference, amount: Money($1)) }
        )
    }

    private func decide(
        _ lines: [WaitingLine],
        _ requests: [MatchingFacts.Request],
        rejecting: [Rejection] = [],
        expecting: Int? = nil,
        by person: String = "key:other"
    ) throws -> [String] {
        let facts = WaitingRecoveries(
            statementID: 8,
            accountNumber: "A",
            importedBy: "key:importer",
            lines: lines,
            requests: Dictionary(uniqueKeysWithValues: requests.map { ($0.id, $0) })
        )
        return try RecoveryConfirmation.decide(
            facts,
            rejecting: rejecting,
            expecting: expecting,
            by: person,
            named: "Hoa"
        ).map { decision in
            switch decision.verdict {
            case .settle: "settle"
            case .leave(let outcome, let reason):
                "\(outcome.rawValue) \(reason.code.rawValue)\(decision.isRejected ? " rejected" : "")"
            }
        }
    }

    @Test func `a line that still fits settles`() throws {
        let (first, second) = (request(1), request(2))
        #expect(
            try decide([line(1, paying: [(first, 10_000)]), line(2, paying: [(second, 4000)])], [first, second])
                == ["settle", "settle"]
        )
    }

    @Test func `what no longer fits is left, for the reason that a line has`() throws {
        let after = Self.noon.adding(seconds: 1)
        for (request, at, expected) in [
            (request(1, remaining: 0, .paid), Self.noon, "duplicate_line line_repeats_payment"),
            (request(1, remaining: 0, .cancelled), Self.noon, "amount_mismatch line_request_closed"),
            (request(1, remaining: 6000), Self.noon, "amount_mismatch line_amount_unexpected"),
            (request(1), after, "amount_mismatch line_request_closed"),
            (request(1, .expired), Self.noon, "settle"),
        ] {
            #expect(try decide([line(1, paying: [(request, 10_000)], at: at)], [request]) == [expected])
        }
    }

    @Test func `a line counts on what those before it leave`() throws {
        let one = request(1)
        let lines = [line(1, paying: [(one, 4000)]), line(2, paying: [(one, 7000)]), line(3, paying: [(one, 6000)])]
        #expect(try decide(lines, [one]) == ["settle", "amount_mismatch line_amount_unexpected", "settle"])
    }

    @Test func `a line for several requests is settled whole or not at all`() throws {
        let (first, second, third) = (request(1), request(2, remaining: 0, .paid), request(3))
        let lines = [
            line(1, paying: [(first, 10_000), (second, 10_000)]), line(2, paying: [(first, 10_000), (third, 5000)]),
        ]
        #expect(try decide(lines, [first, second, third]) == ["duplicate_line line_repeats_payment", "settle"])
    }

    @Test func `a line is turned down by its number or its id`() throws {
        let (first, second) = (request(1), request(2))
        let lines = [line(1, paying: [(first, 10_000)]), line(2, paying: [(second, 10_000)])]
        let byNumber = Rejection(line: .number(3), why: "no", pointer: "/reject/0/line_number")
        #expect(
            try decide(lines, [first, second], rejecting: [byNumber])
                == ["settle", "unmatched recovery_not_confirmed rejected"]
        )
        let byID = Rejection(line: .id(1), why: "no", pointer: "/reject/0/line_id")
        #expect(
            try decide(lines, [first, second], rejecting: [byID])
                == ["unmatched recovery_not_confirmed rejected", "settle"]
        )
        let unknown = Rejection(line: .id(9), why: "no", pointer: "/reject/0/line_id")
        #expect(throws: Refusal(.field("/reject/0/line_id"), .lineDoesNotAwait(9, statement: 8))) {
            try decide(lines, [first, second], rejecting: [unknown])
        }
    }

    @Test func `another person than the importer confirms, and only what waits`() throws {
        let one = request(1)
        #expect(throws: Refusal(.person, .importerCannotConfirm(statement: 8))) {
            try decide([line(1, paying: [(one, 10_000)])], [one], by: "key:importer")
        }
        #expect(throws: Refusal(.state, .nothingToConfirm(statement: 8))) { try decide([], []) }
    }

    @Test func `who has seen another number of lines than wait confirms nothing`() throws {
        let (first, second) = (request(1), request(2))
        let lines = [line(1, paying: [(first, 10_000)]), line(2, paying: [(second, 10_000)])]
        for expected in [0, 1, 3] {
            #expect(throws: Refusal(.state, .otherNumberAwaits(statement: 8, lines: 2, expected: expected))) {
                try decide(lines, [first, second], expecting: expected)
            }
        }
        #expect(try decide(lines, [first, second], expecting: 2) == ["settle", "settle"])
    }
}
