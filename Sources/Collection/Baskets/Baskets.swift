import Casework
import PaymentQR
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Makes, reads and cancels baskets: several requests that are paid with one code.
public struct Baskets: Sendable {
    private let database: Database
    private let requests: PaymentRequests
    /// Tokens that nobody has.
    private let absent = AbsentNames()

    init(_ database: Database, requests: PaymentRequests) {
        (self.database, self.requests) = (database, requests)
    }

    /// Makes a basket of requests that the caller may see, or returns the first answer again for a repeated key.
    ///
    /// Locks the requests in the order of their ids, as whatever pays or cancels one does.
    public func make(_ draft: BasketDraft, caller: Caller, idempotency: IdempotencyKey?) async throws -> KeptAnswer {
        if let idempotency, let first = try await requests.answers.first(idempotency, of: caller) { return first }
        var ids: [UUID] = []
        for (index, name) in draft.requests.enumerated() {
            do {
                let request = try await requests.find(name)
                try await requests.authorize(request, for: caller)
                ids.append(request.id)
            } catch let error as ServiceError where error.code == .notFound {
                throw ServiceError(.notFound, at: "/payment_requests/\(index)", error.phrase)
            }
        }
        let (chosen, publicURL) = (ids, requests.publicURL)
        var generator = SystemRandomNumberGenerator()
        let reference = CreditorReference.random(using: &generator, mode: requests.mode)
        do {
            let body = try await ServiceError.tellingRefusals {
                try await database.transaction { tx in
                    let basket = try Baskets.insert(chosen, draft, reference, by: caller, tx)
                    let body = basket.json(publicURL: publicURL, now: .init(microseconds: 0)).serialized
                    if let idempotency {
                        let kept = try tx.query(KeptAnswers.keeping(body, idempotency, caller))
                        guard kept.count == 1 else { throw BasketKeyIsTaken() }
                    }
                    return body
                }
            }
            return KeptAnswer(body: body, isRepeated: false)
        } catch {
            // The same was asked for at the same time: then its requests are in the basket that was made for it.
            if let idempotency, let first = try await requests.answers.first(idempotency, of: caller) { return first }
            throw error is BasketKeyIsTaken ? ServiceError(.overloaded, .beingHandled) : error
        }
    }

    private static func insert(
        _ ids: [UUID],
        _ draft: BasketDraft,
        _ reference: CreditorReference,
        by caller: Caller,
        _ tx: borrowing Transaction
    ) throws -> Basket {
        let now = Instant.now()
        try tx.query("select 1 from payment_request where id = any(\(ids)::uuid[]) order by id for update")
        let found = try read(requests: ids, tx)
        let taken = try openBaskets(of: ids, at: now, tx)
        let members = found.map { BasketMember($0, at: now, openBasket: taken[$0.id]) }
        let asked = Instant(unixSeconds: now.unixSeconds).adding(seconds: draft.expiresIn)
        let expiresAt = try BasketRules.make(of: members, until: asked)
        let (id, first) = (UUID.version7(at: now), found[0])
        let row = try tx.query(
            """
            insert into basket (id, reference, token, bank_bin, account_number, account_name, expires_at, created_at,
                created_by)
            values (\(id)::uuid, \(reference.text), \(randomToken(length: 22)),
                \(first.bankBIN), \(first.accountNumber), \(first.accountName), \(expiresAt)::timestamptz,
                \(now)::timestamptz, \(caller.id)::uuid)
            returning id, reference, token, bank_bin, account_number, account_name, expires_at, created_at, created_by,
                cancelled_at
            """
        ).row()
        try tx.query(
            """
            insert into basket_item (basket_id, place, payment_request_id)
            select \(id)::uuid, k.place::smallint, k.id
            from unnest(\(found.map(\.id))::uuid[]) with ordinality as k (id, place)
            """
        )
        let basket = try Basket(row, found)
        let detail: JSON = [
            "reference": .string(basket.reference), "amount": .money(basket.amountRemaining(at: now)),
            "payment_requests": .array(found.map { .string($0.reference) }),
        ]
        try Audit.record(tx, caller.person, "basket.create", "basket:\(id.text)", detail)
        return basket
    }

