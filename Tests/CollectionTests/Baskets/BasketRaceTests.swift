import Collection
import Foundation
import Postgres
import Settlement
import TestSupport
import Testing
import Values

/// Baskets under many hands at once, and connections that die in the middle of a write.
@Suite struct BasketRaceTests {
    @Test func `money for a basket and for its requests at once is all there, and none of it twice`() async throws {
        var random = Seeded("basket races")
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            for round in 0..<10 {
                let requests = try await desk.requests(4)
                let basket = try await desk.basket(requests)
                var orders: [(id: String, amount: Int64, reference: String)] = []
                for number in 0..<24 {
                    let isMember = random.chance(30)
                    let reference = isMember ? random.pick(requests).reference : basket.reference
                    let amount = Int64.random(in: 1...12, using: &random) * 500
                    orders.append(("r\(round)-\(number)", amount, reference))
                    if random.chance(25) { orders.append(("r\(round)-\(number)", amount, reference)) }
                }
                orders.shuffle(using: &random)
                let cancels = round % 5 == 4
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for order in orders {
                        group.addTask { _ = try await desk.desk.settle(order.id, order.amount, order.reference) }
                    }
                    if cancels {
                        group.addTask {
                            do {
                                _ = try await services.baskets.cancel(.id(basket.id), by: desk.caller)
                            } catch let error as ServiceError where error.code == .conflict {}
                        }
                    }
                    try await group.waitForAll()
                }
                let money = Set(orders.map(\.id)).map { id in orders.first { $0.id == id }!.amount }.reduce(0, +)
                let found = try await desk.find(basket.reference)
                let applied = found.requests.map(\.amountApplied.dong).reduce(0, +)
                let held = try await services.database.query(
                    "select coalesce(sum(suspense_amount), 0)::bigint from bank_notice where provider_transaction_id like \("r\(round)-%")"
                ).row().get(0, as: Int64.self)
                #expect(applied + held == money, "round \(round)")
                #expect(cancels || applied == min(money, 40_000) || held > 0, "round \(round)")
            }
            try await desk.desk.expectCleanBooks()
        }
    }

    @Test func `of two baskets that want the same request at once, one is made`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            for _ in 0..<10 {
                let requests = try await desk.requests(3)
                let made = await withTaskGroup(of: Bool.self) { group in
                    for pair in [[0, 1], [1, 2], [2, 0], [1, 0]] {
                        group.addTask {
                            do {
                                _ = try await desk.basket(pair.map { requests[$0] })
                                return true
                            } catch {
                                return false
                            }
                        }
                    }
                    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
                #expect(made == 1)
            }
        }
    }

    /// Each write of a settlement in turn is the last thing that its connection does; the bank sends its notice again.
    @Test func `a settlement that dies at any write leaves nothing, and the next one everything`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            try await services.database.scriptAsOwner(
                """
                create table fatal_place (place bigint);
                insert into fatal_place values (0);
                create sequence fatal_count;
                create function fatal_write() returns trigger language plpgsql as $$
                begin
                    if nextval('fatal_count') = (select place from fatal_place) then
                        perform pg_terminate_backend(pg_backend_pid());
                        perform pg_sleep(60);
                    end if;
                    return null;
                end $$;
                grant select, update on fatal_place to khop_app;
                grant select, update on sequence fatal_count to khop_app;
                """
            )
            for table in Self.written {
                try await services.database.scriptAsOwner(
                    """
                    create trigger zz_fatal after insert or update on \(table)
                        for each statement execute function fatal_write();
                    """
                )
            }
            var place = 1
            while try await Self.dies(at: place, desk) { place += 1 }
            // Notice, basket, parts, postings, requests, a case: more than that, and each was the last once.
            #expect(place > Self.written.count)
            try await desk.desk.expectCleanBooks()
        }
    }

    private static let written = [
        "bank_notice", "basket_notice", "basket_part", "ledger_transfer", "payment_request", "receipt",
        "reconciliation_case",
    ]

    /// Settles too much for a basket with a connection that dies at a write; whether there was such a write.
    private static func dies(at place: Int, _ desk: BasketDesk) async throws -> Bool {
        let services = desk.services
        let basket = try await desk.basket(try await desk.requests(2))
        func choose(_ place: Int) async throws {
            _ = try await services.database.query("update fatal_place set place = \(place)::bigint")
            _ = try await services.database.query("select setval('fatal_count', 1, false)")
        }
        try await choose(place)
        var outcome: NoticeOutcome?
        // The settler tries again by itself what a lost connection left undone, or says that it could not.
        do { outcome = try await desk.desk.settle("fatal-\(place)", 20_500, basket.reference) } catch {
            #expect(try await desk.remaining(basket) == [10_000, 10_000], "write \(place)")
        }
        let writes = try await services.database.query(
            "select case when is_called then last_value else 0 end from fatal_count"
        ).row().get(0, as: Int.self)
        try await choose(0)
        let again = try await desk.desk.settle("fatal-\(place)", 20_500, basket.reference)
        #expect(outcome == .overpaid && again == .duplicate || outcome == nil && again == .overpaid, "write \(place)")
        #expect(try await desk.remaining(basket) == [0, 0], "write \(place)")
        return writes >= place
    }
}
