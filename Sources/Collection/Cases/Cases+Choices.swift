import Identity
import Postgres

extension Cases {
    /// What the open cases may be narrowed down to.
    public struct Choices: Sendable {
        /// The accounts that they are about.
        public let accounts: [String]
        public let agencies: [String]
        /// To whom they are assigned.
        public let assignees: [String]

        public init(accounts: [String], agencies: [String], assignees: [String]) {
            self.accounts = accounts
            self.agencies = agencies
            self.assignees = assignees
        }
    }

    /// What the open cases may be narrowed down to, each list in its own order.
    ///
    /// - Parameter agencies: only cases of these agencies; `nil` for all.
    public func choices(within agencies: [String]?) async throws -> Choices {
        let rows = try await database.query(
            """
            select account_number, agency_code, assignee from reconciliation_case
            where state = 'open' and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
            group by 1, 2, 3
            """
        )
        func values(_ column: Int) throws -> [String] {
            Set(try rows.compactMap { try $0.get(column, as: String?.self) }).sorted()
        }
        return Choices(accounts: try values(0), agencies: try values(1), assignees: try values(2))
    }

    /// The names of the persons who may work on cases now, in their order.
    public func workers() async throws -> [String] {
        let roles = Role.allCases.filter { Permission.resolveCases.isGranted(to: $0) }.map(\.rawValue)
        return try await database.query(
            """
            select distinct p.name from person p join person_role r on r.person_id = p.id
            where r.role = any(\(roles)::text[]) and r.ended_at is null and (r.until is null or r.until > now())
                and p.disabled_at is null
            order by 1 limit 500
            """
        ).map { try $0.get(0) }
    }

    /// The proposals that wait on several cases, by the case; cases without one are left out.
    public func proposals(of ids: [Int64], within agencies: [String]?) async throws -> [Int64: CaseFile.Proposal] {
        try await database.read { tx in
            let own = try tx.query(
                """
                select c.id from reconciliation_case c join case_proposal w on w.case_id = c.id and w.state = 'waiting'
                where c.id = any(\(ids)::bigint[]) and (\(agencies)::text[] is null or c.agency_code = any(\(agencies)::text[]))
                """
            ).map { try $0.get(0, as: Int64.self) }
            return try own.reduce(into: [:]) { found, id in found[id] = try CaseFile.Proposal.of(id, tx) }
        }
    }
}
