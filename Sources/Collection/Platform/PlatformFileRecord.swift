import Postgres
public import Values

/// A day's file of the national payment platform, as it is listed.
public struct PlatformFileRecord: Sendable {
    public let id: Int64
    public let connection: String
    public let accountNumber: String
    public let day: Day
    /// 1 for the first of the day; the last one counts.
    public let turn: Int32
    public let isLast: Bool
    public let name: String
    public let rows: Int32
    public let total: Money
    public let importedAt: Instant
    public let importedBy: String
    /// Cases about it that are open.
    public let openCases: Int64

    let connectionID: Int32

    public var json: JSON {
        [
            "id": .integer(id), "connection": .string(connection), "account_number": .string(accountNumber),
            "day": .text(day), "turn": .integer(turn), "is_last": .bool(isLast), "name": .string(name),
            "rows": .integer(rows), "total": .money(total), "imported_at": .text(importedAt),
            "imported_by": .string(importedBy), "open_cases": .integer(openCases),
        ]
    }
}

extension PlatformFileRecord {
    /// The columns that ``init(_:)`` reads, of a file `f` and its connection `c`.
    static let columns = """
        f.id, c.name, c.account_number, f.day, f.turn::integer, f.turn = (select max(o.turn) from platform_file o
            where o.connection_id = f.connection_id and o.day = f.day), f.name, f.rows, f.total, f.imported_at,
        f.imported_by_name, (select count(*) from reconciliation_case k
            where k.kind = 'platform_difference' and k.state = 'open' and k.evidence ->> 'connection' = c.name
                and k.evidence ->> 'day' = f.day::text), f.connection_id
        """

    init(_ row: Row) throws {
        (id, connection, accountNumber) = (try row.get(0), try row.get(1), try row.get(2))
        (day, turn, isLast, name) = (try row.get(3), try row.get(4), try row.get(5), try row.get(6))
        (rows, total, importedAt) = (try row.get(7), try row.get(8), try row.get(9))
        (importedBy, openCases, connectionID) = (try row.get(10), try row.get(11), try row.get(12))
    }
}
