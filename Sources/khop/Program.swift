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
            try await ensureSchema(options, isOwn: settings.databaseURL == nil)
            var serviceOptions = settings.serviceOptions
            serviceOptions.sealing = try settings.sealing()
            let services = try Services(database, options: serviceOptions, box: settings.secretBox())
            let value = try await body(services, settings)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }

    /// Migrates a new database and khop's own; any other is left to `khop migrate`, because an outdated server that
    /// migrates would restore its own old routines. Returns the names of the files applied.
    @discardableResult
    static func ensureSchema(_ options: DatabaseOptions, isOwn: Bool) async throws -> [String] {
        let migrator = Migrations.migrator
        let database = Database(options)
        do {
            try await migrator.verify(database)
            await database.close()
            return []
        } catch MigrationError.pending(_, let isNew) where isOwn || isNew {
            await database.close()
            return try await migrator.migrate(options)
        } catch {
            await database.close()
            throw error
        }
    }
}