    /// The references of baskets that are open and have one of the requests.
    private static func openBaskets(of ids: [UUID], at now: Instant, _ tx: borrowing Transaction) throws
        -> [UUID: String]
    {
        var taken: [UUID: String] = [:]
        let rows = try tx.query(
            """
            select i.payment_request_id, b.reference from basket_item i join basket b on b.id = i.basket_id
            where i.payment_request_id = any(\(ids)::uuid[]) and b.cancelled_at is null
                and b.expires_at > \(now)::timestamptz
            """
        )
        for row in rows { taken[try row.get(0, as: UUID.self)] = try row.get(1) }
        return taken
    }

    /// The basket of an id or a reference, if the caller may see all of its requests.
    public func find(_ name: RequestName, for caller: Caller) async throws -> Basket {
        let basket =
            switch name {
            case .id(let id): try await one("id = $1::uuid", id)
            case .reference(let reference): try await one("reference = $1", reference)
            }
        guard let basket else { throw ServiceError(.notFound, .none(.basket)) }
        for request in basket.requests {
            do {
                try await requests.authorize(request, for: caller)
            } catch let error as ServiceError where error.code == .notFound {
                throw ServiceError(.notFound, .none(.basket))
            }
        }
        return basket
    }

    /// The basket behind a pay link; `nil` if the link is none of a basket.
    func find(token: String) async throws -> Basket? {
        guard !absent.contains(token) else { return nil }
        let basket = try await one("token = $1", token)
        if basket == nil, token.utf8.count < 200 { absent.add(token) }
        return basket
    }

    /// The basket that a reference names; `nil` if none does.
    func find(reference: String) async throws -> Basket? { try await one("reference = $1", reference) }

    private func one(_ condition: String, _ value: any Bindable) async throws -> Basket? {
        let sql = "select \(Basket.columns) from basket where \(condition)"
        return try await database.read { tx in
            guard let row = try tx.query(Query(trustedSQL: sql, binding: [value])).first else { return nil }
            return try Baskets.whole(row, tx)
        }
    }

    private static func whole(_ row: Row, _ tx: borrowing Transaction) throws -> Basket {
        let id: UUID = try row.get(0)
        let ids = try tx.query(
            "select payment_request_id from basket_item where basket_id = \(id)::uuid order by place"
        ).map { try $0.get(0, as: UUID.self) }
        let held = try tx.query(
            """
            select coalesce(sum(c.amount), 0)::bigint from basket_notice n join reconciliation_case c
                on c.notice_id = n.notice_id and c.kind in ('overpaid', 'late', 'other_account') and c.state = 'open'
            where n.basket_id = \(id)::uuid
            """
        ).row().get(0, as: Money.self)
        return try Basket(row, read(requests: ids, tx), held: held)
    }

    /// Requests in the order of their ids' list.
    private static func read(requests ids: [UUID], _ tx: borrowing Transaction) throws -> [PaymentRequest] {
        let sql = "select \(PaymentRequest.columns) from payment_request where id = any($1::uuid[])"
        var found: [UUID: PaymentRequest] = [:]
        for row in try tx.query(Query(trustedSQL: sql, binding: [ids])) {
            let request = try PaymentRequest(row)
            found[request.id] = request
        }
        return ids.compactMap { found[$0] }
    }

    /// Cancels a basket of which something remains; repeating it changes nothing. Its requests are as before: each can be
    /// paid by its own code, or be in another basket.
    public func cancel(_ name: RequestName, by caller: Caller) async throws -> Basket {
        let basket = try await find(name, for: caller)
        let ids = basket.requests.map(\.id)
        try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                try tx.query("select 1 from payment_request where id = any(\(ids)::uuid[]) order by id for update")
                let sql = "select \(Basket.columns) from basket where id = $1::uuid for update"
                guard let row = try tx.query(Query(trustedSQL: sql, binding: [basket.id])).first else { return }
                let found = try Baskets.whole(row, tx)
                let now = Instant.now()
                guard found.cancelledAt == nil else { return }
                try BasketRules.cancel(found.state(at: now), found.reference, received: found.amountReceived)
                try tx.query(
                    "update basket set cancelled_at = \(now)::timestamptz where id = \(found.id)::uuid"
                )
                let detail: JSON = [
                    "reference": .string(found.reference), "amount": .money(found.amountRemaining(at: now)),
                ]
                try Audit.record(tx, caller.person, "basket.cancel", "basket:\(found.id.text)", detail)
            }
        }
        return try await find(name, for: caller)
    }
}

/// Somebody repeated the key at the same time.
private struct BasketKeyIsTaken: Error {}
