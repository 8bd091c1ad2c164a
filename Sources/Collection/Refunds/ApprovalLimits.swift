import Casework
public import Identity
import Postgres
public import Values

/// What one person of a role may approve without a third.
public struct ApprovalLimits: Sendable {
    /// The roles whose holders approve refunds: directly, or in a case.
    public static let roles: [Role] = [.approver, .finance]

    private let database: Database

    init(_ database: Database) { self.database = database }

    /// A part of a limit to be set.
    public enum Part: Sendable, Hashable {
        /// As it was.
        case kept
        /// To an amount; `nil` lifts it.
        case set(Money?)

        fileprivate func over(_ before: Money?) -> Money? {
            switch self {
            case .kept: before
            case .set(let amount): amount
            }
        }
    }

    /// Sets a limit; what is raised counts from the next day, what is lowered at once.
    ///
    /// - Parameters:
    ///   - role: finance or approver.
    ///   - locality: its code; `nil` for all.
    public func set(
        _ role: Role,
        in locality: String? = nil,
        refund: Part,
        day: Part,
        by actor: Person
    ) async throws -> StandingLimit {
        guard ApprovalLimits.roles.contains(role) else {
            throw ServiceError(.invalidParameter, at: "role", .oneOf(ApprovalLimits.roles.map(\.rawValue)))
        }
        for case .set(let amount?) in [refund, day] where !(Money.zero...Money.maximum).contains(amount) {
            throw ServiceError(
                .invalidParameter,
                at: "amount",
                Phrase(
                    vi: "phải từ 0 đến \(Money.maximum.formatted)",
                    en: "must be between 0 and \(Money.maximum.formatted(in: .english))"
                )
            )
        }
        return try await database.transaction { tx in
            try Locks.limits(tx)
            let chain = try locality.map { try ApprovalLimits.chain(of: $0, tx) } ?? []
            let settings = try ApprovalLimits.settings(tx)[role.rawValue] ?? []
            let before = settings.last { $0.localityCode == locality }?.limit ?? .none
            let limit = ApprovalLimit(refund: refund.over(before.refund), day: day.over(before.day))
            let now = Instant.now()
            let isRaised = LimitRules.isRaise(limit, settings, chain: chain, today: now.day)
            try tx.query(
                """
                insert into approval_limit (role, locality_code, refund_amount, day_amount, is_raised, set_at, set_on,
                    set_by, set_by_name)
                values (\(role.rawValue), \(locality), \(limit.refund)::bigint, \(limit.day)::bigint, \(isRaised),
                    \(now)::timestamptz, \(now.day)::date, \(actor.id), \(actor.name))
                """
            )
            let detail: JSON = [
                "locality": .optional(locality), "before": before.json, "after": limit.json, "raised": .bool(isRaised),
            ]
            try Audit.record(tx, actor, "limit.set", "role:\(role.rawValue)", detail)
            let all = settings + [LimitSetting(localityCode: locality, limit: limit, setOn: now.day)]
            return StandingLimit(
                role: role,
                localityCode: locality,
                today: LimitRules.inForce(all, chain: chain, on: now.day),
                tomorrow: LimitRules.inForce(all, chain: chain, on: now.day.next),
                setAt: now,
                setBy: actor.name
            )
        }
    }

    /// The limits that were set, each role and locality once, with what they amount to today and tomorrow.
    public func list() async throws -> [StandingLimit] {
        try await database.read { tx in
            let settings = try ApprovalLimits.settings(tx)
            let today = Instant.now().day
            return try tx.query(
                """
                select distinct on (role, locality_code) role, locality_code, set_at, set_by_name
                from approval_limit order by role, locality_code nulls first, id desc
                """
            ).map { row in
                let role = try row.code(0, as: Role.self)
                let code = try row.get(1, as: String?.self)
                let chain = try code.map { try ApprovalLimits.places(above: $0, tx) } ?? []
                let own = settings[role.rawValue] ?? []
                return StandingLimit(
                    role: role,
                    localityCode: code,
                    today: LimitRules.inForce(own, chain: chain, on: today),
                    tomorrow: LimitRules.inForce(own, chain: chain, on: today.next),
                    setAt: try row.get(2),
                    setBy: try row.get(3)
                )
            }
        }
    }

    /// Every limit that was set, by role, in the order in which they were.
    static func settings(_ tx: borrowing Transaction) throws -> [String: [LimitSetting]] {
        var settings: [String: [LimitSetting]] = [:]
        for row in try tx.query(
            "select role, locality_code, refund_amount, day_amount, set_on from approval_limit order by id"
        ) {
            let limit = ApprovalLimit(refund: try row.get(2), day: try row.get(3))
            settings[try row.get(0), default: []].append(
                LimitSetting(localityCode: try row.get(1), limit: limit, setOn: try row.get(4))
            )
        }
        return settings
    }

    /// A locality and all above it, or throws if there is none of the code.
    private static func chain(of code: String, _ tx: borrowing Transaction) throws -> [String] {
        let isKnown = try tx.query(
            "select exists (select 1 from locality where code = \(code) and ended_in is null)"
        ).row().get(0, as: Bool.self)
        guard isKnown else { throw ServiceError(.invalidParameter, at: "locality", .unknownLocality(code)) }
        return try places(above: code, tx)
    }

    private static func places(above code: String, _ tx: borrowing Transaction) throws -> [String] {
        try tx.query(
            "select c.code from locality_chain(\(code)) with ordinality as c (code, nearness) order by c.nearness"
        ).map { try $0.get(0) }
    }
}

extension ApprovalLimit {
    /// Both parts; null without a limit.
    var json: JSON {
        ["refund": refund.map { .money($0) } ?? .null, "day": day.map { .money($0) } ?? .null]
    }
}
