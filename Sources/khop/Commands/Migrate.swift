import ArgumentParser
import Migrations
import Postgres
import Values

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema up to this program's, and say what was done."
    )

    @Flag(help: "Print what would be applied, and apply nothing.") var dryRun = false
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let options = try await Settings.load().databaseOptions()
        let names = dryRun ? try await pending(options) : try await Migrations.migrator.migrate(options)
        let (tables, routines) = (Migrations.tables.count, Migrations.routines.count)
        Terminal.answer(
            [
                (dryRun ? "pending" : "applied"): .array(names.map { .string($0) }),
                "version": .integer(Migrations.tables.last?.version ?? 0),
            ],
            asJSON: json,
            names.isEmpty
                ? "Nothing to do: the database has all \(tables) files of tables and all \(routines) routines."
                : names.map { (dryRun ? "would apply " : "applied ") + $0 }.joined(separator: "\n")
        )
    }

    private func pending(_ options: DatabaseOptions) async throws -> [String] {
        let database = Database(options)
        do {
            let names = try await Migrations.migrator.pending(database)
            await database.close()
            return names
        } catch {
            await database.close()
            throw error
        }
    }
}
