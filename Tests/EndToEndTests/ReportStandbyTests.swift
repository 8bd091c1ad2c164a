import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// Reports of a server whose database has a standby.
@Suite struct ReportStandbyTests {
    private static func report(_ server: LiveServer, _ key: String) async throws -> (paid: Int64, asOf: Instant?) {
        let answer = try await server.send("GET", "/v1/reports/non-cash-rates?period=2026", key: key)
        let told = try answer.json
        return (told["total"]?["paid_requests"]?.integer ?? 0, told["generated_at"]?.string.flatMap { Instant($0) })
    }

    /// How many connections of reports the standby has.
    private static func connections(_ pair: ClusterPair) async throws -> Int64 {
        let superuser = Database(DatabaseOptions(url: pair.standby.url(database: "khop", as: .superuser)))
        let count = try await superuser.query(
            """
            select count(*) from pg_stat_activity
            where application_name = 'khop reports' and datname = 'khop' and pg_is_in_recovery()
            """
        ).row().get(0, as: Int64.self)
        await superuser.close()
        return count
    }

    private static func doctor(_ pair: ClusterPair) async throws -> (level: String?, found: String?) {
        let ended = try await KhopProgram(pair.options).runAside(
            ["doctor", "--json"],
            ["KHOP_READ_DATABASE_URL": pair.standbyOptions.url, "KHOP_READ_MOST_LAG_SECONDS": "2"]
        )
        let finding = try JSON.parse(ended.output.utf8)["findings"]?.array?.first { $0["name"] == "standby" }
        return (finding?["level"]?.string, finding?["found"]?.string)
    }

    private static func pay(_ server: LiveServer) async throws {
        let desk = ConsoleDesk(server: server)
        let asked = try await desk.ask(1)
        let cashier = try await server.key(.cashier)
        let answer = try await server.send(
            "POST",
            "/v1/counter-payments",
            key: cashier,
            json: ["payment_request_id": .string(asked[0].id), "channel": "counter_cash", "amount": 20_000]
        )
        #expect(answer.status == 201, "\(answer)")
    }

    @Test func `reports are read from the standby, say as of when, and fall back`() async throws {
        try await ClusterPair.with { pair in
            let owner = Database(DatabaseOptions(url: pair.primary.url(database: "khop", as: .owner)))
            try await InstallationMode.live.settle(owner)
            await owner.close()
            let database = Database(pair.options)
            var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
            options.standby = StandbyOptions(pair.standbyOptions.forReports(), mostLag: .seconds(2))
            let box = try SecretBox(base64: SecretBox.newKeyBase64())
            let services = Services(database, options: options, box: box)
            _ = try await services.catalogue.importFiles(TestDatabase.demonstrationCatalogue(), by: "test")
            try await TestPerson.insertAll(database)
            let result: Result<Void, any Error>
            do {
                try await LiveServer.over(services) { server in try await Self.follow(pair, server) }
                result = .success(())
            } catch { result = .failure(error) }
            await services.close()
            await database.close()
            try result.get()
        }
    }

    @Sendable private static func follow(_ pair: ClusterPair, _ server: LiveServer) async throws {
        let finance = try await server.key(.finance)
        try await pay(server)
        let paidAt = Instant.now()
        try await until("the report knows the payment") {
            let told = try await report(server, finance)
            return told.paid == 1 && told.asOf.map { $0.adding(seconds: 1) >= paidAt } ?? false
        }
        try await until("it was read there") { try await connections(pair) > 0 }
        try await until("it is told of") {
            try await server.send("GET", "/metrics").text.contains("khop_standby_used 1")
        }
        let near = try await doctor(pair)
        #expect(near.level == "ok" && near.found?.contains("as of ") == true, "\(near)")

        try await pair.pause(true)
        try await pay(server)
        // What the standby lacks is in the report all the same, once it is further behind than is allowed.
        try await until("the report is of the primary") { try await report(server, finance).paid == 2 }
        try await until("it is told of") {
            try await server.send("GET", "/metrics").text.contains("khop_standby_used 0")
        }
        let behind = try await doctor(pair)
        #expect(behind.level == "wrong" && behind.found?.contains("bytes of the log") == true, "\(behind)")
        try await pair.pause(false)
        try await until("it is read from again") {
            try await server.send("GET", "/metrics").text.contains("khop_standby_used 1")
        }

        try await pair.killStandby()
        #expect(try await report(server, finance).paid == 2)
        #expect(try await doctor(pair).level == "wrong")
        try await until("it is told of") {
            try await server.send("GET", "/metrics").text.contains("khop_standby_used 0")
        }
    }
}
