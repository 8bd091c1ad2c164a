import Collection
import Migrations
import Postgres
import Values

/// Opens what a command needs and closes it afterwards.
enum Program {
    /// Runs the body with the use cases, on a database that has this program's schema.
    static func withServices<Value>(_ body: (Services, Settings) async throws -> Value) async throws -> Value {
        let settings = try await Settings.load()
        let options = try settings.databaseOptions()
        let database = Database(options)
        do {
            try await verify(database, settings.mode)
            announce(settings.mode)
            var serviceOptions = settings.serviceOptions
            serviceOptions.sealing = try settings.sealing()
            serviceOptions.receiptSigning = try settings.receiptSigning()
            serviceOptions.standby = try settings.standby(beside: options)
            let services = try Services(database, options: serviceOptions, box: settings.secretBox())
            let value = try await body(services, settings)
            await services.reading.close()
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }

    /// Throws unless `khop migrate` has made this program's schema for this mode, and the role may not change it.
    static func verify(_ database: Database, _ mode: InstallationMode) async throws {
        try await Migrations.migrator.verify(database)
        try await mode.require(of: database)
        try await Migrations.migrator.verifyRights(database)
    }

    /// Tells whoever works on a test installation that they do.
    static func announce(_ mode: InstallationMode) {
        if mode == .test { Terminal.say(InstallationMode.mark.prefixed(by: "khop: ")) }
    }
}
