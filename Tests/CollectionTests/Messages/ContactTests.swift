import Casework
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// Who is told, and who is no more.
@Suite struct ContactTests {
    private static let payer = CallOrigin(address: "203.0.113.9")

    private static func contact(_ address: String) throws -> WantedContact {
        try #require(WantedContact(.email, address, in: .vietnamese))
    }

    @Test func `an order's wishes are read, and every fault is told where it is`() throws {
        func draft(_ notify: JSON) throws -> PaymentRequestDraft {
            let order: JSON = [
                "dossier_code": "D-1", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
                "notify": notify,
            ]
            return try PaymentRequestDraft(order, today: Instant.now().day)
        }
        let all = try draft(["email": " An@Example.VN", "phone": "0912345678", "zalo": "+84 987 654 321"]).contacts
        #expect(all.map(\.address) == ["an@example.vn", "+84912345678", "+84987654321"])
        #expect(all.map(\.channel) == [.email, .sms, .zalo] && all.allSatisfy { $0.language == .vietnamese })
        do {
            _ = try draft([
                "email": "an@example\r\nBcc: x@y.z", "phone": "12", "zalo": "0212345678", "language": "fr", "fax": "1",
            ])
            Issue.record("it was accepted")
        } catch let error as ServiceError {
            #expect(
                error.faults.map(\.pointer)
                    == ["/notify/language", "/notify/email", "/notify/phone", "/notify/zalo", "/notify/fax"]
            )
        }
    }

    @Test func `a link for unsubscribing silences its address everywhere, until its owner asks again`() async throws {
        try await MessageDesk.with { world in
            let messages = world.services.messages
            let (first, second) = (try await world.request(), try await world.request())
            #expect(try await world.desk.settle("FT1", 4000, first.reference) == .partial)
            try await world.drain()
            let token = try #require(world.sender.sent.first?.unsubscribeURL)
            #expect(try await messages.subscription(token).masked == "a***@example.vn")
            for wrong in ["", "1", token + "0", "9" + token, token.uppercased() + " ", "0-" + token] {
                await #expect(throws: ServiceError.self) { try await messages.unsubscribe(wrong, from: Self.payer) }
            }
            // What waits is dropped, of every request.
            #expect(try await world.desk.settle("FT2", 10_000, second.reference) == .settled)
            try await messages.unsubscribe(token, from: Self.payer)
            try await messages.unsubscribe(token, from: Self.payer)
            #expect(try await messages.subscription(token).isOver)
            // And a portal's word does not lift it.
            let third = try await world.request()
            #expect(try await world.desk.settle("FT3", 10_000, third.reference) == .settled)
            try await world.drain()
            #expect(world.sender.told == ["part_paid an@example.vn"])
            #expect(try await world.states() == [.sent, .dropped])
            let audited = try await world.services.database.query(
                "select count(*) from audit_entry where action = 'contact.stop'"
            ).row().get(0, as: Int64.self)
            #expect(audited == 1)
            // The payer's own does.
            let fourth = try await world.request()
            try await messages.add(Self.contact("an@example.vn"), to: fourth.id, from: Self.payer)
            #expect(try await world.desk.settle("FT4", 10_000, fourth.reference) == .settled)
            try await world.drain()
            #expect(world.sender.told.last == "paid an@example.vn" && world.sender.sent.count == 2)
        }
    }

    @Test func `a payer adds three addresses and no more, however many ask at once`() async throws {
        try await MessageDesk.with { world in
            let (messages, request) = (world.services.messages, try await world.desk.request())
            let added = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    let contact = try Self.contact("p\(number)@example.vn")
                    group.addTask {
                        do {
                            try await messages.add(contact, to: request.id, from: Self.payer)
                            return true
                        } catch let error as ServiceError where error.code == .conflict { return false }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(added == Messages.maximumContacts)
            let told = try await messages.told(of: request.id)
            #expect(told.count == 3 && told.allSatisfy { $0.masked == "p***@example.vn" })
        }
    }

    @Test func `a fresh price takes the addresses along`() async throws {
        try await MessageDesk.with { world in
            let request = try await world.request()
            _ = try await world.services.database.asOwner(
                "update payment_request set expires_at = now() - interval '1 hour' where id = \(request.id)::uuid"
            )
            let token = try await world.services.payerPages.renew(token: request.token, from: Self.payer)
            let fresh = try await world.services.payerPages.request(token: token)
            #expect(fresh.id != request.id)
            #expect(try await world.desk.settle("FT1", 10_000, fresh.reference) == .settled)
            try await world.drain()
            #expect(world.sender.told == ["paid an@example.vn"])
        }
    }

    @Test func `addresses go after their time, and what was to be sent there with them`() async throws {
        try await MessageDesk.with { world in
            let request = try await world.request()
            #expect(try await world.desk.settle("FT1", 10_000, request.reference) == .settled)
            #expect(try await world.services.retention.run(by: .system).contacts == 0)
            let later = Instant.now().adding(seconds: 91 * 86_400)
            #expect(try await world.services.retention.run(at: later, by: .system).contacts == 1)
            try await world.drain()
            #expect(world.sender.sent.isEmpty)
            #expect(try await world.states() == [.dropped])
            #expect(try await world.services.messages.list().first?.address == nil)
        }
    }

    @Test func `the service can neither change what a message says nor take one away`() async throws {
        try await MessageDesk.with { world in
            let request = try await world.request()
            #expect(try await world.desk.settle("FT1", 10_000, request.reference) == .settled)
            let database = world.services.database
            for query: Query in [
                "update payer_message set amount = 1", "delete from payer_message", "delete from payer_contact",
                "update payer_contact set channel = 'sms'",
            ] {
                await #expect(throws: PostgresError.self) { _ = try await database.query(query) }
                await #expect(throws: PostgresError.self) { try await database.asOwner(query) }
            }
            // Nor send again what was sent, nor skip what stands between.
            try await world.drain()
            for state in ["waiting", "sending", "unknown", "dead"] {
                let query: Query = """
                    update payer_message set state = \(state), leased_until = case when \(state) = 'sending' then now() end,
                        ended_at = case when \(state) in ('unknown', 'dead') then now() end
                    """
                await #expect(throws: PostgresError.self) { _ = try await database.query(query) }
            }
        }
    }
}
