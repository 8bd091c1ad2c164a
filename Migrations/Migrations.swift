public import Postgres

/// The database's tables and routines, embedded in the program. To add one, write its file: it needs no list.
public enum Migrations {
    /// The files of `tables/`, oldest first; forward only, and never changed once released.
    public static let tables: [Migration] = files(in: "tables").map { file in
        guard let version = Int(file.name.prefix(4)) else { preconditionFailure("\(file.name) begins with no number") }
        return Migration(version: version, name: file.name, sql: file.text)
    }

    /// The files of `routines/`, in the order in which they are applied.
    public static let routines: [Routine] = Routine.ordered(
        files(in: "routines").map { Routine(name: $0.name, sql: $0.text) }
    )

    /// The file of `grants/`: what the role of the service may do to each table.
    public static let grants: Routine = {
        let found = files(in: "grants")
        guard let file = found.first, found.count == 1 else { preconditionFailure("one file holds the grants") }
        return Routine(name: file.name, sql: file.text)
    }()

    /// What brings a database up to this program. The rights are given last: they name tables and routines.
    public static let migrator = Migrator(tables, routines: routines + [grants])

    private static func files(in folder: String) -> [(name: String, text: String)] {
        EmbeddedSQL.files.filter { $0.path.hasPrefix(folder + "/") }
            .map { (String($0.path.dropFirst(folder.count + 1)), $0.text) }
    }
}
