import Collection
import Foundation
import Postgres
import Settlement
import TestSupport
import Testing
import Values
import Workflow

/// Baskets: how they are made, what money does for them, and how they end.
@Suite struct BasketTests {
    private static func refusal(_ work: () async throws -> some Any) async -> (ServiceError.Code, Reason.Code?)? {
        do {
            _ = try await work()
            return nil
        } catch let error as ServiceError {
            return (error.code, error.reason?.code)
        } catch {
            return nil
        }
    }

    @Test func `a basket takes requests of one account that wait, each in one open basket`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            func refused(_ requests: [PaymentRequest]) async throws -> (ServiceError.Code, Reason.Code?)? {
                let draft = try desk.draft(requests)
                return await Self.refusal {
                    try await services.baskets.make(draft, caller: desk.caller, idempotency: nil)
                }
            }
            let requests = try await desk.requests(3)
            #expect(try await refused([requests[0], requests[0]])?.1 == .basketRequestRepeated)
            let cash = try await desk.request("counter_cash")
            #expect(try await refused([requests[0], cash])?.1 == .basketAtCounter)
            let cancelled = try await desk.request()
            _ = try await services.paymentRequests.cancel(cancelled.id)
            #expect(try await refused([requests[0], cancelled])?.1 == .basketRequestClosed)
            let other = try await Desk(services, name: "other", account: "9990012345678").request()
            // Another's request is as good as none.
            #expect(try await refused([requests[0], other])?.0 == .notFound)
            _ = try await services.database.asOwner(
                "update payment_request set created_by = \(desk.caller.id)::uuid where id = \(other.id)::uuid"
            )
            #expect(try await refused([requests[0], other])?.1 == .basketOfOtherAccount)

