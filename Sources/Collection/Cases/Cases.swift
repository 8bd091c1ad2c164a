public import Postgres
public import Values
public import Workflow

/// What did not fit and waits for a person.
public struct Cases: Sendable {
    let database: Database

    public init(_ database: Database) { self.database = database }

    /// Which cases to list; `nil` for all.
    public struct Filter: Sendable {
        public var kind: CaseKind?
        public var state: CaseState.Shown?
        public var assignee: String?
        /// Only those of this account; `nil` for all.
        public var account: String?
        /// Only those of exactly this amount in question; `nil` for all.
        public var amount: Money?
        /// Only those that are open past their day.
        public var isOverdue = false
        /// Only those of these agencies; `nil` for all.
        public var agencies: [String]?

        public init() {}

        /// Reads the parameters of `GET /v1/cases`, by their names.
        public init(kind: String?, state: String?) throws {
            self.kind = try kind.map { try Filter.code($0, "kind") }
            self.state = try state.map { try Filter.code($0, "state") }
        }

        private static func code<Code: RawRepresentable<String> & CaseIterable>(_ text: String, _ name: String) throws
            -> Code
        {
            guard let code = Code(rawValue: text) else {
                throw ServiceError(.invalidParameter, at: name, .oneOf(Code.allCases.map(\.rawValue)))
            }
            return code
        }
    }

    /// Cases of a filter, oldest first. Each is in one state: one that awaits approval is not `open`.
    ///
    /// - Parameters:
    ///   - after: the id of the last case of the page before; 0 for the first page.
    ///   - limit: 1 to 500.
    public func list(_ filter: Filter, after: Int64 = 0, limit: Int = 100) async throws -> [Case] {
        let sql = """
            \(Case.select)
            where ($1::text is null or c.kind = $1)
                and ($2::text is null
                    or $2 = case when c.state = 'open' and w.id is not null then 'awaiting_approval' else c.state end)
                and ($3::text[] is null or c.agency_code = any($3)) and c.id > $4::bigint
                and ($5::text is null or c.assignee = $5) and ($7::text is null or c.account_number = $7)
                and ($8::bigint is null or c.amount = $8)
                and (not $9::boolean or (c.ended_at is null and \(Case.due) < $10::date))
            order by c.id limit $6::integer
            """
        let rows = try await database.query(
            Query(
                trustedSQL: sql,
                binding: [
                    filter.kind?.rawValue, filter.state?.rawValue, filter.agencies, after, filter.assignee,
                    try Paging.check(limit), filter.account, filter.amount, filter.isOverdue, Instant.now().day,
                ]
            )
        )
        return try rows.map(Case.init)
    }

    /// One case with its evidence, its history and what waits on it; throws `notFound`.
    public func find(_ id: Int64, within agencies: [String]? = nil) async throws -> CaseFile {
        try await database.read { tx in try CaseFile(try Cases.head(id, agencies, tx), tx) }
    }

    static func head(_ id: Int64, _ agencies: [String]?, _ tx: borrowing Transaction) throws -> Case {
        let sql = "\(Case.select) where c.id = $1::bigint and ($2::text[] is null or c.agency_code = any($2))"
        guard let row = try tx.query(Query(trustedSQL: sql, binding: [id, agencies])).first else {
            throw ServiceError(.notFound, .none(.caseFile, id))
        }
        return try Case(row)
    }
}
