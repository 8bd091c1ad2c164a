import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// The audit as it is read.
@Suite struct AuditLogTests {
    private func write(_ services: Services, _ values: String) async throws {
        _ = try await services.database.query(
            Query(
                trustedSQL:
                    "insert into audit_entry (happened_at, actor_id, actor_name, action, subject, request_id) values \(values)"
            )
        )
    }

    @Test func `entries are found by actor, object, action, call and time, page by page`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.finance)], name: "Lan")
            let id = try await services.persons.find(lan.email).id.text
            let values = (0..<25).map { n in
                let actor = n % 2 == 0 ? "person:\(id)" : "key:1"
                return """
                    ('2026-01-0\(1 + n / 10)T00:00:00Z', '\(actor)', 'Lan', '\(n % 5 == 0 ? "refund.approve" : "case.note")',
                        'case:\(n % 3)', 'r\(n)')
                    """
            }
            try await write(services, values.joined(separator: ", "))
            func subjects(_ filter: AuditFilter) async throws -> Int {
                var (count, cursor) = (0, AuditLog.Cursor?.none)
                var seen: Set<Int64> = []
                while true {
                    let page = try await services.audit.list(filter, after: cursor, limit: 4)
                    count += page.count
                    seen.formUnion(page.map(\.id))
                    guard page.count == 4, let last = page.last else { break }
                    cursor = AuditLog.Cursor(last.cursor.description)
                }
                #expect(seen.count == count)
                return count
            }
            let range = ("2026-01-01", "2026-01-31")
            #expect(try await subjects(AuditFilter(from: range.0, to: range.1)) == 25)
            #expect(try await subjects(AuditFilter(actor: lan.email.uppercased(), from: range.0, to: range.1)) == 13)
            #expect(try await subjects(AuditFilter(actor: "key:1")) == 12)
            #expect(try await subjects(AuditFilter(action: "refund.")) == 5)
            #expect(try await subjects(AuditFilter(subject: "case:2", action: "case.note")) == 6)
            #expect(try await subjects(AuditFilter(requestID: "r7")) == 1)
            // A day is a day in Vietnam: 00:00 UTC of the 2nd is 07:00 there.
            #expect(try await subjects(AuditFilter(from: "02/01/2026", to: "2026-01-02")) == 10)
            #expect(try await subjects(AuditFilter(from: "2026-01-02T00:00:00Z", to: "2026-01-02T00:00:01Z")) == 10)
            let first = try #require(try await services.audit.list(AuditFilter(requestID: "r5"), limit: 1).first)
            #expect(first.sentence[.english] == "approved a refund" && first.actorName == "Lan")
        }
    }

    @Test func `what no entry can have is refused`() async throws {
        for bad in ["2026-13-01", "yesterday", "2026-01-01T00:00:00"] {
            #expect(throws: ServiceError.self) { try AuditFilter(from: bad) }
        }
        #expect(throws: ServiceError.self) { try AuditFilter(action: "refund%") }
        #expect(throws: ServiceError.self) { try AuditFilter(from: "2026-01-02", to: "2026-01-01") }
        #expect(throws: ServiceError.self) { try AuditFilter(subject: String(repeating: "x", count: 301)) }
        #expect(AuditLog.Cursor("1") == nil && AuditLog.Cursor("1.2.3") == nil && AuditLog.Cursor("a.1") == nil)
        #expect(AuditLog.Cursor("9223372036854775807.1") == nil)
        try await TestDatabase.withServices { services in
            _ = await #expect(throws: ServiceError.self) {
                try await services.audit.list(try AuditFilter(actor: "nobody@test.vn"), limit: 10)
            }
        }
    }
}
