import Collection
import Foundation
import Values

/// A statement's file, made line by line.
struct StatementLines {
    var balance: Int64 = 1_000_000
    var text =
        "transaction_id,booked_at,value_date,amount,currency,counterparty_name,counterparty_account,memo,balance\n"

    mutating func add(
        _ id: String,
        _ amount: Int64,
        _ memo: String,
        at: Instant = .now(),
        counted: Bool = true,
        counterparty: String = ""
    ) {
        if counted { balance += amount }
        text +=
            CSV.line([
                id, at.description, at.day.description, String(amount), "VND", "", counterparty, memo,
                counted ? String(balance) : "",
            ]) + "\n"
    }

    func imported(into desk: Desk, isFeed: Bool = false) async throws -> StatementImport.Imported {
        try await StatementLines.importText(text, into: desk, isFeed: isFeed)
    }

    /// Who imports statements in tests.
    static let importer = Person(id: "cli:test", name: "test")

    static func importText(_ text: String, into desk: Desk, isFeed: Bool = false) async throws
        -> StatementImport.Imported
    {
        let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        return try await desk.services.statements.importFile(
            path: path,
            account: desk.account,
            by: importer,
            isFeed: isFeed
        )
    }
}
