import ArgumentParser
import Collection
import Migrations
import Postgres
import Values

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Nâng cấu trúc cơ sở dữ liệu lên bằng chương trình này, và cho biết đã làm gì.",
            en: "Bring the database's schema up to this program's, and report what was done."
        ),
        discussion: String(
            vi: """
                Làm việc bằng vai trò sở hữu các bảng: khop_owner của cụm riêng, hoặc KHOP_OWNER_DATABASE_URL. Mọi lệnh
                khác dùng khop_app, vai trò không sở hữu gì và không sửa hay xóa được dữ kiện.

                Dịch vụ có thể chạy trong lúc đó: mỗi tệp giữ khóa không quá một giây, không được thì thả ra và thử lại, đến
                120 lần.
                """,
            en: """
                Works as the role that owns the tables: khop_owner of khop's own cluster, or KHOP_OWNER_DATABASE_URL. All
                other commands use khop_app, which owns nothing and can neither change nor delete facts.

                The service may work meanwhile: no file holds its locks for more than a second, and one that cannot is given up
                and tried again, up to 120 times.
                """
        )
    )

    @Flag(
        help: ArgumentHelp(
            vi: "In những gì sẽ áp dụng, không áp dụng gì.",
            en: "Print what would be applied, and apply nothing."
        )
    ) var dryRun = false
    @Flag(
        help: ArgumentHelp(
            vi: "Dịch vụ đang dừng: tệp được giữ khóa lâu đến khi xong.",
            en: "The service is stopped: a file may hold its locks for as long as it takes."
        )
    ) var whileStopped = false
    @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

    func run() async throws {
        let settings = try await Settings.load()
        let options = try settings.databaseOptions(as: .owner)
        // Nothing is applied to a database of the other mode.
        let pending = try await open(options) { database in
            try await settings.mode.require(of: database, allowsNone: true)
            return dryRun ? try await Migrations.migrator.pending(database) : []
        }
        let names = dryRun ? pending : try await migrate(options)
        if !dryRun { try await open(options) { try await settings.mode.settle($0) } }
        Program.announce(settings.mode)
        let (tables, routines) = (Migrations.tables.count, Migrations.routines.count)
        Terminal.answer(
            [
                (dryRun ? "pending" : "applied"): .array(names.map { .string($0) }),
                "version": .integer(Migrations.tables.last?.version ?? 0),
            ],
            asJSON: json,
            text: names.isEmpty
                ? String(
                    vi: "Không có gì phải làm: cơ sở dữ liệu có đủ \(tables) tệp bảng và \(routines) thủ tục.",
                    en: "Nothing to do: the database has all \(tables) files of tables and all \(routines) routines."
                )
                : names.map { name in
                    (dryRun ? String(vi: "sẽ áp dụng ", en: "would apply ") : String(vi: "đã áp dụng ", en: "applied "))
                        + name
                }.joined(separator: "\n")
        )
    }

    private func migrate(_ options: DatabaseOptions) async throws -> [String] {
        try await Migrations.migrator.migrate(options, patience: whileStopped ? nil : MigrationPatience()) {
            name,
            attempt in
            Terminal.say(
                Phrase(
                    vi: "khop: \(name) đang bị khóa, thử lại lần \(attempt + 1)",
                    en: "khop: \(name) finds its tables locked, try \(attempt + 1)"
                )
            )
        }
    }

    private func open<Value>(
        _ options: DatabaseOptions,
        _ body: (Database) async throws -> Value
    ) async throws -> Value {
        let database = Database(options)
        do {
            let value = try await body(database)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }
}
