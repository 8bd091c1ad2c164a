import FeeSchedule
import Postgres
import Values

/// The table of one file: converts its rows to the file's records and back.
struct CatalogueTable {
    let file: CatalogueFile

    init(_ file: CatalogueFile) { self.file = file }

    private var table: String {
        switch file {
        case .localities: "locality"
        case .agencies: "agency"
        case .procedures: "procedure"
        case .fees: "fee"
        case .reductions: "reduction"
        case .discounts: "discount"
        case .targets: "target"
        }
    }

    /// An SQL expression for the text of a column of the file.
    private func expression(_ column: String) -> String {
        switch (file, column) {
        case (_, "valid_from"): "to_char(valid_from, 'YYYY-MM-DD')"
        case (_, "valid_to"): "coalesce(to_char(valid_to, 'YYYY-MM-DD'), '')"
        case (.localities, "parent_code"): "coalesce(parent_code, '')"
        case (.localities, "successor_code"): "array_to_string(successor_codes, ';')"
        case (.fees, "amount"), (.reductions, "percent"), (.discounts, "value"), (.targets, "year"): "\(column)::text"
        case (.fees, "minimum"), (.fees, "maximum"): "coalesce(\(column)::text, '')"
        case (.fees, "chapter"), (.fees, "remittance"), (.fees, "treasury_account"): "coalesce(\(column), '')"
        case (.discounts, "channels"): "array_to_string(channels, ';')"
        case (.discounts, "cumulative"): "case when cumulative then 'true' else 'false' end"
        default: column
        }
    }

    /// The table's column, and how the file's text becomes its value.
    private func assignment(_ column: String, _ text: String) -> (column: String, value: String) {
        switch (file, column) {
        case (_, "valid_from"), (_, "valid_to"): (column, "nullif(\(text), '')::date")
        case (.localities, "parent_code"): (column, "nullif(\(text), '')")
        case (.localities, "successor_code"): ("successor_codes", "string_to_array(\(text), ';')")
        case (.fees, "amount"), (.fees, "minimum"), (.fees, "maximum"), (.discounts, "value"):
            (column, "nullif(\(text), '')::bigint")
        case (.fees, "chapter"), (.fees, "remittance"), (.fees, "treasury_account"): (column, "nullif(\(text), '')")
        case (.reductions, "percent"), (.targets, "year"): (column, "\(text)::integer")
        case (.discounts, "channels"): (column, "string_to_array(\(text), ';')")
        case (.discounts, "cumulative"): (column, "\(text)::boolean")
        default: (column, text)
        }
    }

    /// The rows in force, in the order they were added, with their fields in the order of the file's columns.
    func records(_ tx: borrowing Transaction) throws -> [[String]] {
        let columns = file.columns.map(expression).joined(separator: ", ")
        // Tables and columns are from our own list; nothing in the text comes from outside.
        let rows = try tx.query(
            Query(
                trustedSQL:
                    "select array[\(columns)]::text[] from \(table) where ended_in is null order by added_in, ctid"
            )
        )
        return try rows.map { try $0.get(0, as: [String].self) }
    }

    /// Ends the rows that are gone or changed and adds the new ones, in sets.
    func write(_ entries: [CatalogueDifference.Entry], version: Int32, _ tx: borrowing Transaction) throws {
        let ended = entries.compactMap(\.before)
        if !ended.isEmpty {
            let list = file.columns.map(expression).joined(separator: ", ")
            let sql = """
                update \(table) set ended_in = $1::integer
                where ended_in is null and array[\(list)]::text[] in (
                    select array(select jsonb_array_elements_text(e)) from jsonb_array_elements($2::jsonb) e)
                """
            let count = try tx.query(Query(trustedSQL: sql, binding: [version, CatalogueTable.json(ended)])).affected
            guard count == ended.count else {
                throw ServiceError(
                    .internalFailure,
                    Phrase(
                        vi: "\(file.fileName): phải kết thúc \(ended.count) dòng nhưng chỉ có \(count) dòng.",
                        en: "\(file.fileName): \(ended.count) rows were to end, \(count) did."
                    )
                )
            }
        }
        let added = entries.compactMap(\.after)
        guard !added.isEmpty else { return }
        let assignments = file.columns.enumerated().map { assignment($1, "(r ->> \($0))") }
        let sql = """
            insert into \(table) (\(assignments.map(\.column).joined(separator: ", ")), added_in)
            select \(assignments.map(\.value).joined(separator: ", ")), $1::integer
            from jsonb_array_elements($2::jsonb) with ordinality as e (r, place) order by place
            """
        try tx.query(Query(trustedSQL: sql, binding: [version, CatalogueTable.json(added)]))
    }

    private static func json(_ records: [[String]]) -> JSON { .array(records.map { .array($0.map(JSON.string)) }) }
}
