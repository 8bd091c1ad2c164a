import Postgres
import Spreadsheets

/// The tables of sealed entries in a bundle: the columns are those that are sealed, so personal data stand there as their
/// salted hash alone.
enum InspectionTables {
    /// By name, each with the place of the entry in the history first.
    static func sealed(_ tx: borrowing Transaction) throws -> [(name: String, columns: [SQLiteFile.Column])] {
        var tables: [(String, [SQLiteFile.Column])] = []
        for kind in SealedKind.all {
            let rows = try tx.query(
                """
                select column_name::text, data_type::text from information_schema.columns
                where table_schema = current_schema() and table_name = \(kind.name)
                """
            )
            var types: [String: String] = [:]
            for row in rows {
                let (name, type) = try row.decode(String.self, String.self)
                types[name] = type
            }
            let columns = names(of: kind).map { name in
                let isNumber = ["bigint", "integer", "smallint"].contains(types[name] ?? "")
                return SQLiteFile.Column(name, isNumber ? .integer : .text)
            }
            tables.append((kind.name, [SQLiteFile.Column("leaf_index", .integer)] + columns))
        }
        let chain = ["number", "size", "root", "sealed_at", "key_fingerprint", "signature"]
        tables.append(
            (SealedKind.head, [SQLiteFile.Column("leaf_index", .integer)] + chain.map { SQLiteFile.Column($0, .text) })
        )
        return tables
    }

    /// The values of a row: the entry before the first seal has none.
    static func filled(_ fields: [String?], of kind: SealedKind?) -> [String?] {
        kind == nil && fields.count == 1 ? fields + Array(repeating: nil, count: 5) : fields
    }

    /// The sealed columns of a kind, in the order of its entries.
    private static func names(of kind: SealedKind) -> [String] {
        kind.columns.split(whereSeparator: { $0 == "," || $0.isWhitespace }).map { String($0.dropFirst("t.".count)) }
            + kind.checked.map(\.name) + (kind.personal == nil ? [] : ["personal_hash"])
    }
}
