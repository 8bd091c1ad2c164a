import Postgres

extension Row {
    /// A column that holds the code of an enum; throws for a code that this program does not know.
    func code<Code: RawRepresentable<String>>(_ column: Int, as type: Code.Type = Code.self) throws -> Code {
        let text = try get(column, as: String.self)
        guard let code = Code(rawValue: text) else { throw UnknownCode(type: "\(type)", code: text) }
        return code
    }
}

/// A stored code that this program does not know because a newer one wrote it.
struct UnknownCode: Error, CustomStringConvertible {
    let type: String
    let code: String

    var description: String { "the database has a \(type) \"\(code)\" that this program does not know" }
}
