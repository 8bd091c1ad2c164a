public import Collection
public import Values

extension Reconciliation {
    /// By somebody with the database's own rights.
    public func run(account: String, through: Day, by name: String) async throws -> Run {
        try await run(account: account, through: through, by: Person(id: "cli:" + name, name: name))
    }
}
