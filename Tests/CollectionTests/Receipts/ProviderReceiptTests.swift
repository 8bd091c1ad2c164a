import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// Receipts that a provider numbers: whatever it does, each payment gets one.
@Suite struct ProviderReceiptTests {
    private static func set(_ services: Services, password: String = SimulatedProvider.password) async throws {
        _ = try await services.receiptProviders.set(
            ReceiptProviders.Draft(
                agencyCode: "H44.01",
                dialect: .viettel,
                url: "https://provider.example.vn",
                username: "user",
                password: password,
                taxCode: "0100000000",
                fee: ("EBL01", "26TAA"),
                charge: ("EBL02", "26TAA")
            ),
            by: .system
        )
    }

    /// Sends until nothing is left to send, for as many hours as it takes.
    private static func drain(_ services: Services, _ provider: SimulatedProvider, hours: Int = 200) async throws {
        let delivery = services.providerDelivery(provider)
        var now = Instant.now()
        for _ in 0..<hours {
            while try await delivery.step(now: now) > 0 {}
            if try await services.receiptProviders.waiting().receipts == 0 { return }
            now = now.adding(seconds: 7200)
        }
    }

    private static func refund(_ services: Services, _ request: PaymentRequest, _ amount: Int64) async throws {
        let draft = RefundDraft(
            source: .request(request.id),
            amount: Money(amount),
            reason: "not eligible",
            payee: .byHand(nil)
        )
        let told = try JSON.parse(try await services.refunds.request(draft, by: TestPerson.finance).body)
        let id = try #require(told["id"]?.string.flatMap { UUID(uuidString: $0) })
        _ = try await services.refunds.approve(id, by: TestPerson.approver)
        _ = try await services.refunds.execute(id, by: TestPerson.finance)
    }

    private static func count(_ services: Services, _ sql: String) async throws -> Int64 {
        try await services.database.query(Query(trustedSQL: sql)).row().get(0)
    }

    @Test func `a payment is told to await a number, and then its number`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.set(services)
            let provider = SimulatedProvider()
            let request = try await desk.request()
            #expect(try await desk.settle("FT1", 10_000, request.reference) == .settled)
            let waiting = try await desk.find(request.id.uuidString)
            #expect(waiting.receipts.isEmpty && waiting.orderedReceipts.map(\.state) == [.awaiting])
            let told = waiting.json(publicURL: "https://x", now: .now(), in: .english)["receipts"]?.array?.first
            #expect(told?["status"] == "awaiting_number" && told?["number"] == .null)
            #expect(try await services.receiptProviders.waiting().receipts == 1)
            try await Self.drain(services, provider)
            let numbered = try await desk.find(request.id.uuidString)
            #expect(numbered.orderedReceipts.map(\.number) == ["EBL02-26TAA-26TAA1"])
            #expect(try await Self.count(services, "select count(*) from receipt") == 0)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a provider that errs, is late, answers twice or never makes one receipt for each payment`() async throws
    {
        try await TestDatabase.withServices { services in
            var random = Seeded("receipt provider")
            let desk = try await Desk(services)
            try await Self.set(services)
            let provider = SimulatedProvider()
            // In every mood at random at first, and patient at last.
            let moods = (0..<160).map { _ in random.pick(SimulatedProvider.Mood.allCases) }
            provider.behave { call in call < moods.count ? moods[call] : .answers }
            for number in 0..<25 {
                let request = try await desk.request()
                #expect(try await desk.settle("FT\(number)", 10_000, request.reference) == .settled)
            }
            try await Self.drain(services, provider)
            #expect(provider.calls > 60)
            #expect(provider.made.count == 25 && provider.made.values.allSatisfy { $0.amount == 10_000 })
            let rows = try await services.database.query(
                "select key::text, number from provider_receipt where state = 'issued'"
            )
            let kept = Dictionary(
                uniqueKeysWithValues: try rows.map { (try $0.get(0, as: String.self), try $0.get(1, as: String.self)) }
            )
            #expect(kept == provider.made.mapValues(\.number))
            try await desk.expectCleanBooks()
        }
    }

