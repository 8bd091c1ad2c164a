public import Collection
import Cryptography
public import FeeSchedule
import Foundation
import Migrations
public import Postgres
@_exported public import PureSupport
import Synchronization

/// Databases for tests: copies of one migrated template, on a cluster of the tests' own.
public enum TestDatabase {
    /// The cluster, started once a test run.
    public static let cluster: LocalCluster = {
        do {
            let cluster = try LocalCluster(directory: Repository.home + "/postgres")
            try cluster.start(
                database: "postgres",
                settings: ["fsync=off", "full_page_writes=off", "max_connections=400"]
            )
            return cluster
        } catch {
            fatalError("the tests' PostgreSQL cannot be started: \(error)")
        }
    }()

    private static let template: Task<String, any Error> = Task {
        // Named after what is in it, so that a changed migration makes a new one.
        let text = (Migrations.tables.map(\.sql) + Migrations.routines.map(\.sql)).joined()
        let hash = SHA256.hash(Array(text.utf8)).prefix(6).map { String($0, radix: 16) }.joined()
        let name = "template_\(hash)"
        let admin = Database(DatabaseOptions(url: cluster.url(database: "postgres")))
        let exists = try await admin.query("select exists (select 1 from pg_database where datname = \(name))").row()
        if try !exists.get(0, as: Bool.self) {
            let building = "building_\(UUID().uuidString.lowercased().prefix(8))"
            _ = try await admin.query(Query(trustedSQL: "create database \"\(building)\""))
            try await Migrations.migrator.migrate(DatabaseOptions(url: cluster.url(database: building)))
            _ = try await admin.query(Query(trustedSQL: "alter database \"\(building)\" rename to \"\(name)\""))
        }
        await admin.close()
        return name
    }

    /// So many databases are in use at once.
    private static let turnstile = Turnstile(10)

    /// Lends a migrated, empty database of its own, and drops it afterwards.
    public static func with<Value>(_ body: (DatabaseOptions) async throws -> Value) async throws -> Value {
        try await turnstile.pass { try await lend(body) }
    }

    private static func lend<Value>(_ body: (DatabaseOptions) async throws -> Value) async throws -> Value {
        let template = try await template.value
        let name = "test_\(UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: ""))"
        let admin = Database(DatabaseOptions(url: cluster.url(database: "postgres")))
        // Copies of one template wait for one another.
        _ = try await admin.retrying(attempts: 50) {
            try await admin.query(Query(trustedSQL: "create database \"\(name)\" template \"\(template)\""))
        }
        var options = DatabaseOptions(url: cluster.url(database: name))
        options.poolSize = 8
        // How long something may take on a busy machine is not what tests are about.
        options.acquireTimeout = .seconds(300)
        options.connectTimeoutSeconds = 300
        options.statementTimeoutMilliseconds = 300_000
        options.lockTimeoutMilliseconds = 300_000
        options.idleInTransactionTimeoutMilliseconds = 300_000
        let result: Result<Value, any Error>
        do { result = .success(try await body(options)) } catch { result = .failure(error) }
        _ = try await admin.query(Query(trustedSQL: "drop database \"\(name)\" with (force)"))
        await admin.close()
        return try result.get()
    }

    /// Lends the use cases over a database with the demonstration catalogue in force.
    public static func withServices<Value>(
        lockTimeoutMilliseconds: Int? = nil,
        options serviceOptions: ServiceOptions = ServiceOptions(publicURL: "http://127.0.0.1:1"),
        _ body: (Services) async throws -> Value
    ) async throws -> Value {
        try await with { options in
            var options = options
            options.lockTimeoutMilliseconds = lockTimeoutMilliseconds ?? options.lockTimeoutMilliseconds
            let database = Database(options)
            let box = try SecretBox(base64: SecretBox.newKeyBase64())
            var serviceOptions = serviceOptions
            serviceOptions.passwordCost = .minimum
            let services = Services(database, options: serviceOptions, box: box)
            _ = try await services.catalogue.importFiles(demonstrationCatalogue(), by: "test")
            try await TestPerson.insertAll(database)
            let result: Result<Value, any Error>
            do { result = .success(try await body(services)) } catch { result = .failure(error) }
            await services.close()
            await database.close()
            return try result.get()
        }
    }

    /// Two servers on one database, neither of which hears of what the other changes.
    public static func withTwoServers(_ body: (Services, Services) async throws -> Void) async throws {
        try await with { options in
            let database = Database(options)
            let box = try SecretBox(base64: SecretBox.newKeyBase64())
            let one = Services(database, options: ServiceOptions(publicURL: ""), box: box)
            let two = Services(database, options: ServiceOptions(publicURL: ""), box: box)
            _ = try await one.catalogue.importFiles(demonstrationCatalogue(), by: "test")
            try await TestPerson.insertAll(database)
            let result: Result<Void, any Error>
            do { result = .success(try await body(one, two)) } catch { result = .failure(error) }
            await one.close()
            await two.close()
            await database.close()
            try result.get()
        }
    }

    public static func demonstrationCatalogue() throws -> [(file: CatalogueFile, bytes: [UInt8])] {
        try CatalogueFile.allCases.map { ($0, try Repository.fixture("catalogue/\($0.fileName)")) }
    }
}
