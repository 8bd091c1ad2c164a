import ArgumentParser
import Migrations
import Postgres
import Values

extension DatabaseCommand {
    struct Diagram: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "In sơ đồ bảng dạng Mermaid, đọc từ cấu trúc cơ sở dữ liệu.",
                en: "Print the tables as Mermaid diagrams, read from the database's schema."
            )
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
