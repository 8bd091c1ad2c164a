import Casework
import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// Who stands in for whom, until when, and what they may not decide.
@Suite struct DelegationTests {
    private let actor = Person(id: "cli:test", name: "test")
    private static let week = Instant.now().adding(seconds: 7 * 86_400)

    private static func person(_ services: Services, _ one: Newcomer) async throws -> KnownPerson {
        try await services.persons.find(one.email)
    }

    @Test func `a role is delegated until its end, within what its holder has, and ends with it`() async throws {
        try await TestDatabase.withServices { services in
            let persons = services.persons
            let holder = try await Newcomer(services, [RoleGrant(.approver, in: "25")], name: "Nam")
            let other = try await Newcomer(services, [RoleGrant(.auditor)], name: "Mai")
            let (nam, mai) = (try await Self.person(services, holder), try await Self.person(services, other))
            for (grant, until, code) in [
                (RoleGrant(.approver), Self.week, ServiceError.Code.conflict),
                (RoleGrant(.finance, in: "25"), Self.week, .conflict),
                (RoleGrant(.approver, in: "01"), Self.week, .conflict),
                (RoleGrant(.admin), Self.week, .invalidParameter),
                (RoleGrant(.approver, in: "25"), .now().adding(seconds: -1), .invalidParameter),
                (RoleGrant(.approver, in: "25"), .now().adding(seconds: 91 * 86_400), .invalidParameter),
            ] {
                let refused = await refused {
                    try await persons.delegate(grant, from: nam, to: mai, until: until, by: actor)
                }
                #expect(refused?.code == code, "\(grant)")
            }
            let grant = RoleGrant(.approver, in: "25")
            try await persons.delegate(grant, from: nam, to: mai, until: Self.week, by: actor)
            let held = try #require(try await Self.person(services, other).roles.last)
            #expect(held.grant == grant && held.standsInFor == "Nam" && held.until == Self.week)
            // What was delegated is not delegated on.
            let third = try await Self.person(services, try await Newcomer(services, [RoleGrant(.leader)]))
            let onward = await refused {
                try await persons.delegate(grant, from: mai, to: third, until: Self.week, by: actor)
            }
            #expect(onward?.code == .conflict)
            // It ends with the holder's own role, and so do the sessions.
            let session = try await other.logIn(services)
            try await persons.revoke(grant, of: nam.id, by: actor)
            #expect(try await Self.person(services, other).roles.map(\.grant.role) == [.auditor])
            let ended = await refused { try await services.sessions.authenticate(session.token, .bearer) }
            #expect(ended?.code == .unauthenticated)
            let told = try await services.database.query(
                "select action from audit_entry where action like 'person.%delegat%' order by id"
            ).map { try $0.get(0, as: String.self) }
            #expect(told == ["person.delegate", "person.end_delegation"])
        }
    }

    @Test func `a role whose time is over is gone from sessions that are open`() async throws {
        try await TestDatabase.withServices { services in
            let other = try await Newcomer(services, [RoleGrant(.auditor)])
            let mai = try await Self.person(services, other)
            let until = Instant.now().adding(seconds: 3600)
            try await services.persons.grant(RoleGrant(.finance), until: until, to: mai.id, by: actor)
            let session = try await other.logIn(services)
            let before = try await services.sessions.authenticate(session.token, .bearer).caller
            #expect(before.holds(.requestRefund))
            try await services.database.scriptUnguarded(
                "update person_role set until = now() - interval '1 second' where until is not null"
            )
            let after = try await services.sessions.authenticate(session.token, .bearer).caller
            #expect(!after.holds(.requestRefund) && after.holds(.readRefunds))
        }
    }

    @Test func `who stands in decides nothing that the other asked for, approved, proposed or imported`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let database = services.database
            // Nam approves in 25, asks as a cashier there, and is stood in for by Mai; Ha approves as her own.
            let nam = TestPerson.person(30, "Nam of 25")
            let (mai, ha) = (TestPerson.person(31, "Mai"), TestPerson.person(32, "Ha"))
            for person in [nam, mai, ha] { try await TestPerson.insert(person, .auditor, database) }
            func id(_ person: Person) -> String { String(person.id.dropFirst("person:".count)) }
            _ = try await database.query(
                """
                insert into person_role (person_id, role, granted_by, until, delegated_by) values
                    (\(id(nam))::uuid, 'approver', 'cli:x', null, null),
                    (\(id(ha))::uuid, 'approver', 'cli:x', null, null),
                    (\(id(mai))::uuid, 'approver', 'cli:x', \(Self.week)::timestamptz, \(id(nam))::uuid)
                """
            )
            _ = try await services.approvalLimits.set(.approver, refund: .set(Money(5000)), day: .kept, by: actor)
            func ask(_ name: String, _ amount: Int64, by person: Person) async throws -> UUID {
                _ = try await desk.settle(name, amount, nil)
                let id = try #require(try await desk.cases("unknown_reference").compactMap { $0["id"]?.integer }.max())
                let draft = RefundDraft(source: .suspense(id), reason: "x", payee: .byHand(nil))
                let made = try JSON.parse(try await services.refunds.request(draft, by: person).body)
                return try #require(UUID(uuidString: made["id"]?.string ?? ""))
            }
            func told(_ work: () async throws -> some Any) async -> Bool {
                await desk.refusal(work)?.reason?.code == .standInCannotDecide
            }
            let asked = try await ask("A", 1000, by: nam)
            #expect(await told { try await services.refunds.approve(asked, by: mai) })
            #expect(try await services.refunds.approve(asked, by: ha).state == .approved)
            let large = try await ask("B", 6000, by: TestPerson.hoa)
            #expect(try await services.refunds.approve(large, by: nam).state == .requested)
            #expect(await told { try await services.refunds.approve(large, by: mai) })
            #expect(try await services.refunds.approve(large, by: ha).state == .approved)
            let others = try await ask("C", 1000, by: TestPerson.hoa)
            #expect(try await services.refunds.approve(others, by: mai).state == .approved)
            // A case.
            _ = try await desk.settle("D", 2000, nil)
            let open = try await desk.cases("unknown_reference").compactMap { $0["id"]?.integer }
            let caseID = try #require(open.max())
            let writeOff = CaseDecision(.writeOff(amount: nil), note: "x")
            _ = try await services.caseActions.resolve(caseID, writeOff, by: nam)
            #expect(await told { try await services.caseActions.approve(caseID, by: mai) })
            #expect(await told { try await services.caseActions.resolve(caseID, writeOff, by: mai) })
            _ = try await services.caseActions.approve(caseID, by: ha)
            // Once it is over, Mai is anybody.
            try await database.scriptUnguarded("update person_role set until = now() where until is not null")
            let later = try await ask("E", 1000, by: nam)
            #expect(try await services.refunds.approve(later, by: mai).state == .approved)
        }
    }

    @Test func `nobody stands in for themselves, or without an end, whoever writes it`() async throws {
        try await TestDatabase.withServices { services in
            for values in [
                "'\(TestPerson.nam.id.dropFirst(7))', 'leader', 'cli:x', now() + interval '1 day', '\(TestPerson.nam.id.dropFirst(7))'",
                "'\(TestPerson.nam.id.dropFirst(7))', 'leader', 'cli:x', null, '\(TestPerson.hoa.id.dropFirst(7))'",
            ] {
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await services.database.query(
                        Query(
                            trustedSQL:
                                "insert into person_role (person_id, role, granted_by, until, delegated_by) values (\(values))"
                        )
                    )
                }
                #expect(error?.constraint == "person_role_delegated_check")
            }
        }
    }
}
