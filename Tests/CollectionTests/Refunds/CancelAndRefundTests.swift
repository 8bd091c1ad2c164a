import Casework
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// A payer who withdraws.
@Suite struct CancelAndRefundTests {
    private static let clerk = Person(id: "key:clerk", name: "Clerk")
    private static let approver = Person(id: "key:approver", name: "Approver")
    private static let payer = RefundPayee.transfer(
        Beneficiary(bankBIN: "970436", account: "0011223344", name: "NGUYEN VAN A")
    )

    @Test func `a request that was paid in part is cancelled and refunded at once`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("t1", 4000, request.reference) == .partial)
            let refused = await desk.refusal { try await services.paymentRequests.cancel(request.id) }
            #expect(refused?.code == .conflict && refused?.reason?.code == .requestHoldsMoney)
            let withdrawal = Refunds.Withdrawal(payee: Self.payer)
            let cancelled = try await services.refunds.cancel(request.id, withdrawal, by: Self.clerk)
            #expect(cancelled.request.status == .cancelled)
            let refund = try #require(cancelled.refund)
            #expect(refund.state == .requested && refund.amount == Money(4000) && refund.reason == "withdrawn")
            #expect(try await desk.cases("underpaid").isEmpty)
            // Asked again, nothing changes.
            let again = try await services.refunds.cancel(request.id, withdrawal, by: Self.clerk)
            #expect(again.refund?.id == refund.id)
            // Two persons still decide.
            #expect(
                await desk.refusal { try await services.refunds.approve(refund.id, by: Self.clerk) }?.code
                    == .forbidden
            )
            _ = try await services.refunds.approve(refund.id, by: Self.approver)
            _ = try await services.refunds.execute(refund.id, by: Self.clerk)
            let ended = try await desk.find(request.id.text)
            #expect(ended.status == .cancelled && ended.amountRefunded == Money(4000))
            // What comes now is late.
            #expect(try await desk.settle("t2", 6000, request.reference) == .late)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a stranger's 1 đồng keeps nobody from cancelling`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            _ = try await desk.settle("t1", 1, request.reference)
            let cancelled = try await services.refunds.cancel(
                request.id,
                Refunds.Withdrawal(payee: .byHand(nil)),
                by: Self.clerk
            )
            #expect(cancelled.request.status == .cancelled && cancelled.refund?.amount == Money(1))
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a request that nobody paid is cancelled without a refund`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            let cancelled = try await services.refunds.cancel(request.id, Refunds.Withdrawal(), by: Self.clerk)
            #expect(cancelled.request.status == .cancelled && cancelled.refund == nil)
            let paid = try await desk.request()
            _ = try await desk.settle("t1", 10_000, paid.reference)
            let refused = await desk.refusal {
                try await services.refunds.cancel(paid.id, Refunds.Withdrawal(), by: Self.clerk)
            }
            #expect(refused?.reason?.code == .requestCannot)
        }
    }

    @Test func `money that was received keeps a request from being cancelled by any other way`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            _ = try await desk.settle("t1", 4000, request.reference)
            let error = await #expect(throws: PostgresError.self) {
                _ = try await services.database.asOwner(
                    "update payment_request set status = 'cancelled' where id = \(request.id)::uuid"
                )
            }
            #expect(error?.constraint == "payment_request_transition_check")
            let events = try await services.refunds.cancel(request.id, Refunds.Withdrawal(), by: Self.clerk)
            #expect(events.request.status == .cancelled)
            let told = try await services.database.query(
                "select event from payment_request_event where payment_request_id = \(request.id)::uuid order by id"
            ).map { try $0.get(0, as: String.self) }
            #expect(told == ["create", "cancel_and_refund"])
        }
    }

    @Test func `a refund of a cancelled request that is rejected may be asked for again`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            _ = try await desk.settle("t1", 4000, request.reference)
            let cancelled = try await services.refunds.cancel(request.id, Refunds.Withdrawal(), by: Self.clerk)
            let refund = try #require(cancelled.refund)
            _ = try await services.refunds.reject(refund.id, note: "no payee", by: Self.approver)
            let draft = RefundDraft(source: .request(request.id), reason: "withdrawn", payee: Self.payer)
            let again = try JSON.parse(try await services.refunds.request(draft, by: Self.clerk).body)
            #expect(again["amount"] == 4000)
            #expect(try await desk.find(request.id.text).status == .cancelled)
            try await desk.expectCleanBooks()
        }
    }

    /// Services whose requests have no grace period, so that what was received can be asked back as soon as time is up.
    private static func withoutGrace(_ body: @Sendable (Desk) async throws -> Void) async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let box = try SecretBox(base64: SecretBox.newKeyBase64())
            var terms = ServiceOptions(publicURL: "http://127.0.0.1:1")
            terms.graceSeconds = 0
            let services = Services(database, options: terms, box: box)
            _ = try await services.catalogue.importFiles(TestDatabase.demonstrationCatalogue(), by: "test")
            let result: Result<Void, any Error>
            do { result = .success(try await body(try await Desk(services))) } catch { result = .failure(error) }
            await services.settler.close()
            await database.close()
            try result.get()
        }
    }

    /// A request of which 4.000 of 10.000 were received before it expired, and are asked back.
    private func askedBack(_ desk: Desk) async throws -> (request: PaymentRequest, refund: UUID) {
        let request = try await desk.request()
        _ = try await desk.settle("t1", 4000, request.reference)
        _ = try await desk.services.database.asOwner(
            """
            update payment_request set status = 'expired', expires_at = now() - interval '1 second'
            where id = \(request.id)::uuid
            """
        )
        let draft = RefundDraft(source: .request(request.id), reason: "withdrawn", payee: Self.payer)
        let asked = try JSON.parse(try await desk.services.refunds.request(draft, by: Self.clerk).body)
        return (request, try #require(asked["id"]?.string.flatMap { UUID(uuidString: $0) }))
    }

    @Test func `a rejected refund that makes nothing remain pays the request`() async throws {
        try await Self.withoutGrace { desk in
            let (request, refund) = try await askedBack(desk)
            // Transferred in time, reported late: 4.000 remain, for as much is to go back.
            let inTime = Instant.now().adding(seconds: -60)
            #expect(try await desk.settle("t2", 6000, request.reference, at: inTime) == .partial)
            #expect(try await desk.find(request.id.text).status == .expired)
            _ = try await desk.services.refunds.reject(refund, note: "changed their mind", by: Self.approver)
            let paid = try await desk.find(request.id.text)
            #expect(paid.status == .paid && paid.paidAt != nil && paid.settledBy == .notice)
            #expect(try await desk.cases("underpaid").isEmpty)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a counter takes what remains when a refund has claimed the rest`() async throws {
        try await Self.withoutGrace { desk in
            let (request, refund) = try await askedBack(desk)
            let counter = desk.services.counterPayments
            func take(_ amount: Int64) async throws -> CounterPayments.Outcome {
                let taken = try CounterPayments.Taken([
                    "payment_request_id": .string(request.id.text), "channel": "counter_cash",
                    "amount": .integer(amount),
                ])
                return try await counter.take(taken, caller: nil)
            }
            // 20.000 in cash, of which nothing was received: the 4.000 go back.
            guard case .otherAmount(_, let due) = try await take(16_000) else {
                Issue.record("16.000 were taken")
                return
            }
            #expect(due == Money(20_000))
            guard case .paid(let paid) = try await take(20_000) else {
                Issue.record("20.000 were not taken")
                return
            }
            #expect(try JSON.parse(paid.body)["status"] == "paid")
            // Kept as well, the 4.000 would be more than was due.
            let refused = await desk.refusal {
                try await desk.services.refunds.reject(refund, note: "no", by: Self.approver)
            }
            #expect(refused?.reason?.code == .refundPaidAgain)
            _ = try await desk.services.refunds.approve(refund, by: Self.approver)
            _ = try await desk.services.refunds.execute(refund, by: Self.clerk)
            #expect(try await desk.find(request.id.text).status == .paid)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `money in suspense pays what remains when a refund has claimed the rest`() async throws {
        try await Self.withoutGrace { desk in
            let (request, _) = try await askedBack(desk)
            _ = try await desk.settle("LOST", 12_000, nil)
            let id = try await desk.only("unknown_reference")
            let ended = try await desk.decide(id, .link(.request(request.reference), amount: nil))
            #expect(ended.head.suspenseLeft == Money(2000))
            let paid = try await desk.find(request.id.text)
            #expect(paid.status == .paid && paid.amountReceived == Money(14_000))
            try await desk.expectCleanBooks()
        }
    }
}
