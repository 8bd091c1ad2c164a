import FeeSchedule
import Postgres
public import Values

extension CatalogueStore {
    /// Who changed the catalogue and when, latest first.
    ///
    /// - Parameter limit: 1 to 500.
    public func versions(limit: Int) async throws -> [JSON] {
        try await database.query(
            """
            select id, imported_at, imported_by, summary from catalogue_version
            order by id desc limit \(try Paging.check(limit))::integer
            """
        ).map { row in
            let (id, at, by, summary) = try row.decode(Int32.self, Instant.self, String.self, JSON.self)
            return [
                "version": .integer(Int64(id)), "imported_at": .text(at), "imported_by": .string(by),
                "summary": summary,
            ]
        }
    }

    /// The rows that a version put in force and those it ended, at most 10,000; a changed row is one of each.
    public func changes(in version: Int32) async throws -> [JSON] {
        guard try await !database.query("select 1 from catalogue_version where id = \(version)::integer").isEmpty else {
            throw ServiceError(.notFound, .none(.catalogueVersion, Int(version)))
        }
        let tables = [
            ("localities", "locality"), ("agencies", "agency"), ("procedures", "procedure"), ("fees", "fee"),
            ("reductions", "reduction"), ("discounts", "discount"), ("targets", "target"),
        ]
        let sql = tables.map { file, table in
            """
            select '\(file)' as file, case when added_in = $1 then 'added' else 'ended' end as change,
                (to_jsonb(t) - 'added_in' - 'ended_in')::text as line
            from \(table) t where added_in = $1 or ended_in = $1
            """
        }.joined(separator: " union all ")
        return try await database.query(
            Query(trustedSQL: "select * from (\(sql)) c order by file, line limit 10000", binding: [version])
        ).map { row in
            let (file, change, line) = try row.decode(String.self, String.self, JSON.self)
            return ["file": .string(file + ".csv"), "change": .string(change), "row": line]
        }
    }
}
