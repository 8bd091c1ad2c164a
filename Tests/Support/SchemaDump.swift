import Foundation
public import Postgres

/// What `pg_dump` prints of a schema, in an order that does not depend on how it came about, and without noise: each
/// table with what belongs to it, then views, then routines by their signatures. Bodies stand in Migrations/routines.
public struct SchemaDump {
    /// A table, a view, a routine, or what belongs to one.
    private struct Item {
        let owner: String
        let rank: Int
        let name: String
        let sql: String
    }

    /// The text of the golden file.
    public let text: String

    public init(database: String, of cluster: LocalCluster) throws {
        self.init(dump: try cluster.schema(of: database))
    }

    init(dump: String) {
        let head = /-- Name: (?<name>.+); Type: (?<type>[A-Z ]+); Schema: .*\n--\n/
        let starts = dump.matches(of: head)
        var items: [Item] = []
        for (place, match) in starts.enumerated() {
            let end = place + 1 < starts.count ? starts[place + 1].range.lowerBound : dump.endIndex
            let body = dump[match.range.upperBound..<end]
            items.append(SchemaDump.item(String(match.name), String(match.type), SchemaDump.cleaned(String(body))))
        }
        items.removeAll { $0.sql.isEmpty || $0.name.hasPrefix("EXTENSION ") }
        items.sort { ($0.rank / 10, $0.owner, $0.rank, $0.name) < ($1.rank / 10, $1.owner, $1.rank, $1.name) }
        var text = ""
        var owner = ""
        for item in items {
            if item.owner != owner, !text.isEmpty { text += "\n" }
            text += item.sql + "\n"
            owner = item.owner
        }
        self.text = text
    }

    /// Tables are of the ranks 10 to 19, views of 20 to 29, routines of 30 to 39; extensions come before all.
    private static func item(_ name: String, _ type: String, _ sql: String) -> Item {
        let words = name.split(separator: " ").map(String.init)
        func item(_ owner: String, _ rank: Int) -> Item { Item(owner: owner, rank: rank, name: name, sql: sql) }
        switch type {
        case "TABLE": return item(name, 10)
        case "COMMENT" where words[0] == "TABLE": return item(words[1], 11)
        case "COMMENT" where words[0] == "COLUMN":
            return item(String(words[1].split(separator: ".")[0]), 12)
        case "SEQUENCE": return item(sql.firstMatch(of: /ALTER TABLE (\w+)/).map { String($0.1) } ?? name, 13)
        case "CONSTRAINT": return item(words[0], 14)
        case "FK CONSTRAINT": return item(words[0], 15)
        case "INDEX": return item(sql.firstMatch(of: /ON (\w+) USING/).map { String($0.1) } ?? name, 16)
        case "TRIGGER": return item(words[0], 17)
        case "VIEW": return item(name, 20)
        case "COMMENT" where words[0] == "VIEW": return item(words[1], 21)
        case "FUNCTION": return item(String(name.prefix { $0 != "(" }), 30)
        case "COMMENT" where words[0] == "FUNCTION": return item(String(words[1].prefix { $0 != "(" }), 31)
        default: return item(name, 0)
        }
    }

    private static func cleaned(_ body: String) -> String {
        var sql = body.replacing("public.", with: "")
        if let start = sql.range(of: "\n    AS $") { sql = sql[..<start.lowerBound] + ";" }
        sql.replace(/(?s)GENERATED ALWAYS AS IDENTITY \(.*?\n\);/, with: "GENERATED ALWAYS AS IDENTITY;")
        sql.replace(/\n    ADD CONSTRAINT/, with: " ADD CONSTRAINT")
        let lines = sql.split(separator: "\n").filter { line in
            !line.hasPrefix("--") && !line.hasPrefix("SET ") && !line.hasPrefix("\\")
        }
        return lines.joined(separator: "\n")
    }
}
