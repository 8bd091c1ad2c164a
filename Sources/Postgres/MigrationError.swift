/// Why a migration was refused; nothing was changed.
public enum MigrationError: Error, Sendable, CustomStringConvertible {
    /// A file has been changed since it was applied.
    case changed(name: String)
    /// The database was migrated by a newer program.
    case newerDatabase(version: Int)
    /// These are still to be applied, by `khop migrate`. A database is new if it has none of khop's tables.
    case pending(names: [String], isNew: Bool)

    public var description: String {
        switch self {
        case .changed(let name):
            "migration \(name) was applied in another form than this program's; applied migrations never change: "
                + "restore the file and put the change into a new migration"
        case .newerDatabase(let version):
            "the database has migration \(version), which this program does not know: run a newer khop"
        case .pending(let names, _):
            "the database lacks \(names.count) of this program's tables and routines, first \(names.first ?? "?"): "
                + "run `khop migrate`"
        }
    }
}
