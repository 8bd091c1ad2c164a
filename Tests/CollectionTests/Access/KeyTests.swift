import Collection
import Postgres
import TestSupport
import Testing
import Values

@Suite struct KeyTests {
    private static let now = Instant.now()
    private static let address = "203.0.113.7"

    private static func holds(_ services: Services, _ key: String, at now: Instant = now) async throws -> Bool {
        do {
            _ = try await services.keys.authenticate(key, from: address, now: now)
            return true
        } catch let error as ServiceError where error.code == .unauthenticated {
            return false
        }
    }

    @Test func `a key works for a year, or until the day that was given, and not a second longer`() async throws {
        try await TestDatabase.withServices { services in
            let now = Self.now
            let year = try await services.keys.create(role: .portal, name: "p", localityCode: nil, now: now)
            #expect(year.expiresAt == now.adding(seconds: 365 * 86_400))
            let end = now.adding(seconds: 3600)
            let key = try await services.keys.create(
                role: .portal,
                name: "p",
                localityCode: nil,
                expiresAt: end,
                now: now
            ).key
            #expect(try await Self.holds(services, key))
            // What is held in memory ends with the key, too.
            #expect(try await Self.holds(services, key, at: end.adding(seconds: -2)))
            #expect(try await !Self.holds(services, key, at: end))
            #expect(try await Self.holds(services, year.key, at: end))
        }
    }

    @Test(arguments: [-1, 0, 3654 * 86_400] as [Int64])
    func `a key that would end before it begins, or in more than ten years, is not made`(_ seconds: Int64) async throws
    {
        try await TestDatabase.withServices { services in
            let error = await #expect(throws: ServiceError.self) {
                _ = try await services.keys.create(
                    role: .portal,
                    name: "p",
                    localityCode: nil,
                    expiresAt: Self.now.adding(seconds: seconds),
                    now: Self.now
                )
            }
            #expect(error?.faults.first?.pointer == "expires")
        }
    }

    @Test func `a rotated key is the same key; its old secret works until the overlap has passed`() async throws {
        try await TestDatabase.withServices { services in
            let old = try await services.keys.create(role: .cashier, name: "till", localityCode: "25", now: Self.now)
            let id = old.caller.id
            let new = try await services.keys.rotate(id, overlap: 86_400, now: Self.now)
            services.keys.forget()
            #expect(new.caller == old.caller && new.key != old.key)
            let before = Self.now.adding(seconds: 86_399)
            #expect(try await Self.holds(services, old.key, at: before))
            #expect(try await Self.holds(services, new.key, at: before))
            let after = Self.now.adding(seconds: 86_400)
            #expect(try await !Self.holds(services, old.key, at: after))
            #expect(try await Self.holds(services, new.key, at: after))
            // A second rotation ends the first secret at once: there are never three.
            let third = try await services.keys.rotate(id, overlap: 86_400, now: Self.now)
            services.keys.forget()
            #expect(try await !Self.holds(services, old.key))
            #expect(try await Self.holds(services, new.key))
            #expect(try await Self.holds(services, third.key))
            // Without an overlap the one before is over.
            let last = try await services.keys.rotate(id, overlap: 0, now: Self.now)
            services.keys.forget()
            #expect(try await !Self.holds(services, third.key))
            #expect(try await Self.holds(services, last.key))
        }
    }

    @Test func `neither an expired nor a revoked key is rotated`() async throws {
        try await TestDatabase.withServices { services in
            let end = Self.now.adding(seconds: 60)
            let expiring = try await services.keys.create(
                role: .portal,
                name: "p",
                localityCode: nil,
                expiresAt: end,
                now: Self.now
            )
            let revoked = try await services.keys.create(role: .portal, name: "p", localityCode: nil)
            try await services.keys.revoke(revoked.caller.id)
            for id in [expiring.caller.id, revoked.caller.id] {
                let error = await #expect(throws: ServiceError.self) {
                    _ = try await services.keys.rotate(id, overlap: 0, now: end)
                }
                #expect(error?.code == .notFound)
            }
        }
    }

    @Test func `the last use of a key is written once a minute, with its address`() async throws {
        try await TestDatabase.withServices { services in
            let key = try await services.keys.create(role: .portal, name: "p", localityCode: nil).key
            func lastUse() async throws -> String? {
                let listed = try #require(try await services.keys.list().first)
                return listed.lastUsedAt.map { "\($0.unixSeconds - Self.now.unixSeconds) \(listed.lastUsedFrom ?? "")" }
            }
            _ = try await services.keys.authenticate(key, from: "203.0.113.7", now: Self.now)
            #expect(try await lastUse() == nil)
            #expect(try await services.keys.flushUses(now: Self.now) == 1)
            #expect(try await lastUse() == "0 203.0.113.7")
            _ = try await services.keys.authenticate(key, from: "203.0.113.8", now: Self.now.adding(seconds: 30))
            #expect(try await services.keys.flushUses(now: Self.now.adding(seconds: 30)) == 0)
            #expect(try await services.keys.flushUses(now: Self.now.adding(seconds: 60)) == 1)
            #expect(try await lastUse() == "30 203.0.113.8")
            #expect(try await services.keys.flushUses(now: Self.now.adding(seconds: 600)) == 0)
        }
    }

    @Test func `a key that nobody has is looked for once in ten seconds`() async throws {
        try await TestDatabase.withServices { services in
            let key = "khop_00000000000000000000000000000000_x"
            #expect(try await !Self.holds(services, key))
            // A key made since then under the same id would be another: its secret is random.
            try await services.database.asOwner(
                """
                insert into api_key (id, holder_id, role, name, secret_hash, expires_at)
                select id, id, 'portal', 'p', sha256('x'), now() + interval '1 day'
                from (select '00000000-0000-0000-0000-000000000000'::uuid as id) k
                """
            )
            #expect(try await !Self.holds(services, key, at: Self.now.adding(seconds: 9)))
            #expect(try await Self.holds(services, key, at: Self.now.adding(seconds: 10)))
        }
    }
}
