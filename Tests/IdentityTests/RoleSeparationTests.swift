import Identity
import PureSupport
import Testing

@Suite struct RoleSeparationTests {
    /// Two provinces with two communes each.
    private static let parents = [
        "10": ["10"], "20": ["20"], "101": ["101", "10"], "102": ["102", "10"], "201": ["201", "20"],
    ]

    private func conflicts(_ one: RoleGrant, _ other: RoleGrant) -> Bool {
        RoleSeparation.conflict(of: other, with: [one]) { Self.parents[$0] ?? [$0] } != nil
    }

    @Test func `roles that one person may not hold together are finance and approver where they share an account`() {
        #expect(conflicts(RoleGrant(.finance), RoleGrant(.approver)))
        #expect(conflicts(RoleGrant(.finance, in: "10"), RoleGrant(.approver, in: "101")))
        #expect(conflicts(RoleGrant(.finance, in: "101"), RoleGrant(.approver, in: "10")))
        #expect(conflicts(RoleGrant(.approver), RoleGrant(.finance, in: "201")))
        #expect(!conflicts(RoleGrant(.finance, in: "101"), RoleGrant(.approver, in: "102")))
        #expect(!conflicts(RoleGrant(.finance, in: "10"), RoleGrant(.approver, in: "201")))
    }

    @Test func `roles that one person may not hold together never depend on which was held first`() {
        var random = Seeded("separation of roles")
        let places: [String?] = [nil, "10", "20", "101", "102", "201", "404"]
        for _ in 0..<1000 {
            let one = RoleGrant(random.pick(Role.ofPersons), in: random.pick(places))
            let other = RoleGrant(random.pick(Role.ofPersons), in: random.pick(places))
            #expect(conflicts(one, other) == conflicts(other, one))
        }
    }

    @Test func `roles that one person may not hold together leave reading free`() {
        for role in Role.ofPersons {
            #expect(!conflicts(RoleGrant(.leader), RoleGrant(role)))
            #expect(!conflicts(RoleGrant(role), RoleGrant(.auditor)))
        }
    }
}
