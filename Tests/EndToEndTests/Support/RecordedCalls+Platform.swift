import Collection
import Testing
import Values

extension RecordedCalls {
    /// Imports a day's file of the national payment platform, and takes the answer to it.
    func comparePlatform() async throws {
        _ = try await server.services.connections.add(
            name: "dvc",
            profile: .nationalPlatform,
            account: RecordedCalls.account,
            secret: "the platform's secret",
            signatureHeader: nil,
            merchant: "H44",
            by: .system
        )
        let day = Instant.now().day
        let imported = try await call(
            "POST /v1/platform-files",
            query: "?connection=dvc&day=\(day)&name=doi-soat.txt",
            key: finance,
            body: Array("RF18AAAABBBBCCCC0000|26111815310001|10000||VCB|1\nx|y|z|z|z|z\n2|10000|\n".utf8)
        )
        #expect(imported["counts"]?["differs"] == 2)
        let id = try #require(imported["id"]?.integer)
        // Its answer is a file, no JSON.
        _ = try? await call("POST /v1/platform-files/:id/answer", String(id), key: finance)
    }
}
