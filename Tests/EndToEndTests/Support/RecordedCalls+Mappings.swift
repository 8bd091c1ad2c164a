import Values

extension RecordedCalls {
    /// Stores how an unknown table is read.
    func mapStatements() async throws {
        let mapping: JSON = [
            "name": "thu-nghiem", "header": ["Ngày", "Chi", "Thu"], "dates": ["dd/MM/yyyy"],
            "columns": ["booked_at": ["Ngày"], "debit": ["Chi"], "credit": ["Thu"]],
        ]
        let stored = try await call(
            "POST /v1/statement-mappings",
            key: finance,
            ["mapping": mapping, "account_number": .string(Self.account)]
        )
        assert(stored["state"] == "waiting")
    }
}
