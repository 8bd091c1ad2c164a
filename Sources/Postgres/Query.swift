/// A statement and its values. Interpolation binds: `"select … where id = \(id)"` sends `$1` and, separately, the
/// value.
///
/// Only types that conform to ``Bindable`` can be interpolated, so no text can be spliced into SQL by accident.
public struct Query: Sendable, ExpressibleByStringInterpolation {
    public let sql: String
    let values: [BoundValue]

    public init(stringLiteral value: String) {
        sql = value
        values = []
    }

    public init(stringInterpolation: Interpolation) {
        sql = stringInterpolation.sql
        values = stringInterpolation.values
    }

    /// SQL composed at run time. The caller guarantees that no part of it comes from outside.
    public init(trustedSQL: String, binding values: [any Bindable] = []) {
        sql = trustedSQL
        self.values = values.map(\.boundValue)
    }

    public struct Interpolation: StringInterpolationProtocol, Sendable {
        var sql = ""
        var values: [BoundValue] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserveCapacity(literalCapacity + interpolationCount * 3)
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) { sql += literal }

        public mutating func appendInterpolation(_ value: some Bindable) {
            values.append(value.boundValue)
            sql += "$\(values.count)"
        }

        public mutating func appendInterpolation(_ value: (some Bindable)?) {
            values.append(value?.boundValue ?? .null)
            sql += "$\(values.count)"
        }
    }

    /// The same statement and values, preceded by fixed SQL.
    func prefixed(_ words: String) -> Query { Query(sql: words + sql, values: values) }

    private init(sql: String, values: [BoundValue]) {
        self.sql = sql
        self.values = values
    }

    /// The statement's first words, for errors and logs; never contains values.
    var summary: String {
        String(sql.split(whereSeparator: \.isWhitespace).prefix(6).joined(separator: " ").prefix(80))
    }
}
