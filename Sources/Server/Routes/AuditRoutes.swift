import Collection
import Hummingbird
import Identity
import Values

/// Who did what, for auditors and administrators.
struct AuditRoutes {
    let log: AuditLog
    let jurisdiction: Jurisdiction

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/audit", use: gate.showing(.readAudit, list))
    }

    /// Who reads the audit is in it too. An auditor bound to a locality sees what was done with the payment requests, cases
    /// and refunds of agencies there: the rest, such as logins, keys and statements, is of no locality.
    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let limit = try request.limit()
        var filter = try AuditFilter(
            actor: request.parameter("actor"),
            subject: request.parameter("subject"),
            action: request.parameter("action"),
            requestID: request.parameter("request_id"),
            from: request.given("from"),
            to: request.given("to")
        )
        filter.agencies = try await jurisdiction.agencies(under: request.parameter("locality"), caller: caller)
        let found = try await log.list(filter, after: try request.cursor { AuditLog.Cursor($0) }, limit: limit)
        let next = found.count == limit ? found.last?.cursor.description : nil
        return (
            .json([
                "items": .array(found.map { $0.json(in: context.language) }), "next_cursor": .optional(next),
            ]), Disclosure(.audit, count: found.count, query: request.uri.query ?? "")
        )
    }
}
