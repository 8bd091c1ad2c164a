public import Identity
import Postgres
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Persons {
    /// Gives a person a role, for good or until an instant (a delegation). Sessions end: they began with other roles.
    ///
    /// - Throws: `forbidden` for one's own roles, which another administrator changes.
    public func grant(_ grant: RoleGrant, until: Instant? = nil, to id: UUID, by actor: Person) async throws {
        try Persons.requireAnother(id, than: actor)
        try await Persons.tellingConflicts {
            try await database.transaction { tx in
                try Persons.grant(grant, until: until, to: id, by: actor, tx)
                try Sessions.end(of: id, .roleChanged, tx)
            }
        }
    }

    /// Ends a role.
    public func revoke(_ grant: RoleGrant, of id: UUID, by actor: Person) async throws {
        try Persons.requireAnother(id, than: actor)
        try await database.transaction { tx in
            let ended = try tx.query(
                """
                update person_role set ended_at = now(), ended_by = \(actor.id)
                where person_id = \(id)::uuid and role = \(grant.role.rawValue)
                    and locality_code is not distinct from \(grant.localityCode)::text and ended_at is null
                returning 1
                """
            )
            guard ended.count > 0 else {
                throw ServiceError(
                    .notFound,
                    Phrase(vi: "Người này không giữ vai trò đó.", en: "This person does not hold that role.")
                )
            }
            try Persons.endDelegations(of: id, grant, by: actor, tx)
            try Sessions.end(of: id, .roleChanged, tx)
            try Audit.record(tx, actor, "person.revoke_role", "person:\(id.text)", Persons.detail(grant, nil))
        }
    }

    static func grant(
        _ grant: RoleGrant,
        until: Instant?,
        to id: UUID,
        by actor: Person,
        insteadOf principal: UUID? = nil,
        _ tx: borrowing Transaction
    ) throws {
        guard Role.ofPersons.contains(grant.role) else {
            throw ServiceError(.invalidParameter, at: "role", .oneOf(Role.ofPersons.map(\.rawValue)))
        }
        if let until, until <= .now() {
            throw ServiceError(
                .invalidParameter,
                at: "until",
                Phrase(vi: "phải là một lúc chưa tới", en: "must be in the future")
            )
        }
        if let code = grant.localityCode {
            let isKnown = try tx.query(
                "select exists (select 1 from locality where code = \(code) and ended_in is null)"
            ).row().get(0, as: Bool.self)
            guard isKnown else { throw ServiceError(.invalidParameter, at: "locality", .unknownLocality(code)) }
        }
        // One whose time has passed makes room for the new one.
        try tx.query(
            """
            update person_role set ended_at = now(), ended_by = \(actor.id)
            where person_id = \(id)::uuid and role = \(grant.role.rawValue)
                and locality_code is not distinct from \(grant.localityCode)::text and ended_at is null
            """
        )
        try tx.query(
            """
            insert into person_role (person_id, role, locality_code, until, granted_by, delegated_by)
            values (\(id)::uuid, \(grant.role.rawValue), \(grant.localityCode), \(until)::timestamptz, \(actor.id),
                \(principal)::uuid)
            """
        )
        try Audit.record(tx, actor, "person.grant_role", "person:\(id.text)", detail(grant, until))
    }

    /// Nobody opens a door for himself.
    static func requireAnother(_ id: UUID, than actor: Person) throws {
        guard actor.id.lowercased() != "person:" + id.text.lowercased() else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi: "Không ai tự đổi quyền của mình: một quản trị viên khác làm việc này.",
                    en: "Nobody changes their own access: another administrator does."
                )
            )
        }
    }

    static func detail(_ grant: RoleGrant, _ until: Instant?) -> JSON {
        KnownPerson.Held(grant: grant, until: until, standsInFor: nil).json
    }
}
