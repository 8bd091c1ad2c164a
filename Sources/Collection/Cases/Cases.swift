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
        /// Only those of this agency; `nil` for all.
        public var agency: String?
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
        let sql = "\(Case.select) where \(Cases.listed) and c.id > $10::bigint order by c.id limit $11::integer"
        let rows = try await database.query(
            Query(trustedSQL: sql, binding: Cases.values(of: filter) + [after, try Paging.check(limit)])
        )
        return try rows.map(Case.init)
    }

    /// How many cases of each kind a filter would list if it named no kind; kinds without any are left out.
    public func counts(_ filter: Filter) async throws -> [CaseKind: Int64] {
        var filter = filter
        filter.kind = nil
        let sql = """
            select c.kind, count(*)
            from reconciliation_case c left join case_kind k on k.kind = c.kind
                left join case_proposal w on w.case_id = c.id and w.state = 'waiting'
            where \(Cases.listed) group by c.kind
            """
        let rows = try await database.query(Query(trustedSQL: sql, binding: Cases.values(of: filter)))
        return try rows.reduce(into: [:]) { counts, row in counts[try row.code(0)] = try row.get(1) }
    }

    /// What a filter lists, of `reconciliation_case c`, its kind `k` and its waiting proposal `w`.
    private static let listed = """
        ($1::text is null or c.kind = $1)
            and ($2::text is null
                or $2 = case when c.state = 'open' and w.id is not null then 'awaiting_approval' else c.state end)
            and ($3::text[] is null or c.agency_code = any($3)) and ($4::text is null or c.agency_code = $4)
            and ($5::text is null or c.assignee = $5) and ($6::text is null or c.account_number = $6)
            and ($7::bigint is null or c.amount = $7)
            and (not $8::boolean or (c.ended_at is null and \(Case.due) < $9::date))
        """

    private static func values(of filter: Filter) -> [any Bindable] {
        [
            filter.kind?.rawValue, filter.state?.rawValue, filter.agencies, filter.agency, filter.assignee,
            filter.account, filter.amount, filter.isOverdue, Instant.now().day,
        ]
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
