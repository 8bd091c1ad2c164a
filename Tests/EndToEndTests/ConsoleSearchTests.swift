import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// What the search box leaves in the audit, and what a counter sees in it.
@Suite struct ConsoleSearchTests {
    private func entries(_ server: LiveServer) async throws -> [String] {
        try await server.services.database.query(
            "select detail ->> 'query' from audit_entry where action = 'read.search' order by id"
        ).map { try $0.get(0, as: String.self) }
    }

    @Test func `typing leaves an entry for each term that was settled on, not for each letter`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            _ = try await desk.ask(1)
            let clerk = try await desk.visitor(.finance)
            for typed in ["ngu", "nguy", "nguyen", "nguyen%20van", "nguyen"] {
                #expect(try await clerk.get("/console/found?q=\(typed)").text.contains("H44-26-1001"))
            }
            // Another term: the one before was settled on.
            _ = try await clerk.get("/console/found?q=H44-26")
            try await until("the first term") { try await entries(server) == ["q=nguyen"] }
            try await until("the second term") { try await entries(server) == ["q=nguyen", "q=H44-26"] }
            // Enter after typing: the page records it.
            _ = try await clerk.get("/console/found?q=50k")
            _ = try await clerk.get("/console/find?q=50k")
            _ = try await clerk.get("/console/found?q=an")
            try await until("the last term") { try await entries(server).last == "q=an" }
            #expect(try await entries(server) == ["q=nguyen", "q=H44-26", "q=50k", "q=an"])
        }
    }

    @Test func `a cashier sees who pays in the own commune, and a cashier of the province only who was served`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(1, payer: "Trần Thị Ngát")[0]
            let locality = try await server.services.database.query(
                "select locality_code from agency where code = 'H44.01' and ended_in is null"
            ).row().get(0, as: String.self)
            let own = try await desk.visitor(.cashier, name: "Quầy", locality: locality)
            #expect(try await own.get("/console/payments/\(asked.id)").text.contains("Trần Thị Ngát 1"))
            #expect(try await own.get("/console/find?q=ngat").text.contains("Trần Thị Ngát 1"))
            let everywhere = try await desk.visitor(.cashier, name: "Tỉnh")
            let masked = try await everywhere.get("/console/payments/\(asked.id)")
            #expect(
                masked.status == 200 && !masked.text.contains("Ngát") && masked.text.contains("T*** T*** N*** 1***")
            )
        }
    }
}
