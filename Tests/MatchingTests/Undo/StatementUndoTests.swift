import Foundation
import Testing
import Values
import Workflow

@testable import Matching

/// Whether an import may be taken back, and what goes back with it.
@Suite struct StatementUndoTests {
    private static let at = Instant(microseconds: 1_700_000_000_000_000)

    private func facts(_ change: (inout UndoFacts) -> Void = { _ in }) -> UndoFacts {
        var facts = UndoFacts(statementID: 8)
        change(&facts)
        return facts
    }

    private func request(
        _ reference: String,
        _ status: PaymentRequestState = .paid,
        before: PaymentRequestState = .pending,
        hasChanged: Bool = false
    ) -> UndoFacts.Request {
        UndoFacts.Request(
            id: UUID(),
            reference: reference,
            status: status,
            before: before,
            amount: Money(500),
            hasChanged: hasChanged
        )
    }

    private func decision(_ facts: UndoFacts) -> Result<StatementUndo.Plan, Refusal> {
        Result { () throws(Refusal) in try StatementUndo.decide(facts) }
    }

    @Test func `a statement that nobody has relied on is undone`() {
        #expect(decision(facts()) == .success(StatementUndo.Plan()))
    }

    @Test func `a request goes back to what it was before it was paid`() throws {
        let (pending, expired) = (request("A"), request("B", before: .expired))
        let plan = try decision(facts { $0.requests = [pending, expired] }).get()
        #expect(
            plan.requests == [
                StatementUndo.Request(id: pending.id, status: .pending, amount: Money(500)),
                StatementUndo.Request(id: expired.id, status: .expired, amount: Money(500)),
            ]
        )
    }

    @Test func `only open cases end`() throws {
        let plan = try decision(
            facts {
                $0.cases = [
                    UndoFacts.Case(id: 1, state: .open, isTouched: false),
                    UndoFacts.Case(id: 2, state: .closed, isTouched: false),
                ]
            }
        ).get()
        #expect(plan.cases == [1])
    }

    @Test func `each obstacle is told with its numbers`() {
        let obstacles: [(UndoFacts, Reason)] = [
            (facts { $0.undone = .init(by: "Hoa", at: Self.at) }, .statementUndone(8, by: "Hoa", at: Self.at)),
            (
                facts { $0.signed = .init(day: Self.at.day, by: "Nam") },
                .undoDaySigned(8, day: Self.at.day, by: "Nam")
            ),
            (facts { $0.decidedLines = 3 }, .undoLinesDecided(8, lines: 3)),
            (
                facts { facts in
                    facts.cases = [5, 4, 3].map { UndoFacts.Case(id: $0, state: .open, isTouched: $0 > 3) }
                },
                .undoCasesDecided(8, cases: 2, first: 4)
            ),
            (facts { $0.laterNotices = 2 }, .undoNoticesCame(8, notices: 2)),
            (
                facts { $0.requests = [request("B", .refunded), request("A", hasChanged: true), request("0")] },
                .undoRequestsChanged(8, requests: 2, first: "A")
            ),
            (facts { $0.laterStatement = 9 }, .undoStatementBuilds(8, other: 9)),
        ]
        for (facts, reason) in obstacles { #expect(decision(facts) == .failure(Refusal(.state, reason))) }
    }
}
