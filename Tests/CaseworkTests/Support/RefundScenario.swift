import Casework
import FeeSchedule
import Foundation
import Testing
import Values
import Workflow

/// One line a request and what is asked back of it, `->`, and what the refund takes:
///
///     paid applied 10000 suspense 5000 policy never reason withdrawn ask all -> 5000: case 5000
///
/// The amount due is 10.000; the request expires at 0 seconds, and the grace period ends at 100.
enum RefundScenario {
    static func play(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        for line in text.split(separator: "\n") {
            let halves = line.split(separator: "->").map { $0.trimmingCharacters(in: .whitespaces) }
            let words = halves[0].split(separator: " ").map(String.init)
            #expect(try take(words) == halves[1], "\(line)", sourceLocation: sourceLocation)
        }
    }

    private static func take(_ words: [String]) throws -> String {
        func word(_ name: String) -> String? { words.firstIndex(of: name).map { words[$0 + 1] } }
        func number(_ name: String) -> Money { Money(word(name).flatMap { Int64($0) } ?? 0) }
        let suspense = number("suspense")
        let policy = word("policy").flatMap { RefundPolicy(rawValue: $0) }
        let money = RefundPlan.RequestMoney(
            request: RequestFacts(
                id: UUID(),
                reference: "R1",
                state: try #require(PaymentRequestState(rawValue: words[0])),
                accountNumber: "A",
                amountDue: Money(10_000),
                received: number("applied") + suspense,
                applied: number("applied"),
                claimed: number("claimed"),
                expiresAt: Instant(unixSeconds: 0)
            ),
            inSuspense: suspense == .zero ? [] : [RefundPart(caseID: 7, amount: suspense)],
            policies: FeePolicies([.init(feeCode: "F1", policy: policy, payable: Money(10_000))]),
            isPaidTwice: words.contains("twice")
        )
        do {
            let plan = try RefundPlan.ofRequest(
                money,
                amount: word("ask").flatMap { Int64($0) }.map { Money($0) },
                reason: word("reason") ?? "withdrawn",
                now: Instant(unixSeconds: Int64(word("at") ?? "1000") ?? 0),
                graceSeconds: 100
            )
            let parts = plan.parts.map { ($0.caseID == nil ? "fee " : "case ") + $0.amount.description }
            return "\(plan.amount): " + parts.joined(separator: ", ")
        } catch {
            guard case .field(let pointer) = error.kind else { return "refused \(error.reason.code.rawValue)" }
            return "refused \(error.reason.code.rawValue) at \(pointer)"
        }
    }
}
