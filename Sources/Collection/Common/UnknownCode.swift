/// A stored code that this program does not know because a newer one wrote it.
struct UnknownCode: Error, CustomStringConvertible {
    let type: String
    let code: String

    var description: String { "the database has a \(type) \"\(code)\" that this program does not know" }
}
