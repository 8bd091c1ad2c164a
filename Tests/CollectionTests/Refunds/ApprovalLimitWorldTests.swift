import Casework
import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// Random limits and refunds, against what the rules say in few words.
@Suite struct ApprovalLimitWorldTests {
    /// What was set, as an oracle keeps it.
    private struct Setting {
        let role: String
        let place: String?
        let refund: Int64?
        let day: Int64?
        /// Days ago; 0 is today.
        let ago: Int
    }

    /// One after the other: the nearest place with a setting of an earlier day, then whatever today lowers.
    private static func expected(_ settings: [Setting], _ role: String, _ chain: [String]) -> (Int64?, Int64?) {
        var limit: (Int64?, Int64?) = (nil, nil)
        let own = settings.filter { $0.role == role }
        search: for place in chain.map({ Optional($0) }) + [nil] {
            for setting in own.reversed() where setting.ago > 0 && setting.place == place {
                limit = (setting.refund, setting.day)
                break search
            }
        }
        for setting in own where setting.ago == 0 && (setting.place == nil || chain.contains(setting.place ?? "")) {
            if let refund = setting.refund { limit.0 = min(limit.0 ?? .max, refund) }
            if let day = setting.day { limit.1 = min(limit.1 ?? .max, day) }
        }
        return limit
    }

    private static func random(_ seeded: inout Seeded, _ places: [String]) -> Setting {
        func amount() -> Int64? { seeded.chance(20) ? nil : Int64.random(in: 0...9, using: &seeded) * 1000 }
        return Setting(
            role: seeded.pick(["approver", "finance"]),
            place: seeded.chance(40) ? nil : seeded.pick(places),
            refund: amount(),
            day: amount(),
            ago: seeded.pick([0, 0, 1, 2, 3])
        )
    }

    @Test func `program and database see the same limit in force, whatever was set`() async throws {
        var seeded = Seeded("limits in force")
        var worlds: [[Setting]] = []
        // A commune and its province.
        let chain = ["commune", "province"]
        for _ in 0..<60 {
            let count = Int.random(in: 0...8, using: &seeded)
            worlds.append((0..<count).map { _ in Self.random(&seeded, chain + ["99"]) }.sorted { $0.ago > $1.ago })
        }
        try await TestDatabase.withServices { services in
            let database = services.database
            let agency = try await database.query(
                """
                select a.code, (select string_agg(c, ' ' order by n) from locality_chain(a.locality_code)
                    with ordinality as l (c, n))
                from agency a where a.ended_in is null and a.locality_code <> '01' and exists (
                    select 1 from locality l where l.code = a.locality_code and l.parent_code is not null)
                order by a.code limit 1
                """
            ).row()
            let code = try agency.get(0, as: String.self)
            let places = try agency.get(1, as: String.self).split(separator: " ").map { String($0) }
            try #require(places.count > 1)
            let names = Dictionary(uniqueKeysWithValues: zip(chain, places))
            let today = Instant.now().day
            for world in worlds {
                try await database.scriptUnguarded("delete from approval_limit")
                for setting in world {
                    let on = today.adding(days: -setting.ago)
                    _ = try await database.query(
                        """
                        insert into approval_limit (role, locality_code, refund_amount, day_amount, is_raised, set_at,
                            set_on, set_by, set_by_name)
                        values (\(setting.role), \(setting.place.flatMap { names[$0] ?? $0 }), \(setting.refund)::bigint,
                            \(setting.day)::bigint, false, now(), \(on)::date, 'cli:x', 'x')
                        """
                    )
                }
                let used = chain.filter { names[$0] != nil }
                let wanted = Self.expected(world, "approver", used)
                let told = try await database.query(
                    """
                    select refund_amount, day_amount from approval_limit_in_force(
                        (select id from person where name = 'Nam'), \(code), \(today)::date)
                    """
                ).row().decode(Int64?.self, Int64?.self)
                let settings = world.filter { $0.role == "approver" }.map {
                    LimitSetting(
                        localityCode: $0.place.flatMap { names[$0] ?? $0 },
                        limit: ApprovalLimit(refund: $0.refund.map { Money($0) }, day: $0.day.map { Money($0) }),
                        setOn: today.adding(days: -$0.ago)
                    )
                }
                let ruled = LimitRules.inForce(settings, chain: places, on: today)
                #expect(told.0 == wanted.0 && told.1 == wanted.1, "KHOP_SEED=\(seeded.seed) database \(world)")
                #expect(
                    ruled.refund?.dong == wanted.0 && ruled.day?.dong == wanted.1,
                    "KHOP_SEED=\(seeded.seed) \(world)"
                )
            }
        }
    }

    @Test func `whoever approves what in whatever order, no one passes the limit alone`() async throws {
        var seeded = Seeded("approvals")
        let steps = (0..<30).map { _ in
            (
                amount: Int64.random(in: 1...9, using: &seeded) * 1000,
                approvers: (0..<3).map { _ in Int.random(in: 0..<3, using: &seeded) }
            )
        }
        let (limit, day) = (
            Int64.random(in: 3...7, using: &seeded) * 1000, Int64.random(in: 8...20, using: &seeded) * 1000
        )
        let seed = seeded.seed
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let third = TestPerson.person(20, "Third")
            try await TestPerson.insert(third, .approver, services.database)
            let persons = [TestPerson.nam, TestPerson.approver, third]
            _ = try await services.approvalLimits.set(
                .approver,
                refund: .set(Money(limit)),
                day: .set(Money(day)),
                by: Person(id: "cli:root", name: "root")
            )
            var alone = [Int64](repeating: 0, count: 3)
            for (number, step) in steps.enumerated() {
                _ = try await desk.settle("W\(number)", step.amount, nil)
                let id = try #require(try await desk.cases("unknown_reference").compactMap { $0["id"]?.integer }.max())
                let draft = RefundDraft(source: .suspense(id), reason: "x", payee: .byHand(nil))
                let made = try JSON.parse(try await services.refunds.request(draft, by: TestPerson.hoa).body)
                let refund = try #require(UUID(uuidString: made["id"]?.string ?? ""))
                // What should come of it.
                var deciders: [Int] = []
                var isDone = false
                for who in step.approvers where !isDone {
                    let told = await desk.refusal { try await services.refunds.approve(refund, by: persons[who]) }
                    #expect((told == nil) == !deciders.contains(who), "KHOP_SEED=\(seed) \(number)")
                    guard !deciders.contains(who) else { continue }
                    deciders.append(who)
                    if deciders.count == 1, step.amount <= limit, alone[who] + step.amount <= day {
                        alone[who] += step.amount
                        isDone = true
                    }
                    if deciders.count == 2 { isDone = true }
                    let state = try await services.refunds.find(refund).state
                    #expect(state == (isDone ? .approved : .requested), "KHOP_SEED=\(seed) \(number)")
                }
            }
            #expect(alone.allSatisfy { $0 <= day })
        }
    }
}
