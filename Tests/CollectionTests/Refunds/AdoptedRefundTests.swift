import Casework
import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// A refund that a portal's key asked for by cancelling: two persons still decide.
@Suite struct AdoptedRefundTests {
    private static let (finance, approver, nam) = (TestPerson.finance, TestPerson.approver, TestPerson.nam)

    /// A request that was paid in part, cancelled by a key.
    private static func cancelled(_ desk: Desk) async throws -> UUID {
        let services = desk.services
        let secret = try await services.keys.create(role: .portal, name: "portal", localityCode: nil).key
        let portal = try await services.keys.authenticate(secret, from: "192.0.2.1")
        let request = try await desk.request()
        _ = try await desk.settle("T1", 4000, request.reference)
        let withdrawal = Refunds.Withdrawal(payee: .byHand(nil))
        let done = try await services.refunds.cancel(request.id, withdrawal, by: portal.person)
        #expect(done.request.status == .cancelled)
        let refund = try #require(done.refund)
        #expect(refund.state == .requested && refund.decision.code == .refundNeedsRequester)
        return refund.id
    }

    @Test func `no approver alone approves what a key asked for; a finance person takes it over first`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let id = try await Self.cancelled(desk)
            let refused = await desk.refusal { try await services.refunds.approve(id, by: Self.approver) }
            #expect(refused?.code == .conflict && refused?.reason?.code == .refundNeedsRequester)
            let adopted = try await services.refunds.adopt(id, by: Self.finance)
            #expect(adopted.json(in: .english)["adopted_by"] == "Finance" && adopted.state == .requested)
            let twice = await desk.refusal { try await services.refunds.adopt(id, by: TestPerson.hoa) }
            #expect(twice?.code == .conflict && twice?.reason?.code == .refundHasRequester)
            let own = await desk.refusal { try await services.refunds.approve(id, by: Self.finance) }
            #expect(own?.code == .forbidden && own?.reason?.code == .requesterCannotApprove)
            #expect(try await services.refunds.approve(id, by: Self.approver).state == .approved)
            _ = try await services.refunds.execute(id, by: Self.finance)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `what a person asked for is nobody else's to take over`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await desk.settle("T1", 4000, nil)
            let draft = RefundDraft(
                source: .suspense(try await desk.only("unknown_reference")),
                reason: "x",
                payee: .byHand(nil)
            )
            let made = try JSON.parse(try await services.refunds.request(draft, by: TestPerson.hoa).body)
            let id = try #require(UUID(uuidString: made["id"]?.string ?? ""))
            let refused = await desk.refusal { try await services.refunds.adopt(id, by: Self.finance) }
            #expect(refused?.reason?.code == .refundHasRequester)
        }
    }

    @Test func `above the limit it takes three persons, none of them twice`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await services.approvalLimits.set(
                .approver,
                refund: .set(Money(1000)),
                day: .kept,
                by: Person(id: "cli:root", name: "root")
            )
            let id = try await Self.cancelled(desk)
            _ = try await services.refunds.adopt(id, by: Self.finance)
            #expect(try await services.refunds.approve(id, by: Self.approver).state == .requested)
            for person in [Self.finance, Self.approver] {
                #expect(await desk.refusal { try await services.refunds.approve(id, by: person) }?.code == .forbidden)
            }
            #expect(try await services.refunds.approve(id, by: Self.nam).state == .approved)
        }
    }

    @Test func `the database asks for two persons too`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let id = try await Self.cancelled(desk)
            func write(_ change: String) async -> String? {
                do {
                    _ = try await services.database.query(
                        Query(trustedSQL: "update refund set \(change) where id = '\(id)'")
                    )
                    return nil
                } catch { return (error as? PostgresError)?.constraint }
            }
            let approval = "state = 'approved', approved_by = '\(Self.approver.id)', approved_at = now()"
            #expect(await write(approval) == "refund_approved_check")
            #expect(await write("adopted_by = 'cli:root'") == "refund_adopted_check")
            let own = "adopted_by = '\(Self.approver.id)'"
            #expect(await write(approval + ", " + own) == "refund_two_persons_check")
            #expect(await write("adopted_by = '\(Self.finance.id)'") == nil)
            #expect(await write("adopted_by = '\(TestPerson.hoa.id)'") == "refund_decided_check")
            #expect(await write(approval) == nil)
        }
    }
}
