import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads the audit.
public struct AuditLog: Sendable {
    private let database: Database

    init(_ database: Database) { self.database = database }

    /// Where a page of a list ends: the entries of one moment are told apart by their ids.
    public struct Cursor: Sendable, CustomStringConvertible {
        let happenedAt: Instant
        let id: Int64

        /// As `next_cursor` is written.
        public var description: String { "\(happenedAt.microseconds).\(id)" }

        init(happenedAt: Instant, id: Int64) {
            self.happenedAt = happenedAt
            self.id = id
        }

        /// `nil` for what is no cursor.
        public init?(_ text: String) {
            let halves = text.split(separator: ".", omittingEmptySubsequences: false)
            guard halves.count == 2, let microseconds = Int64(halves[0]), let id = Int64(halves[1]),
                // What PostgreSQL can hold.
                (0...Cursor.latest).contains(microseconds)
            else { return nil }
            self.init(happenedAt: Instant(microseconds: microseconds), id: id)
        }

        private static let latest: Int64 = 253_402_300_799_000_000
    }

    /// The entries that a filter names, the latest first.
    ///
    /// - Parameters:
    ///   - after: where the page before ended.
    ///   - limit: 1 to 500.
    public func list(_ filter: AuditFilter, after: Cursor? = nil, limit: Int) async throws -> [AuditEntry] {
        let actor = try await actor(filter.actor)
        let sql = """
            select \(AuditEntry.columns) from audit_entry e
            where ($1::text is null or e.actor_id = $1) and ($2::text is null or e.subject = $2)
                and ($3::text is null or starts_with(e.action, $3)) and ($4::text is null or e.request_id = $4)
                and ($5::timestamptz is null or e.happened_at >= $5)
                and ($6::timestamptz is null or e.happened_at < $6)
                and ($7::timestamptz is null or (e.happened_at, e.id) < ($7, $8::bigint))
                and ($9::text[] is null or \(AuditLog.isOfAgencies))
            order by e.happened_at desc, e.id desc limit $10::integer
            """
        let binding: [any Bindable] = [
            actor, filter.subject, filter.action, filter.requestID, filter.from, filter.until, after?.happenedAt,
            after?.id, filter.agencies, try Paging.check(limit),
        ]
        return try await database.query(Query(trustedSQL: sql, binding: binding)).map(AuditEntry.init)
    }

    /// Whether an entry is about a request, a case or a refund of the agencies of $9.
    private static let isOfAgencies = """
        exists (
            select 1 from payment_request r
            where r.agency_code = any ($9) and r.id =
                case when e.subject ~ '^request:[0-9a-f-]{36}$' then substr(e.subject, 9)::uuid end
            union all
            select 1 from reconciliation_case c
            where c.agency_code = any ($9) and c.id =
                case when e.subject ~ '^case:[0-9]{1,18}$' then substr(e.subject, 6)::bigint end
            union all
            select 1 from refund f left join payment_request r on r.id = f.payment_request_id
                left join reconciliation_case c on c.id = f.case_id
            where coalesce(r.agency_code, c.agency_code) = any ($9) and f.id =
                case when e.subject ~ '^refund:[0-9a-f-]{36}$' then substr(e.subject, 8)::uuid end)
        """

    /// The id of an actor who is named by it or by an e-mail address.
    private func actor(_ text: String?) async throws -> String? {
        guard let text, text.contains("@"), !text.contains(":") else { return text }
        let found = try await database.query("select id from person where email = lower(\(text))").first
        guard let id = try found?.get(0, as: UUID.self) else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Không có người dùng nào có địa chỉ thư \(text.prefix(100)).",
                    en: "No person has the e-mail address \(text.prefix(100))."
                )
            )
        }
        return "person:" + id.text
    }
}
