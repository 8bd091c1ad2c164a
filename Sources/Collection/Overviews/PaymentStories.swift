public import Identity
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Reads everything that happened to a payment request.
public struct PaymentStories: Sendable {
    /// How many of each kind of things are read; a request has a handful.
    static let maximum = 200

    let database: Database
    private let requests: PaymentRequests
    private let events: EventStore
    private let raw: RawMessages

    init(_ database: Database, requests: PaymentRequests, events: EventStore, raw: RawMessages) {
        self.database = database
        self.requests = requests
        self.events = events
        self.raw = raw
    }

    /// The story of a request; throws `notFound`.
    ///
    /// - Parameters:
    ///   - agencies: only requests of these agencies; `nil` for all.
    ///   - sight: how much of the payer whoever reads it sees: callbacks as received are opened for who sees everything.
    public func read(
        _ id: UUID,
        within agencies: [String]?,
        seenWith sight: PersonalSight = .none
    ) async throws -> PaymentStory {
        let request = try await requests.find(id)
        guard agencies?.contains(request.agencyCode) ?? true else {
            throw ServiceError(.notFound, .none(.paymentRequest))
        }
        let told = try await events.list(EventStore.Filter(subject: "request:" + id.text), after: 0, limit: 100)
        var story = try await database.read { tx in
            PaymentStory(
                request: request,
                madeBy: try PaymentStories.maker(request.createdBy, tx),
                changes: try PaymentStories.changes(id, tx),
                notices: try PaymentStories.notices(id, tx),
                postings: try PaymentStories.postings(id, tx),
                cases: try PaymentStories.cases(id, tx),
                refunds: try PaymentStories.refunds(id, tx),
                events: told
            )
        }
        story.baskets = try await baskets(id)
        story.messages = try await messages(id)
        story.cases = try await decided(story.cases)
        guard PersonalField.allCases.allSatisfy(sight.sees) else { return story }
        for (place, notice) in story.notices.enumerated() {
            guard let sealed = notice.raw else { continue }
            story.notices[place].body = String(decoding: try await raw.open(sealed).body, as: UTF8.self)
        }
        return story
    }

    private func messages(_ id: UUID) async throws -> [MessageRecord] {
        try await database.query(
            Query(
                trustedSQL: MessageRecord.select
                    + " where c.payment_request_id = $1::uuid order by m.id limit \(PaymentStories.maximum)",
                binding: [id]
            )
        ).map(MessageRecord.init)
    }

    private func baskets(_ id: UUID) async throws -> [PaymentStory.BasketOfRequest] {
        try await database.query(
            """
            select b.reference, b.created_at, b.expires_at, b.cancelled_at
            from basket_item i join basket b on b.id = i.basket_id
            where i.payment_request_id = \(id)::uuid order by b.created_at, b.id limit \(PaymentStories.maximum)
            """
        ).map { row in
            PaymentStory.BasketOfRequest(
                reference: try row.get(0),
                createdAt: try row.get(1),
                expiresAt: try row.get(2),
                cancelledAt: try row.get(3)
            )
        }
    }

    private static func maker(_ id: UUID?, _ tx: borrowing Transaction) throws -> String? {
        guard let id else { return nil }
        return try tx.query(
            """
            select coalesce((select name from person where id = \(id)), (select name from api_key where id = \(id)))
            """
        ).row().get(0)
    }

    private static func changes(_ id: UUID, _ tx: borrowing Transaction) throws -> [PaymentStory.Change] {
        try tx.query(
            """
            select event, from_status, to_status, amount_received, happened_at from payment_request_event
            where payment_request_id = \(id) order by id limit \(maximum)
            """
        ).map { row in
            PaymentStory.Change(
                event: try row.get(0),
                from: try row.get(1, as: String?.self).flatMap { PaymentRequestState(rawValue: $0) },
                to: try row.code(2),
                received: try row.get(3),
                at: try row.get(4)
            )
        }
    }

    /// Found by the notices, cases and refunds of the request, which have indexes; postings have none by request.
    private static func postings(_ id: UUID, _ tx: borrowing Transaction) throws -> [PaymentStory.Posting] {
        try tx.query(
            """
            select t.id, t.kind, d.kind, d.owner, k.kind, k.owner, t.amount, t.booked_on, t.recorded_at
            from (
                select * from ledger_transfer where notice_id in (
                    select n.notice_id from request_notice n where n.payment_request_id = \(id))
                    -- Of a basket's money, what paid this request.
                    and (payment_request_id = \(id) or payment_request_id is null)
                union
                select * from ledger_transfer where statement_line_id in (
                    select f.statement_line_id from refund f where f.payment_request_id = \(id))
            ) t join ledger_account d on d.id = t.debit_account join ledger_account k on k.id = t.credit_account
            order by t.id limit \(maximum)
            """
        ).map { row in
            PaymentStory.Posting(
                id: try row.get(0),
                kind: try row.get(1),
                debit: try row.get(2),
                debitOwner: try row.get(3),
                credit: try row.get(4),
                creditOwner: try row.get(5),
                amount: try row.get(6),
                bookedOn: try row.get(7),
                recordedAt: try row.get(8)
            )
        }
    }

    private static func refunds(_ id: UUID, _ tx: borrowing Transaction) throws -> [PaymentStory.RefundOfRequest] {
        try tx.query(
            """
            select id, end_to_end_id, state, amount, requested_by_name, requested_at, approved_by_name, approved_at,
                executed_by_name, executed_at, settled_at
            from refund where payment_request_id = \(id) order by requested_at limit \(maximum)
            """
        ).map { row in
            PaymentStory.RefundOfRequest(
                id: try row.get(0),
                mark: try row.get(1),
                state: try row.code(2),
                amount: try row.get(3),
                requestedBy: try row.get(4),
                requestedAt: try row.get(5),
                approvedBy: try row.get(6),
                approvedAt: try row.get(7),
                executedBy: try row.get(8),
                executedAt: try row.get(9),
                settledAt: try row.get(10)
            )
        }
    }
}