            let basket = try await desk.basket(requests)
            #expect(basket.requests.map(\.id) == requests.map(\.id))
            #expect(basket.amountRemaining(at: .now()) == Money(30_000))
            let fresh = try await desk.request()
            #expect(try await refused([fresh, requests[1]])?.1 == .basketRequestTaken)
            _ = try await services.baskets.cancel(.id(basket.id), by: desk.caller)
            _ = try await desk.basket([fresh, requests[1]])
            // Its code is not shown longer than the first of its requests can be paid.
            let brief = try await desk.request(expiresIn: 600)
            let bounded = try await desk.basket([brief, try await desk.request()])
            #expect(bounded.expiresAt == brief.expiresAt)
        }
    }

    @Test func `the database refuses what the rules refuse, whoever writes it`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            let basket = try await desk.basket(try await desk.requests(2))
            let free = try await desk.request()
            func write(_ sql: Query) async -> String? {
                do {
                    _ = try await services.database.query(sql)
                    return nil
                } catch let error as PostgresError {
                    return error.constraint ?? error.sqlState.map { "\($0)" }
                } catch {
                    return "other"
                }
            }
            let copy: Query = """
                insert into basket (id, reference, token, bank_bin, account_number, account_name, expires_at, created_at,
                    created_by)
                select gen_random_uuid(), \(free.reference), 'x', bank_bin, account_number, account_name, expires_at,
                    created_at, created_by from basket
                """
            #expect(await write(copy) == "basket_reference_key")
            let other: Query = """
                with made as (
                    insert into basket (id, reference, token, bank_bin, account_number, account_name, expires_at,
                        created_at, created_by)
                    select gen_random_uuid(), 'RF18000000000000', 'y', bank_bin, account_number, account_name, expires_at,
                        created_at, created_by from basket returning id)
                insert into basket_item (basket_id, place, payment_request_id)
                select made.id, 1, \(basket.requests[0].id)::uuid from made
                """
            #expect(await write(other) == "basket_item_open_key")
            #expect(await write("update basket set account_number = account_number") != nil)
            #expect(await write("delete from basket_item") != nil)
            #expect(
                await write("insert into basket_notice values (999, \(basket.id)::uuid)") == "basket_notice_notice_fkey"
            )
            _ = try await desk.desk.settle("t1", 20_000, basket.reference)
            let forged: Query = """
                insert into basket_part (notice_id, place, payment_request_id, amount)
                select notice_id, 3, \(free.id)::uuid, 1 from basket_notice
                """
            #expect(await write(forged) == "basket_part_item_fkey")
        }
    }

    @Test func `parts, the whole, too much and the same again: each lands where it belongs`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            let basket = try await desk.basket(try await desk.requests(3))
            #expect(try await desk.desk.settle("t1", 14_000, basket.reference) == .partial)
            #expect(try await desk.remaining(basket) == [0, 6000, 10_000])
            #expect(try await desk.desk.cases("underpaid").map { $0["amount"]?.integer } == [6000])
            #expect(try await desk.desk.settle("t1", 14_000, basket.reference) == .duplicate)
            #expect(try await desk.desk.settle("t1", 14_001, basket.reference) == .conflict)
            let shown = try await desk.find(basket.reference)
            #expect(shown.amountRemaining(at: .now()) == Money(16_000) && shown.amountReceived == Money(14_000))
            #expect(try await desk.state(basket) == "open")
            #expect(try await desk.desk.settle("t2", 16_500, basket.reference) == .overpaid)
            #expect(try await desk.remaining(basket) == [0, 0, 0])
            #expect(try await desk.state(basket) == "paid")
            #expect(try await desk.desk.cases("underpaid").isEmpty)
            #expect(try await desk.desk.settle("t3", 1000, basket.reference) == .overpaid)
            #expect(try await desk.desk.cases("overpaid").map { $0["amount"]?.integer } == [500, 1000])
            #expect(try await desk.desk.balance("bank", desk.desk.account) == 31_500)
            #expect(try await desk.desk.balance("suspense", desk.desk.account) == -1500)
            #expect(try await desk.desk.balance("revenue", "H44.01") == -30_000)
            for request in try await desk.find(basket.reference).requests {
                #expect(request.status == .paid && request.amountReceived == Money(10_000))
                #expect(request.settledBy == .notice && !request.receipts.isEmpty)
            }
            try await desk.desk.expectCleanBooks()
        }
    }

    @Test func `members that were paid, cancelled or are too late take nothing; the others are paid in order`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            let requests = try await desk.requests(4)
            let basket = try await desk.basket(requests)
            #expect(try await desk.desk.settle("own", 10_000, requests[1].reference) == .settled)
            _ = try await services.paymentRequests.cancel(requests[0].id)
            #expect(try await desk.find(basket.reference).amountRemaining(at: .now()) == Money(20_000))
            _ = try await services.database.asOwner(
                "update payment_request set expires_at = now() - interval '3 days' where id = \(requests[2].id)::uuid"
            )
            #expect(try await desk.desk.settle("t1", 20_000, basket.reference) == .overpaid)
            #expect(try await desk.remaining(basket) == [10_000, 0, 10_000, 0])
            #expect(try await desk.desk.cases("overpaid").map { $0["amount"]?.integer } == [10_000])
            try await desk.desk.expectCleanBooks()
        }
    }

    @Test func `a cancelled basket is left to a person, an expired one to its requests`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            let basket = try await desk.basket(try await desk.requests(2))
            _ = try await services.baskets.cancel(.reference(basket.reference), by: desk.caller)
            _ = try await services.baskets.cancel(.id(basket.id), by: desk.caller)
            let audited = try await services.database.query(
                "select count(*) from audit_entry where action = 'basket.cancel'"
            ).row()
            #expect(try audited.get(0, as: Int.self) == 1)
            #expect(try await desk.desk.settle("t1", 20_000, basket.reference) == .late)
            #expect(try await desk.state(basket) == "cancelled")
            let paid = try await desk.basket(try await desk.requests(2))
            #expect(try await desk.desk.settle("t2", 20_000, paid.reference) == .settled)
            let refused = await Self.refusal { try await services.baskets.cancel(.id(paid.id), by: desk.caller) }
            #expect(refused?.1 == .basketNotOpen)
            let expired = try await desk.basket(try await desk.requests(2))
            try await services.database.scriptUnguarded(
                "update basket set created_at = now() - interval '1 day', expires_at = now() - interval '1 hour' where reference = '\(expired.reference)'"
            )
            #expect(try await desk.state(expired) == "expired")
            #expect(try await desk.desk.settle("t3", 20_000, expired.reference) == .settled)
            #expect(try await desk.state(expired) == "paid")
        }
    }

    @Test func `a repeated key makes one basket, and another's key sees none`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            let draft = try desk.draft(try await desk.requests(2))
            let key = IdempotencyKey(key: "k", request: [1])
            let bodies = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await services.baskets.make(draft, caller: desk.caller, idempotency: key).body
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(bodies.count == 1)
            let id = try #require(try JSON.parse(bodies.first ?? "")["id"]?.string.flatMap(UUID.init))
            let stranger = try await BasketDesk.portal(services, "another")
            let seen = await Self.refusal { try await services.baskets.find(.id(id), for: stranger) }
            #expect(seen?.0 == .notFound)
            let changed = await Self.refusal {
                let other = IdempotencyKey(key: "k", request: [2])
                return try await services.baskets.make(draft, caller: desk.caller, idempotency: other)
            }
            #expect(changed?.0 == .idempotencyMismatch)
        }
    }

    @Test func `a basket is told once, when nothing remains, after the events of its requests`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen()
            let desk = try await BasketDesk(services)
            let requests = try await desk.requests(2)
            let basket = try await desk.basket(requests)
            #expect(try await desk.desk.settle("t1", 10_000, basket.reference) == .partial)
            // The last one by its own reference: the basket is paid all the same.
            #expect(try await desk.desk.settle("t2", 10_000, requests[1].reference) == .settled)
            let events = try await services.allEvents()
            #expect(events.map(\.type) == ["payment_request.paid", "payment_request.paid", "basket.paid"])
            let told = try #require(events.last)
            #expect(told.subject == "basket:\(basket.id.text)")
            #expect(told.body["data"]?["amount_due"]?.integer == 20_000)
            #expect(told.body["data"]?["payment_requests"]?.array?.map { $0["status"] } == ["paid", "paid"])
        }
    }
}
