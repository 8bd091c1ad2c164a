/// The roles in which a database is worked on, by their names in PostgreSQL.
public enum DatabaseRole: String, Sendable, CaseIterable {
    /// Owns the schema; only `khop migrate` connects as it.
    case owner = "khop_owner"
    /// Owns nothing, adds facts, and changes the columns of what has states: everything else that khop does. What it may
    /// do to which table stands in `Migrations/grants`.
    case service = "khop_app"
    /// The superuser of the cluster that khop runs itself; it makes the cluster, its roles and its databases.
    case superuser = "khop"
}
