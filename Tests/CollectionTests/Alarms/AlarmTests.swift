import Casework
import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

@Suite struct AlarmTests {
    private static let today = Instant.now().day
    private static let (hoa, nam) = (TestPerson.hoa, TestPerson.nam)

    /// Asks for a refund of money that nobody can place.
    private static func ask(_ desk: Desk, _ number: Int, to account: String) async throws -> UUID {
        _ = try await desk.settle("S\(number)", 5000, nil)
        let id = try #require(try await desk.cases("unknown_reference").compactMap { $0["id"]?.integer }.max())
        return try await ask(desk, ofCase: id, to: account)
    }

    private static func ask(_ desk: Desk, ofCase id: Int64, to account: String) async throws -> UUID {
        let draft = RefundDraft(
            source: .suspense(id),
            amount: Money(5000),
            reason: "nobody's",
            payee: .transfer(Beneficiary(bankBIN: "970436", account: account, name: "A"))
        )
        let made = try JSON.parse(try await desk.services.refunds.request(draft, by: hoa).body)
        return try #require(UUID(uuidString: made["id"]?.string ?? ""))
    }

    private static func raised(_ desk: Desk) async throws -> [Alarm.Kind] {
        try await desk.services.alarms.raise(on: today).map(\.kind)
    }

    @Test func `many small refunds by one person are one alarm, of which nobody outside is told`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            for number in 0..<9 { _ = try await Self.ask(desk, number, to: "00112233\(number)0") }
            #expect(try await Self.raised(desk) == [])
            _ = try await services.eventEndpoints.add(
                name: "portal",
                url: "https://portal.example/",
                types: nil,
                secret: nil
            )
            _ = try await Self.ask(desk, 9, to: "0011223390")
            let told: Query = "select count(*) from event"
            let before = try await services.database.query(told).row().get(0, as: Int.self)
            #expect(try await Self.raised(desk) == [.smallRefunds])
            #expect(try await Self.raised(desk) == [])
            #expect(try await services.database.query(told).row().get(0, as: Int.self) == before)
            let alarm = try #require(try await desk.cases("alarm").first)
            #expect(alarm["amount"]?.integer == 50_000)
            // It holds no money: a person who has looked at it ends it.
            let id = try #require(alarm["id"]?.integer)
            _ = try await services.caseActions.resolve(
                id,
                CaseDecision(.dismiss, note: "a closed office"),
                by: Self.nam
            )
            #expect(try await desk.cases("alarm").isEmpty)
            #expect(try await Self.raised(desk) == [])
            try await desk.expectCleanBooks()
        }
    }

    @Test func `one account that several payments go back to, and one that a rejected refund did not name`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            for number in 0..<2 { _ = try await Self.ask(desk, number, to: "0099887766") }
            let refund = try await Self.ask(desk, 2, to: "0011223344")
            #expect(try await Self.raised(desk) == [])
            _ = try await services.refunds.reject(refund, note: "not his account", by: Self.nam)
            let id = try #require(try await desk.cases("unknown_reference").compactMap { $0["id"]?.integer }.max())
            _ = try await Self.ask(desk, ofCase: id, to: "0099887766")
            #expect(Set(try await Self.raised(desk)) == [.oneBeneficiary, .changedBeneficiary])
        }
    }

    @Test func `a cashier's requests without a fee, and recoveries where callbacks should have come`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            for (role, count) in [(Role.cashier, 10), (.portal, 12)] {
                let key = try await services.keys.create(role: role, name: role.rawValue, localityCode: nil).key
                let caller = try await services.keys.authenticate(key, from: "192.0.2.1")
                let draft = try PaymentRequestDraft(
                    ["dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"],
                    today: Self.today
                )
                for _ in 0..<count {
                    _ = try await services.paymentRequests.create(draft, caller: caller, idempotency: nil)
                }
            }
            #expect(try await Self.raised(desk) == [])
            try await services.database.asOwner("update payment_request set amount_due = 0, charge_due = 0")
            try await services.database.asOwner(
                """
                insert into reconciliation_run (account_number, through, started_at, finished_at, started_by, counts)
                values (\(desk.account), current_date, now(), now(), 'test', '{"recovered": 40, "matched": 12}')
                """
            )
            #expect(Set(try await Self.raised(desk)) == [.freeRequests, .recoveries])
        }
    }

    @Test func `requests without a fee count for a person who is a cashier as for a key`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            for (role, count) in [(Role.cashier, 10), (.admin, 12)] {
                let token = try await TestPerson.session(role, name: "\(role) person", services.database)
                let caller = try await services.sessions.authenticate(token, .bearer).caller
                let draft = try PaymentRequestDraft(
                    ["dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"],
                    today: Self.today
                )
                for _ in 0..<count {
                    _ = try await services.paymentRequests.create(draft, caller: caller, idempotency: nil)
                }
            }
            #expect(try await Self.raised(desk) == [])
            try await services.database.asOwner("update payment_request set amount_due = 0, charge_due = 0")
            #expect(try await Self.raised(desk) == [.freeRequests])
            let alarm = try #require(try await desk.cases("alarm").first)
            #expect(alarm["sentence"]?.string?.contains("cashier person") == true)
        }
    }

    @Test func `logins at night are an alarm a person and day, and none where no hours are night`() async throws {
        try await TestDatabase.withServices { services in
            let database = services.database
            let day = Self.today.adding(days: -1)
            for (person, minute, action) in [
                (Self.hoa, 0, "login"), (Self.hoa, 359, "login.break_glass"), (Self.hoa, 360, "login"),
                (Self.nam, 1319, "login"), (Self.nam, 1320, "login.failed"), (TestPerson.lan, 1320, "login"),
                (TestPerson.lan, -1, "login"),
            ] as [(Person, Int64, String)] {
                let at = day.start.adding(seconds: minute * 60)
                _ = try await database.query(
                    """
                    insert into audit_entry (happened_at, actor_id, actor_name, action, subject)
                    values (\(at)::timestamptz, \(person.id), \(person.name), \(action), 'session:1')
                    """
                )
            }
            func kinds(_ night: NightHours?) async throws -> [Alarm] {
                try await Alarms(database, night: night).raise(on: day).filter { $0.kind == .nightLogins }
            }
            #expect(try await kinds(nil).isEmpty)
            let early = try #require(NightHours("05:00-06:00"))
            #expect(try await kinds(early).map(\.subject) == ["\(Self.hoa.id) \(day)"])
            let raised = try await kinds(.standard)
            // Once a person and day.
            #expect(raised.map(\.subject) == ["\(TestPerson.lan.id) \(day)"])
            #expect(raised.first?.reason.sentence(in: .english).contains("lan logged in 1 time(s) at night") == true)
            #expect(try await kinds(.standard).isEmpty)
        }
    }

    @Test func `a login with a password is an alarm where there is a provider, and only there`() async throws {
        for hasProvider in [false, true] {
            var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
            options.hasProvider = hasProvider
            options.night = nil
            try await TestDatabase.withServices(options: options) { services in
                let lan = try await Newcomer(services, [RoleGrant(.finance)], name: "Lan")
                #expect(try await lan.logIn(services).isBreakGlass == hasProvider)
                let kinds = try await services.alarms.raise(on: Self.today).map(\.kind)
                #expect(kinds == (hasProvider ? [.breakGlass] : []))
                let actions = try await services.database.query(
                    "select action from audit_entry where action like 'login%'"
                ).map { try $0.get(0, as: String.self) }
                #expect(actions == [hasProvider ? "login.break_glass" : "login"])
            }
        }
    }
}
