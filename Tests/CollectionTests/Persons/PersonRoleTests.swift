import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// Roles of persons: where they hold, when they end, and which nobody holds together.
@Suite struct PersonRoleTests {
    private let actor = Person(id: "cli:test", name: "test")

    @Test func `nobody is given both ends of a decision about one account, whoever writes it`() async throws {
        try await TestDatabase.withServices { services in
            // 25 is a province; what lies below it shares its accounts.
            let below = try await services.database.query(
                "select code from locality where parent_code = '25' and ended_in is null order by code limit 1"
            ).first?.get(0, as: String.self)
            let commune = try #require(below)
            for (held, wanted, isRefused) in [
                (RoleGrant(.finance), RoleGrant(.approver), true),
                (RoleGrant(.finance, in: "25"), RoleGrant(.approver), true),
                (RoleGrant(.finance, in: "25"), RoleGrant(.approver, in: commune), true),
                (RoleGrant(.approver, in: commune), RoleGrant(.finance, in: "25"), true),
                (RoleGrant(.finance, in: "25"), RoleGrant(.approver, in: "01"), false),
                (RoleGrant(.finance), RoleGrant(.auditor), false), (RoleGrant(.admin), RoleGrant(.approver), true),
            ] {
                let id = try await Newcomer(services, [held]).id(services)
                let told = await refused { try await services.persons.grant(wanted, to: id, by: actor) }
                #expect(told?.code == (isRefused ? .conflict : nil), "\(held) \(wanted)")
                guard isRefused else { continue }
                let role = wanted.role.rawValue
                let byHand = await failure {
                    try await services.database.query(
                        """
                        insert into person_role (person_id, role, locality_code, granted_by)
                        values (\(id)::uuid, \(role), \(wanted.localityCode)::text, 'cli:x')
                        """
                    )
                }
                #expect(byHand == "person_role_separation_check", "\(held) \(wanted)")
            }
        }
    }

    @Test func `two ends given at once do not pass each other`() async throws {
        try await TestDatabase.withServices { services in
            let id = try await Newcomer(services, [RoleGrant(.auditor)]).id(services)
            let actor = actor
            let given = await withTaskGroup(of: Bool.self) { group in
                for role in [Role.finance, .approver] {
                    group.addTask {
                        await refused { try await services.persons.grant(RoleGrant(role), to: id, by: actor) } == nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(given == 1)
        }
    }

    @Test func `a delegation ends by itself, and the role may then be given to its holder's other end`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.leader)])
            let id = try await lan.id(services)
            let past = await refused {
                try await services.persons.grant(RoleGrant(.approver), until: .now(), to: id, by: actor)
            }
            #expect(past?.faults.first?.pointer == "until")
            let end = Instant.now().adding(seconds: 3600)
            try await services.persons.grant(RoleGrant(.approver), until: end, to: id, by: actor)
            let opened = try await lan.logIn(services)
            #expect(try await services.sessions.authenticate(opened.token, .bearer).caller.has(.approver))
            // Time passes: facts are not changed, so the clock of the row is set by who may do so.
            _ = try await services.database.asOwner("alter table person_role disable trigger person_role_permanent")
            _ = try await services.database.asOwner(
                "update person_role set until = now() - interval '1 second' where until is not null"
            )
            #expect(try await !services.sessions.authenticate(opened.token, .bearer).caller.has(.approver))
            try await services.persons.grant(RoleGrant(.finance), to: id, by: actor)
        }
    }

    @Test func `a person acts where the role that allows it holds`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.auditor), RoleGrant(.cashier, in: "25")])
            let caller = try await lan.logIn(services).session.caller
            #expect(caller.acting(for: .readRefunds).localities == nil)
            #expect(caller.acting(for: .takeCounterPayment).localities == ["25"])
            #expect(caller.acting(for: .approveRefund).localities == [])
        }
    }

    @Test func `roles of keys, unknown localities and addresses that are none are refused by name`() async throws {
        try await TestDatabase.withServices { services in
            let actor = actor
            func add(_ email: String, _ grant: RoleGrant) async -> String? {
                await refused { try await services.persons.add(name: "A", email: email, grants: [grant], by: actor) }?
                    .faults.first?.pointer
            }
            #expect(await add("a@b.vn", RoleGrant(.portal)) == "role")
            #expect(await add("a@b.vn", RoleGrant(.feed)) == "role")
            #expect(await add("a@b.vn", RoleGrant(.finance, in: "404")) == "locality")
            #expect(await add("nobody", RoleGrant(.finance)) == "email")
            #expect(await add("a@b.vn", RoleGrant(.finance)) == nil)
            let twice = await refused {
                try await services.persons.add(name: "A", email: "A@B.vn", grants: [], by: actor)
            }
            #expect(twice?.code == .conflict)
        }
    }

    /// The constraint that a statement breaks.
    private func failure(_ work: () async throws -> some Any) async -> String? {
        do {
            _ = try await work()
            return nil
        } catch { return (error as? PostgresError)?.constraint }
    }
}

extension Newcomer {
    fileprivate func id(_ services: Services) async throws -> UUID { try await services.persons.find(email).id }
}
