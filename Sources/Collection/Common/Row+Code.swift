import Postgres

extension Row {
    /// A column that holds the code of an enum; throws for a code that this program does not know.
    func code<Code: RawRepresentable<String>>(_ column: Int, as type: Code.Type = Code.self) throws -> Code {
        let text = try get(column, as: String.self)
        guard let code = Code(rawValue: text) else { throw UnknownCode(type: "\(type)", code: text) }
        return code
    }
}
