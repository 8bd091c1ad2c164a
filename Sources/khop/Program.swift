import Collection
import Migrations
import Postgres

/// Opens what a command needs and closes it afterwards.
enum Program {
    /// Runs the body with the use cases, on a database that has this program's schema.
    static func withServices<Value>(_ body: (Services, Settings) async throws -> Value) async throws -> Value {
        let settings = try await Settings.load()
        let options = try settings.databaseOptions()
        let database = Database(options)
        do {
            try await verifySchema(database)
            var serviceOptions = settings.serviceOptions
            serviceOptions.sealing = try settings.sealing()
            serviceOptions.receiptSigning = try settings.receiptSigning()
            let services = try Services(database, options: serviceOptions, box: settings.secretBox())
            let value = try await body(services, settings)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }

    /// Throws unless `khop migrate` has made this program's schema, and the role may not change it.
    static func verifySchema(_ database: Database) async throws {
        try await Migrations.migrator.verify(database)
        try await Migrations.migrator.verifyRights(database)
    }
}
