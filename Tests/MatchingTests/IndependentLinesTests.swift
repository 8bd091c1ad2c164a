import Foundation
import Testing
import Values

@testable import Matching

/// Which lines must be judged together.
@Suite struct IndependentLinesTests {
    private static let day = Day("2026-03-02")!

    private static func line(
        _ id: Int64,
        _ transaction: String? = nil,
        _ amount: Int64 = 1000,
        _ references: [String] = []
    ) -> Line {
        Line(
            id: id,
            transactionID: transaction,
            amount: Money(amount),
            bookedAt: day.start.adding(seconds: id),
            references: references
        )
    }

    private static func notice(_ transaction: String, _ request: UUID? = nil, by connection: Int32 = 1) -> OpenNotice {
        OpenNotice(
            id: 1,
            connectionID: connection,
            bankReference: transaction,
            amount: Money(1000),
            day: day,
            requestID: request
        )
    }

    private var facts: IndependentLines.Facts { IndependentLines.Facts(through: Self.day) }

    private func groups(_ lines: [Line], _ facts: IndependentLines.Facts, _ notices: [OpenNotice] = []) -> [[Int]] {
        IndependentLines(lines: lines, notices: notices, facts: facts).groups
    }

    @Test func `lines that nothing links are judged alone, in the order in which they are considered`() {
        #expect(groups([Self.line(3), Self.line(1, "A"), Self.line(2, "B")], facts) == [[1], [2], [0]])
    }

    @Test func `a transaction, a reference, or a notice of both links lines, also through others`() {
        #expect(groups([Self.line(1, "A"), Self.line(2), Self.line(3, "A", 7)], facts) == [[0, 2], [1]])
        let chain = [Self.line(1, "A", 1, ["R"]), Self.line(2, "B", 2, ["R", "S"]), Self.line(3, "C", 3, ["S"])]
        #expect(groups(chain, facts) == [[0, 1, 2]])
        var named = facts
        let id = UUID()
        named.requests = ["R": id]
        let apart = [Self.line(1, "A"), Self.line(2, "B", 1000, ["R"])]
        #expect(groups(apart, named, [Self.notice("A", UUID())]) == [[0], [1]])
        #expect(groups(apart, named, [Self.notice("A", id)]) == [[0, 1]])
    }

    @Test func `debits of the amount of a refund are linked, others are not`() {
        var refunded = facts
        refunded.leaving = [Money(500)]
        let debits = [("A", -500), ("B", -600), ("C", -500), ("D", -600)].enumerated().map { place, debit in
            Self.line(Int64(place), debit.0, Int64(debit.1))
        }
        #expect(groups(debits, refunded) == [[0, 2], [1], [3]])
    }

    @Test func `what may be a payout is left to the end, with what it is linked to`() {
        var paid = facts
        paid.gateways = [7: MatchingFacts.GatewayTerms(feeThousandths: 2500)]
        let lines = [
            Self.line(1, "A", 980), Self.line(2, "B", 974), Self.line(3, "C", 1001), Self.line(4, "A", 5),
            Self.line(5, "D", 990, ["R"]),
        ]
        let independent = IndependentLines(lines: lines, notices: [Self.notice("G", by: 7)], facts: paid)
        #expect(independent.joint == [0, 3, 4] && independent.groups == [[1], [2]])
        // A request that exists is not paid by a gateway's day.
        paid.requests = ["R": UUID()]
        #expect(IndependentLines(lines: lines, notices: [Self.notice("G", by: 7)], facts: paid).joint == [0, 3])
        // Of a notice that another line may take, nothing may be left.
        let taken = IndependentLines(lines: lines, notices: [Self.notice("C", by: 7)], facts: paid)
        #expect(taken.joint == [0, 3, 1])
    }

    @Test func `parts have at most so many lines, and divide no group`() {
        let lines = [
            Self.line(1, "A"), Self.line(2, "B"), Self.line(3, "B", 2), Self.line(4, "B", 3), Self.line(5, "C"),
        ]
        let independent = IndependentLines(lines: lines, notices: [], facts: facts)
        #expect(independent.parts(of: 1) == [[0], [1, 2, 3], [4]])
        #expect(independent.parts(of: 2) == [[0], [1, 2, 3], [4]])
        #expect(independent.parts(of: 4) == [[0, 1, 2, 3], [4]])
        #expect(independent.parts(of: 100) == [[0, 1, 2, 3, 4]])
    }
}
