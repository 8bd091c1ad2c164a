public import Identity
import Postgres
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Persons {
    /// The longest delegation.
    public static let longestDelegationDays: Int64 = 90

    /// Lets a person stand in for another one, in a role that the other holds, until an instant. While it lasts the one who
    /// stands in decides nothing that the other asked for or decided. It ends with the other's own role.
    ///
    /// - Parameters:
    ///   - grant: the role; its locality is the other's own or lies below it.
    ///   - until: at most 90 days ahead, and not after the other's own role ends.
    public func delegate(
        _ grant: RoleGrant,
        from principal: KnownPerson,
        to substitute: KnownPerson,
        until: Instant,
        by actor: Person
    ) async throws {
        guard principal.id != substitute.id else {
            throw ServiceError(
                .invalidParameter,
                at: "to",
                Phrase(vi: "phải là một người khác", en: "must be somebody else")
            )
        }
        guard grant.role != .admin else {
            throw ServiceError(
                .invalidParameter,
                at: "role",
                Phrase(
                    vi: "vai trò admin không được ủy quyền: giao bằng `khop person grant --until`",
                    en: "the role admin is not delegated: give it with `khop person grant --until`"
                )
            )
        }
        guard until <= .now().adding(seconds: Persons.longestDelegationDays * 86_400) else {
            throw ServiceError(
                .invalidParameter,
                at: "until",
                Phrase(
                    vi: "ủy quyền dài nhất \(Persons.longestDelegationDays) ngày",
                    en: "a delegation lasts at most \(Persons.longestDelegationDays) days"
                )
            )
        }
        try await Persons.tellingConflicts {
            try await database.transaction { tx in
                // Both, in the order of their ids, so that two delegations at once see each other.
                for id in [principal.id, substitute.id].sorted(by: { $0.text < $1.text }) {
                    _ = try KnownPerson.lock(id, tx)
                }
                try Persons.requireOwnRole(grant, of: principal, until: until, tx)
                try Persons.requireNoRole(grant, of: substitute, tx)
                try Persons.grant(grant, until: until, to: substitute.id, by: actor, insteadOf: principal.id, tx)
                try Sessions.end(of: substitute.id, .roleChanged, tx)
                let members = (Persons.detail(grant, until).members ?? []).filter { $0.name != "stands_in_for" }
                try Audit.record(
                    tx,
                    actor,
                    "person.delegate",
                    "person:\(principal.id.text)",
                    .object(members + [.init("to", .string(substitute.id.text))])
                )
            }
        }
    }

    /// Throws unless a person holds the role there, as their own and for as long.
    private static func requireOwnRole(
        _ grant: RoleGrant,
        of person: KnownPerson,
        until: Instant,
        _ tx: borrowing Transaction
    ) throws {
        let holds = try tx.query(
            """
            select exists (select 1 from person_role r join person p on p.id = r.person_id
                where r.person_id = \(person.id)::uuid and r.role = \(grant.role.rawValue) and r.ended_at is null
                    and p.disabled_at is null and r.delegated_by is null
                    and (r.until is null or r.until >= \(until)::timestamptz)
                    and (r.locality_code is null
                        or r.locality_code in (select locality_chain(\(grant.localityCode)::text))))
            """
        ).row().get(0, as: Bool.self)
        guard holds else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi:
                        "\(person.name) không tự giữ vai trò \(grant.role.rawValue) ở đó đến hết thời hạn ủy quyền nên không ủy quyền được.",
                    en:
                        "\(person.name) does not hold the role \(grant.role.rawValue) there as their own until the delegation ends, and cannot delegate it."
                )
            )
        }
    }

    /// Throws if a person holds the very role as their own: the delegation would take its place.
    private static func requireNoRole(_ grant: RoleGrant, of person: KnownPerson, _ tx: borrowing Transaction) throws {
        let holds = try tx.query(
            """
            select exists (select 1 from person_role
                where person_id = \(person.id)::uuid and role = \(grant.role.rawValue) and ended_at is null
                    and locality_code is not distinct from \(grant.localityCode)::text and delegated_by is null
                    and (until is null or until > now()))
            """
        ).row().get(0, as: Bool.self)
        guard !holds, person.disabledAt == nil else {
            throw ServiceError(
                .conflict,
                person.disabledAt == nil
                    ? Phrase(vi: "\(person.name) đã tự giữ vai trò đó.", en: "\(person.name) holds that role already.")
                    : Phrase(vi: "\(person.name) đã ngừng hoạt động.", en: "\(person.name) is disabled.")
            )
        }
    }

    /// Ends what a person delegated: of one role and place, or all.
    static func endDelegations(
        of principal: UUID,
        _ grant: RoleGrant? = nil,
        by actor: Person,
        _ tx: borrowing Transaction
    ) throws {
        // Another grant of the same role may still carry it: then it is delegated anew.
        let ended = try tx.query(
            """
            update person_role set ended_at = now(), ended_by = \(actor.id)
            where delegated_by = \(principal)::uuid and ended_at is null
                and (\(grant?.role.rawValue)::text is null or role = \(grant?.role.rawValue)::text)
            returning person_id
            """
        )
        for substitute in Set(try ended.map { try $0.get(0, as: UUID.self) }) {
            try Sessions.end(of: substitute, .roleChanged, tx)
            let detail: JSON = ["from": .string(principal.text)]
            try Audit.record(tx, actor, "person.end_delegation", "person:\(substitute.text)", detail)
        }
    }
}
