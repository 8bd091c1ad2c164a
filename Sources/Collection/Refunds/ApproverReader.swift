import Casework
import Identity
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads what is known of a person who is about to approve.
enum ApproverReader {
    /// Locks the person, so that two approvals at once see each other; nothing is known of who is none.
    ///
    /// - Parameter agency: whose refund it is; `nil` if of none, where limits for all localities alone count.
    static func facts(of person: Person, agency: String?, _ tx: borrowing Transaction) throws -> ApproverFacts {
        guard let id = person.personID else { return .free }
        // Not `for update`: what names the person shares its key, and two who share it would wait for each other.
        try tx.query("select 1 from person where id = \(id)::uuid for no key update")
        let today = Instant.now().day
        let chain = try chain(of: agency, tx)
        let held = try tx.query(
            """
            select distinct role from person_role
            where person_id = \(id)::uuid and role in ('finance', 'approver') and ended_at is null
                and (until is null or until > now())
                and (locality_code is null or locality_code = any(\(chain)::text[]))
            """
        ).map { try $0.get(0, as: String.self) }
        let settings = try ApprovalLimits.settings(tx)
        let roles = held.isEmpty ? ApprovalLimits.roles.map(\.rawValue) : held
        let limit = roles.reduce(ApprovalLimit.none) { limit, role in
            limit.capped(by: LimitRules.inForce(settings[role] ?? [], chain: chain, on: today))
        }
        let approved = try tx.query(
            """
            select coalesce(sum(amount), 0)::bigint from refund
            where approved_by_person = \(id)::uuid and approvals_needed = 1 and state <> 'rejected'
                and approved_at >= \(today.start)::timestamptz and approved_at < \(today.next.start)::timestamptz
            """
        ).row().get(0, as: Money.self)
        return ApproverFacts(limit: limit, approvedToday: approved, standIns: try StandInReader.of(person, tx))
    }

    /// Whether a person may approve refunds of an agency: by a role that holds now, for all localities or for one that the
    /// agency lies in.
    ///
    /// - Parameter agency: `nil` if it is of none, where a role for all localities alone counts.
    static func approvesRefunds(_ person: Person, agency: String?, _ tx: borrowing Transaction) throws -> Bool {
        guard let id = person.personID else { return false }
        let roles = Role.allCases.filter { Permission.approveRefund.isGranted(to: $0) }.map(\.rawValue)
        let chain = try chain(of: agency, tx)
        return try tx.query(
            """
            select exists (select 1 from person_role
                where person_id = \(id)::uuid and role = any(\(roles)::text[]) and ended_at is null
                    and (until is null or until > now())
                    and (locality_code is null or locality_code = any(\(chain)::text[])))
            """
        ).row().get(0)
    }

    /// The locality of an agency and all above it, the nearest first.
    private static func chain(of agency: String?, _ tx: borrowing Transaction) throws -> [String] {
        try tx.query(
            """
            select c.code from agency a, locality_chain(a.locality_code) with ordinality as c (code, nearness)
            where a.code = \(agency)::text and a.ended_in is null order by c.nearness
            """
        ).map { try $0.get(0, as: String.self) }
    }
}
