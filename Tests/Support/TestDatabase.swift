public import Collection
import Cryptography
public import FeeSchedule
import Foundation
import Migrations
public import Postgres
@_exported public import PureSupport
import Synchronization
import Values

/// Databases for tests: copies of one migrated template, on a cluster of the tests' own. What is tested works as the role
/// of the service, so that a right it lacks is found; see ``asOwner(_:_:)`` for what only others can do.
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
        // Named after what is in it, so that a changed migration makes a new one; the number is that of the migrator's own tables.
        let text = (Migrations.tables.map(\.sql) + Migrations.migrator.routines.map(\.sql) + ["2"]).joined()
        let hash = SHA256.hash(Array(text.utf8)).prefix(6).map { String($0, radix: 16) }.joined()
        let name = "template_\(hash)"
        let admin = Database(options("postgres", .superuser))
        let exists = try await admin.query("select exists (select 1 from pg_database where datname = \(name))").row()
        if try !exists.get(0, as: Bool.self) {
            let draft = "building_\(UUID().uuidString.lowercased().prefix(8))"
            let owner = DatabaseRole.owner.rawValue
            _ = try await admin.query(Query(trustedSQL: "create database \"\(draft)\" owner \(owner)"))
            let owning = DatabaseOptions(url: cluster.url(database: draft, as: .owner))
            try await Migrations.migrator.migrate(owning)
            let building = Database(owning)
            try await InstallationMode.live.settle(building)
            await building.close()
            _ = try await admin.query(Query(trustedSQL: "alter database \"\(draft)\" rename to \"\(name)\""))
        }
        await admin.close()
        return name
    }

    /// So many databases are in use at once.
    private static let turnstile = Turnstile(10)

    /// Lends a migrated, empty database of its own, and drops it afterwards.
    ///
    /// - Parameter role: the one that the options are for.
    public static func with<Value>(
        as role: DatabaseRole = .service,
        _ body: (DatabaseOptions) async throws -> Value
    ) async throws -> Value {
        try await turnstile.pass { try await lend(role, body) }
    }

    /// Works on a lent database as the owner of its tables: what the service itself may not do, such as tampering.
    @discardableResult
    public static func asOwner<Value>(_ lent: Database, _ body: (Database) async throws -> Value) async throws -> Value
    {
        try await with(.owner, of: lent, body)
    }

    /// Works on a lent database as another of its roles.
    @discardableResult
    public static func with<Value>(
        _ role: DatabaseRole,
        of lent: Database,
        _ body: (Database) async throws -> Value
    ) async throws -> Value {
        let name = try await lent.query("select current_database()::text").row().get(0, as: String.self)
        let owner = Database(options(name, role))
        let result: Result<Value, any Error>
        do { result = .success(try await body(owner)) } catch { result = .failure(error) }
        await owner.close()
        return try result.get()
    }

    private static func lend<Value>(
        _ role: DatabaseRole,
        _ body: (DatabaseOptions) async throws -> Value
    ) async throws -> Value {
        let template = try await template.value
        let name = "test_\(UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: ""))"
        let admin = Database(options("postgres", .superuser))
        let copy = "create database \"\(name)\" template \"\(template)\" owner \(DatabaseRole.owner.rawValue)"
        // Copies of one template wait for one another.
        _ = try await admin.retrying(attempts: 50) { try await admin.query(Query(trustedSQL: copy)) }
        let result: Result<Value, any Error>
        do { result = .success(try await body(options(name, role))) } catch { result = .failure(error) }
        _ = try await admin.query(Query(trustedSQL: "drop database \"\(name)\" with (force)"))
        await admin.close()
        return try result.get()
    }

    private static func options(_ name: String, _ role: DatabaseRole) -> DatabaseOptions {
        var options = DatabaseOptions(url: cluster.url(database: name, as: role))
        options.poolSize = 8
        // How long something may take on a busy machine is not what tests are about.
        options.acquireTimeout = .seconds(300)
        options.connectTimeoutSeconds = 300
        options.statementTimeoutMilliseconds = 300_000
        options.lockTimeoutMilliseconds = 300_000
        options.idleInTransactionTimeoutMilliseconds = 300_000
        return options
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
            // Tests log in at any hour; what is an alarm at night has a test of its own.
            serviceOptions.night = nil
            if serviceOptions.mode == .test { try await database.makeTest() }
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

extension Database {
    /// Runs one statement as the owner of the tables of a lent database: what the service itself may not do.
    @discardableResult
    public func asOwner(_ query: Query) async throws -> Rows {
        try await TestDatabase.asOwner(self) { owner in try await owner.query(query) }
    }

    /// Runs several statements as the owner of the tables of a lent database.
    public func scriptAsOwner(_ sql: String) async throws {
        try await TestDatabase.asOwner(self) { owner in try await owner.autocommit { tx in try tx.script(sql) } }
    }
}
