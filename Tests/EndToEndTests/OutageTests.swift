import Collection
import Foundation
import Migrations
import Postgres
import TestSupport
import Testing
import Values

/// Clusters of their own, broken on purpose.
@Suite(.serialized) struct OutageTests {
    /// Nothing of an earlier run is taken over: its schema may be another.
    private static func newCluster(_ name: String) throws -> LocalCluster {
        let directory = Repository.home + "/" + name
        if FileManager.default.fileExists(atPath: directory) {
            try LocalCluster(directory: directory).stop()
            try FileManager.default.removeItem(atPath: directory)
        }
        return try LocalCluster(directory: directory)
    }

    @Test func `a database that is down is reported, and its return is noticed`() async throws {
        let cluster = try Self.newCluster("outage")
        try cluster.start(database: "khop", settings: ["fsync=off", "shared_buffers=32MB"])
        var options = DatabaseOptions(url: cluster.url(database: "khop"))
        options.acquireTimeout = .seconds(2)
        try await Migrations.migrator.migrate(DatabaseOptions(url: cluster.url(database: "khop", as: .owner)))
        let database = Database(options)
        let services = Services(
            database,
            options: ServiceOptions(publicURL: "http://127.0.0.1:1"),
            box: try SecretBox(base64: SecretBox.newKeyBase64())
        )
        _ = try await services.catalogue.importFiles(TestDatabase.demonstrationCatalogue(), by: "test")
        try await LiveServer.over(services) { server in
            let key = try await server.key(.portal)
            let order: JSON = [
                "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
            ]
            func create() async throws -> LiveServer.Answer {
                try await server.send("POST", "/v1/payment-requests", key: key, json: order)
            }
            try await until { try await create().status == 201 }
            for stop in [true, false] {
                if stop { try cluster.stop() } else { kill(try cluster.processID(), SIGKILL) }
                // Backends outlive a killed server by a moment.
                try await until { try await create().status == 503 }
                #expect(try await create().headers["retry-after"] != nil)
                #expect(try await server.send("GET", "/readyz").status == 503)
                #expect(try await server.send("GET", "/healthz").status == 200)
                try await until { !cluster.isRunning }
                try cluster.start(database: "khop", settings: ["fsync=off", "shared_buffers=32MB"])
                try await until { try await server.send("GET", "/readyz").status == 200 }
                try await until { try await create().status == 201 }
            }
        }
        await database.close()
        try cluster.stop()
    }

    @Test func `certificates are checked if the configuration asks for it`() async throws {
        let cluster = try Self.newCluster("tls")
        try cluster.start(database: "khop")
        try cluster.stop()
        let folder = cluster.directory + "/data"
        func openssl(_ arguments: String) throws {
            _ = try OtherProgram.run("openssl", arguments.split(separator: " ").map(String.init))
        }
        for authority in ["ca", "other"] {
            try openssl(
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=khop-\(authority) -keyout \(folder)/\(authority).key -out \(folder)/\(authority).crt"
            )
        }
        try Data("subjectAltName=DNS:localhost\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/san.cnf"))
        try openssl(
            "req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout \(folder)/server.key -out \(folder)/server.csr"
        )
        try openssl(
            "x509 -req -in \(folder)/server.csr -CA \(folder)/ca.crt -CAkey \(folder)/ca.key -CAcreateserial -days 2 -extfile \(folder)/san.cnf -out \(folder)/server.crt"
        )
        let owner = try FileManager.default.attributesOfItem(atPath: folder)
        for name in ["server.key", "server.crt"] {
            _ = chmod("\(folder)/\(name)", 0o600)
            _ = chown(
                "\(folder)/\(name)",
                (owner[.ownerAccountID] as? UInt32) ?? 0,
                (owner[.groupOwnerAccountID] as? UInt32) ?? 0
            )
        }
        let rules = "local all all trust\nhostssl all all 127.0.0.1/32 trust\n"
        try Data(rules.utf8).write(to: URL(fileURLWithPath: "\(folder)/pg_hba.conf"))
        _ = chown(
            "\(folder)/pg_hba.conf",
            (owner[.ownerAccountID] as? UInt32) ?? 0,
            (owner[.groupOwnerAccountID] as? UInt32) ?? 0
        )
        let port = Int.random(in: 20_000...40_000)
        let settings = ["listen_addresses=127.0.0.1", "port=\(port)", "ssl=on"]
        try cluster.start(database: "khop", settings: settings, port: port)
        let base = "host=localhost hostaddr=127.0.0.1 port=\(port) user=khop dbname=khop sslmode=verify-full"

        let good = Database(DatabaseOptions(url: "\(base) sslrootcert=\(folder)/ca.crt"))
        let isEncrypted = try await good.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()").row().get(
            0,
            as: Bool.self
        )
        #expect(isEncrypted)
        await good.close()
        let other = Database(DatabaseOptions(url: "\(base) sslrootcert=\(folder)/other.crt"))
        let refused = await #expect(throws: PostgresError.self) { _ = try await other.query("select 1") }
        #expect(refused?.kind == .connection && refused?.message.contains("certificate verify failed") == true)
        await other.close()
        let name = Database(
            DatabaseOptions(
                url: "\(base.replacing("host=localhost", with: "host=bank.example")) sslrootcert=\(folder)/ca.crt"
            )
        )
        let wrongName = await #expect(throws: PostgresError.self) { _ = try await name.query("select 1") }
        #expect(wrongName?.message.contains("does not match host name") == true)
        await name.close()
        try Self.expectRefusedElsewhere(folder, port)
        try cluster.stop()
    }

    /// The program itself, on another machine's database: refused unless the certificate is checked, or it was told.
    private static func expectRefusedElsewhere(_ folder: String, _ port: Int) throws {
        func run(_ url: String, _ environment: [String: String] = [:]) throws -> KhopProgram.Result {
            try KhopProgram().run(["seal", "list"], ["KHOP_DATABASE_URL": url].merging(environment) { $1 })
        }
        for mode in ["", "&sslmode=require", "&sslmode=disable"] {
            let refused = try run("postgresql://khop_app@192.0.2.1:1/khop?connect_timeout=2\(mode)")
            #expect(refused.status == 2 && refused.errors.contains("KHOP_DATABASE_URL"), "\(refused)")
            #expect(refused.errors.contains("sslmode=verify-full"))
        }
        let told = try run(
            "postgresql://khop_app@192.0.2.1:1/khop?connect_timeout=2",
            ["KHOP_DATABASE_UNVERIFIED": "true"]
        )
        #expect(told.status == 1 && !told.errors.contains("verify-full"), "\(told)")
        // With the certificate checked it gets as far as the schema, which nobody has made here.
        let checked = "host=localhost hostaddr=127.0.0.1 port=\(port) user=khop dbname=khop sslmode=verify-full"
        let reached = try run("\(checked) sslrootcert=\(folder)/ca.crt")
        #expect(reached.status == 1 && reached.errors.contains("migrate"), "\(reached)")
    }
}
