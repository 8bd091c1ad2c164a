public import Collection

extension Person {
    /// Who sets things up in tests: somebody with the database's own rights.
    public static let setter = Person(id: "cli:test", name: "test")
}
