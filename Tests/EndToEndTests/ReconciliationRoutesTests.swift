import Collection
import Postgres
import PureSupport
import TestSupport
import Testing
import Values

/// Reconciliations over HTTP.
@Suite struct ReconciliationRoutesTests {
    @Test func `a reconciliation asked for twice says which run is under way, and nothing else waits`() async throws {
        try await LiveServer.with { server in
            let (account, database) = ("0801000567890", server.services.database)
            let finance = try await server.key(.finance)
            let body: JSON = ["account_number": .string(account), "through": .text(Instant.now().day)]
            let held = try await HeldLock("statement", of: account, database)
            defer { held.free() }
            async let first = server.send("POST", "/v1/reconciliations", key: finance, json: body)
            let running: Query = "select id from reconciliation_run where finished_at is null"
            try await until("the run") { try await !database.query(running).isEmpty }
            let id = try await database.query(running).row().get(0, as: Int64.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...8 {
                    group.addTask {
                        let refused = try await server.send("POST", "/v1/reconciliations", key: finance, json: body)
                        #expect(try refused.status == 409 && refused.json["run_id"]?.integer == id)
                        #expect(try refused.json["type"] == "urn:khop:problem:already-running")
                        #expect(try refused.json["reason"]?["code"] == "run_under_way")
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await server.send("GET", "/readyz").status == 200)
            let shown = try await server.send("GET", "/v1/reconciliations/\(id)", key: finance)
            #expect(try shown.status == 200 && shown.json["finished_at"] == .null)
            try await held.release()
            let finished = try await first
            #expect(try finished.status == 201 && finished.json["run_id"]?.integer == id)
        }
    }
}
