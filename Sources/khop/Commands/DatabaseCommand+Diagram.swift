import ArgumentParser
import Migrations
import Postgres

extension DatabaseCommand {
    struct Diagram: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the tables as Mermaid drawings, read from the database's schema."
        )

        func run() async throws {
            let database = Database(try await Settings.load().databaseOptions())
            do {
                try await Migrations.migrator.verify(database)
                print(try await SchemaDiagram(database).text, terminator: "")
                await database.close()
            } catch {
                await database.close()
                throw error
            }
        }
    }
}
