public import Postgres

/// What became of the transfers of a played bank: read as they stand in the books, for whoever knows what was planted.
public struct PlayedOutcomes: Sendable {
    /// A transfer that was played.
    public struct Transfer: Sendable, Hashable {
        public let transactionID: String
        /// Of the request that it was made for; of the first, if it was made for several.
        public let reference: String

        public init(transactionID: String, reference: String) {
            (self.transactionID, self.reference) = (transactionID, reference)
        }
    }

    /// What became of one.
    public struct Outcome: Sendable, Hashable {
        /// Of the notices that callbacks brought, each once.
        public let notices: Set<String>
        /// Of the statement's line; `nil` if there is none or no run has looked at it.
        public let line: String?
        /// Whether the line settles a request as soon as another person has confirmed it.
        public let waits: Bool
        /// The kinds of the cases that hang on the notices, the line or the request.
        public let cases: Set<String>
        /// Of the request.
        public let status: String
    }

    private let database: Database

    public init(_ database: Database) { self.database = database }

    /// Reads what became of transfers of one account, by their ids. A transfer whose request nobody knows is left out.
    public func of(_ transfers: [Transfer], on account: String) async throws -> [String: Outcome] {
        let (ids, references) = (transfers.map(\.transactionID), transfers.map(\.reference))
        let rows = try await database.query(
            """
            with played as (select * from unnest(\(ids)::text[], \(references)::text[]) as p (id, reference)),
            notice as (
                select id, provider_transaction_id, outcome from bank_notice
                where account_number = \(account) and source = 'callback'
            ),
            line as (
                select l.id, l.transaction_id, o.outcome,
                    exists (select from recovery_proposal r where r.line_id = l.id and r.state = 'waiting') as waits
                from statement_line l left join line_outcome o on o.line_id = l.id
                where l.account_number = \(account)
            ),
            found as (select * from reconciliation_case where account_number = \(account))
            select p.id, r.status, array_remove(array_agg(distinct n.outcome), null), max(l.outcome),
                coalesce(bool_or(l.waits), false),
                array_remove(array_agg(distinct a.kind) || array_agg(distinct b.kind) || array_agg(distinct c.kind),
                    null)
            from played p
            join payment_request r on r.reference = p.reference
            left join notice n on n.provider_transaction_id = p.id
            left join line l on l.transaction_id = p.id
            left join found a on a.notice_id = n.id
            left join found b on b.statement_line_id = l.id
            left join found c on c.payment_request_id = r.id and c.notice_id is null and c.statement_line_id is null
            group by p.id, r.status
            """
        )
        var outcomes: [String: Outcome] = [:]
        for row in rows {
            outcomes[try row.get(0, as: String.self)] = Outcome(
                notices: Set(try row.get(2, as: [String].self)),
                line: try row.get(3),
                waits: try row.get(4),
                cases: Set(try row.get(5, as: [String].self)),
                status: try row.get(1)
            )
        }
        return outcomes
    }

    /// The states of attempts at the national platform, by their codes.
    public func attempts() async throws -> [String: String] {
        let rows = try await database.query("select code, state from platform_payment")
        var states: [String: String] = [:]
        for row in rows { states[try row.get(0, as: String.self)] = try row.get(1, as: String.self) }
        return states
    }

    /// How often callbacks were refused, by reason.
    public func refusals() async throws -> [String: Int] {
        let rows = try await database.query("select reason, count(*) from refused_callback group by reason")
        var counts: [String: Int] = [:]
        for row in rows { counts[try row.get(0, as: String.self)] = Int(try row.get(1, as: Int64.self)) }
        return counts
    }
}
