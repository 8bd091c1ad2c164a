/// Which roles one person may not hold for the same account: the two ends of a decision about money.
public enum RoleSeparation {
    /// Each pair, in either order.
    public static let pairs: [(Role, Role)] = [(.finance, .approver), (.admin, .finance), (.admin, .approver)]

    /// The role already held that forbids another one; `nil` if none does.
    ///
    /// - Parameter chain: the codes of the locality given and of all above it, the nearest first.
    public static func conflict(
        of wanted: RoleGrant,
        with held: [RoleGrant],
        chain: (String) -> [String]
    ) -> RoleGrant? {
        held.first { one in
            pairs.contains { ($0, $1) == (one.role, wanted.role) || ($1, $0) == (one.role, wanted.role) }
                && overlap(one.localityCode, wanted.localityCode, chain)
        }
    }

    /// Whether two localities share an account: one is the other, or lies below it.
    private static func overlap(_ left: String?, _ right: String?, _ chain: (String) -> [String]) -> Bool {
        guard let left, let right else { return true }
        return left == right || chain(left).contains(right) || chain(right).contains(left)
    }
}
