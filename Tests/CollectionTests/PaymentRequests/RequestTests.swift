import BankCallbacks
import Collection
import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values

@Suite struct RequestTests {
    @Test func `a request expires no later than its discount`() async throws {
        try await TestDatabase.withServices { services in
            var draft = try PaymentRequestDraft(
                [
                    "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "9.000016", "channel": "online",
                    "expires_in": 2_592_000,
                ],
                today: Instant.now().day
            )
            draft.assessment.day = try #require(Day("2026-12-31"))
            let answer = try JSON.parse(
                try await services.paymentRequests.create(draft, caller: nil, idempotency: nil).body
            )
            let expires = try #require(Instant(answer["expires_at"]?.string ?? ""))
            #expect(expires <= Day("2026-12-31")!.lastSecond)
        }
    }

    @Test func `a request of 0 đồng is paid at once and counts in no rate`() async throws {
        try await TestDatabase.withServices { services in
            let draft = try PaymentRequestDraft(
                ["dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.000894", "channel": "online"],
                today: Instant.now().day
            )
            let answer = try JSON.parse(
                try await services.paymentRequests.create(draft, caller: nil, idempotency: nil).body
            )
            #expect(answer["status"] == "paid" && answer["amount_due"] == 0 && answer["qr_payload"] == .null)
            #expect(answer["settled_by"] == "nothing_due")
            let question = try NonCashReport.Question(
                period: "2026",
                from: nil,
                to: nil,
                basis: nil,
                level: nil,
                locality: nil,
                asOf: nil
            )
            #expect(try await services.reports.nonCash(question).total.figures.paid == 0)
        }
    }

    @Test func `one idempotency key returns the first answer, even to concurrent calls`() async throws {
        try await TestDatabase.withServices { services in
            let created = try await services.keys.create(role: .portal, name: "p", localityCode: nil)
            let caller = try await services.keys.authenticate(created.key, from: "192.0.2.1")
            let body: JSON = [
                "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
            ]
            let idempotency = IdempotencyKey(key: "k", request: body.bytes)
            let draft = try PaymentRequestDraft(body, today: Instant.now().day)
            let bodies = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        try await services.paymentRequests.create(draft, caller: caller, idempotency: idempotency).body
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(bodies.count == 1)
            #expect(try await services.database.query("select 1 from payment_request").count == 1)
            let other = IdempotencyKey(key: "k", request: [1])
            let error = await #expect(throws: ServiceError.self) {
                _ = try await services.paymentRequests.create(draft, caller: caller, idempotency: other)
            }
            #expect(error?.code == .idempotencyMismatch)
        }
    }

    @Test func `cash at a counter is assessed again before it is taken`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            func take(_ amount: Int64) async throws -> CounterPayments.Outcome {
                try await services.counterPayments.take(
                    try CounterPayments.Taken([
                        "payment_request_id": .string(request.id.text), "channel": "counter_cash",
                        "amount": .integer(amount),
                    ]),
                    caller: nil
                )
            }
            guard case .otherAmount(let assessment, let due) = try await take(10_000) else {
                Issue.record("the online price was taken in cash")
                return
            }
            #expect(due == Money(20_000) && assessment.lines[0].applied.isEmpty)
            guard case .paid(let paid) = try await take(20_000) else {
                Issue.record("the amount due was not taken")
                return
            }
            let body = try JSON.parse(paid.body)
            #expect(body["settled_by"] == "counter")
            #expect(body["status"] == "paid" && body["channel"] == "counter_cash" && body["discount_total"] == 0)
            let question = try NonCashReport.Question(
                period: "2026",
                from: nil,
                to: nil,
                basis: nil,
                level: nil,
                locality: nil,
                asOf: nil
            )
            let figures = try await services.reports.nonCash(question).total.figures
            #expect(figures.paid == 1 && figures.cash == 1 && figures.nonCash == 0)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a key bound to one locality acts for no other`() async throws {
        try await TestDatabase.withServices { services in
            let created = try await services.keys.create(role: .portal, name: "p", localityCode: "01")
            let caller = try await services.keys.authenticate(created.key, from: "192.0.2.1")
            let draft = try PaymentRequestDraft(
                ["dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"],
                today: Instant.now().day
            )
            let error = await #expect(throws: ServiceError.self) {
                _ = try await services.paymentRequests.create(draft, caller: caller, idempotency: nil)
            }
            #expect(error?.code == .forbidden)
        }
    }
}
