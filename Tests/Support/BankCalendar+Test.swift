public import Collection

extension BankCalendar {
    /// By whomever.
    public func importFile(_ bytes: [UInt8]) async throws -> Int { try await importFile(bytes, by: .setter) }

    /// By somebody with the database's own rights.
    public func setExpectedWithin(account: String, days: Int, by name: String) async throws {
        try await setExpectedWithin(account: account, days: days, by: Person(id: "cli:" + name, name: name))
    }
}
