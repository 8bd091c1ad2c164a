/// A name and its value, in a list of facts.
struct Fact: Sendable {
    let name: String
    let value: String
    /// Where the value leads; `nil` for nowhere.
    var href: String?

    init?(_ name: String, _ value: String?, href: String? = nil) {
        guard let value, !value.isEmpty else { return nil }
        self.name = name
        self.value = value
        self.href = href
    }
}