    @Test func `two servers at once send each order once at a time`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.set(services)
            let provider = SimulatedProvider()
            for number in 0..<20 {
                let request = try await desk.request()
                #expect(try await desk.settle("FT\(number)", 10_000, request.reference) == .settled)
            }
            let (one, other) = (services.providerDelivery(provider), services.providerDelivery(provider))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for delivery in [one, other] { group.addTask { while try await delivery.step(limit: 3) > 0 {} } }
                try await group.waitForAll()
            }
            #expect(provider.made.count == 20 && provider.calls == 20)
        }
    }

    @Test func `what goes back is replaced or cancelled there, after it has its number`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.set(services)
            let provider = SimulatedProvider()
            let (part, whole) = (try await desk.request(), try await desk.request())
            for (number, request) in [part, whole].enumerated() {
                #expect(try await desk.settle("FT\(number)", 10_000, request.reference) == .settled)
            }
            // Before the first has its number: nothing of the second is sent before that.
            try await Self.refund(services, part, 4000)
            try await Self.refund(services, whole, 10_000)
            let delivery = services.providerDelivery(provider)
            let first = try await delivery.step()
            #expect(first == 2)
            #expect(provider.made.values.allSatisfy { $0.replaces == nil && $0.amount == 10_000 })
            try await Self.drain(services, provider)
            let replacing = provider.made.values.filter { $0.replaces != nil }
            #expect(replacing.map(\.amount) == [6000] && provider.cancelled.count == 1)
            #expect(try await desk.find(whole.id.uuidString).orderedReceipts.isEmpty)
            #expect(try await desk.find(part.id.uuidString).orderedReceipts.map(\.amount) == [Money(6000)])
        }
    }

    @Test func `portals are told when a receipt has its number, and when it no longer stands`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.set(services)
            let types = ["receipt.issued", "receipt.cancelled"]
            _ = try await services.eventEndpoints.add(
                name: "portal",
                url: "http://127.0.0.1:1/x",
                types: types,
                secret: nil
            )
            let provider = SimulatedProvider()
            let (part, whole) = (try await desk.request(), try await desk.request())
            for (number, request) in [part, whole].enumerated() {
                #expect(try await desk.settle("FT\(number)", 10_000, request.reference) == .settled)
            }
            func told(_ request: PaymentRequest) async throws -> [JSON] {
                try await services.events.list(
                    EventStore.Filter(subject: "request:" + request.id.uuidString.lowercased()),
                    limit: 20
                )
                .map { $0.body }
            }
            #expect(try await told(part).isEmpty)
            try await Self.drain(services, provider)
            let first = try #require(try await told(part).first)
            let number = try #require(try await desk.find(part.id.uuidString).orderedReceipts.first?.number)
            #expect(first["type"] == "receipt.issued" && first["data"]?["number"] == .string(number))
            #expect(first["data"]?["status"] == "issued" && first["data"]?["amount"] == 10_000)
            #expect(first["data"]?["reference"] == .string(part.reference) && first["data"]?["replaces"] == .null)
            for (request, amount) in [(part, Int64(4000)), (whole, 10_000)] {
                try await Self.refund(services, request, amount)
            }
            try await Self.drain(services, provider)
            let replaced = try await told(part)
            #expect(replaced.map { $0["type"] } == ["receipt.issued", "receipt.cancelled", "receipt.issued"])
            #expect(replaced[1]["data"]?["number"] == .string(number) && replaced[1]["data"]?["status"] == "replaced")
            #expect(replaced[1]["data"]?["replaced_by"] == replaced[2]["data"]?["number"])
            #expect(replaced[2]["data"]?["replaces"] == .string(number) && replaced[2]["data"]?["amount"] == 6000)
            let cancelled = try await told(whole)
            #expect(cancelled.map { $0["type"] } == ["receipt.issued", "receipt.cancelled"])
            #expect(cancelled[1]["data"]?["status"] == "cancelled" && cancelled[1]["data"]?["replaced_by"] == .null)
        }
    }

    @Test func `a wrong password is told to the operator, and nothing is lost`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.set(services, password: "wrong")
            let provider = SimulatedProvider()
            let request = try await desk.request()
            #expect(try await desk.settle("FT1", 10_000, request.reference) == .settled)
            _ = try await services.providerDelivery(provider).step()
            let waiting = try await services.receiptProviders.waiting()
            #expect(waiting.receipts == 1 && waiting.error?.contains("BAD_USERNAME_PASSWORD") == true)
            #expect(waiting.error?.contains("wrong") == false)
        }
    }

    @Test func `when the provider is ended, receipts are numbered here again`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.set(services)
            try await services.receiptProviders.end(agency: "H44.01", by: .system)
            let request = try await desk.request()
            #expect(try await desk.settle("FT1", 10_000, request.reference) == .settled)
            let paid = try await desk.find(request.id.uuidString)
            #expect(paid.receipts.count == 1 && paid.orderedReceipts.isEmpty)
        }
    }

    @Test func `the database refuses a second order for a payment, and any change of a number`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.set(services)
            let request = try await desk.request()
            #expect(try await desk.settle("FT1", 10_000, request.reference) == .settled)
            try await Self.drain(services, SimulatedProvider())
            func refused(_ query: Query) async throws -> String? {
                do {
                    _ = try await services.database.asOwner(query)
                    return nil
                } catch let error as PostgresError { return error.constraint ?? error.description }
            }
            let second: Query = """
                insert into provider_receipt (provider_id, payment_request_id, kind, turn, amount, made_at, next_attempt_at)
                select provider_id, payment_request_id, kind, turn, amount, now(), now() from provider_receipt
                """
            #expect(try await refused(second) == "provider_receipt_turn_key")
            #expect(try await refused("update provider_receipt set number = '7'") == "provider_receipt_facts_check")
            #expect(try await refused("delete from provider_receipt") != nil)
        }
    }
}
