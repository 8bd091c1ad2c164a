public import Postgres

/// The tables of a database as Mermaid drawings, read from the database itself: one of all tables, and one a file of
/// `tables/` with the columns of its tables.
///
/// A line is a foreign key. A dotted one is a reference that a trigger or the program keeps instead: the comment of its
/// column begins with `References` and the name of the table.
public struct SchemaDiagram: Sendable {
    /// Markdown, as it stands at the end of docs/database.md.
    public let text: String

    /// Reads the tables. A table without a file of its own is left out.
    public init(_ database: Database) async throws {
        let (columns, references) = try await database.autocommit { session in
            (try SchemaDiagram.columns(session), try SchemaDiagram.references(session))
        }
        text = SchemaDiagram.text(subjects: SchemaDiagram.subjects, columns: columns, references: references)
    }

    struct Column: Sendable {
        let table: String
        let name: String
        let type: String
        let isKey: Bool
        let isReference: Bool
    }

    struct Reference: Sendable, Hashable {
        let child: String
        let parent: String
        let column: String
        /// Kept by a foreign key.
        let isEnforced: Bool
        let isNullable: Bool
        /// At most one child a parent.
        let isUnique: Bool

        /// How many parents, and how many children, in Mermaid's signs.
        var line: String {
            "\(parent) \(isNullable ? "|o" : "||")\(isEnforced ? "--" : "..")\(isUnique ? "o|" : "o{") \(child)"
        }
    }

    /// The files' subjects, and the tables that each makes.
    static var subjects: [(name: String, tables: [String])] {
        Migrations.tables.map { file in
            let name = file.name.dropFirst(5).replacing(".sql", with: "").replacing("_", with: " ")
            return (String(name), file.sql.matches(of: /(?m)^create table (\w+)/).map { String($0.1) })
        }.filter { !$0.tables.isEmpty }
    }

    private static func columns(_ session: borrowing Transaction) throws -> [Column] {
        try session.query(
            """
            select c.relname::text, a.attname::text, format_type(a.atttypid, null),
                exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)),
                exists (select 1 from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'
                    and a.attnum = any (f.conkey)) or coalesce(col_description(c.oid, a.attnum), '') like 'References %'
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
            order by c.relname, a.attnum
            """
        ).map { row in
            let (table, name, type, isKey, isReference) = try row.decode(
                String.self,
                String.self,
                String.self,
                Bool.self,
                Bool.self
            )
            return Column(table: table, name: name, type: type, isKey: isKey, isReference: isReference)
        }
    }

    private static func references(_ session: borrowing Transaction) throws -> [Reference] {
        try session.query(
            """
            with named as (
                select f.conrelid as child, f.confrelid::regclass::text as parent, f.conkey[1] as attribute, true as enforced
                from pg_constraint f where f.contype = 'f'
                union
                select d.objoid, (regexp_match(d.description, '^References (\\w+)'))[1], d.objsubid, false
                from pg_description d
                where d.classoid = 'pg_class'::regclass and d.objsubid > 0 and d.description like 'References %'
            )
            select n.child::regclass::text, n.parent, a.attname::text, n.enforced, not a.attnotnull,
                exists (select 1 from pg_index i where i.indrelid = n.child and i.indisunique and i.indpred is null
                    and i.indnkeyatts = 1 and i.indkey[0] = n.attribute)
            from named n join pg_attribute a on a.attrelid = n.child and a.attnum = n.attribute
            order by 1, 2, n.attribute
            """
        ).map { row in
            let (child, parent, column, isEnforced, isNullable, isUnique) = try row.decode(
                String.self,
                String.self,
                String.self,
                Bool.self,
                Bool.self,
                Bool.self
            )
            return Reference(
                child: child,
                parent: parent,
                column: column,
                isEnforced: isEnforced,
                isNullable: isNullable,
                isUnique: isUnique
            )
        }
    }
}
