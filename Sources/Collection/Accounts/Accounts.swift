import Postgres
import Values

/// The bank accounts that agencies are paid on.
enum Accounts {
    /// Throws `invalidParameter` if no agency is paid on the account.
    static func require(_ number: String, in database: Database) async throws {
        _ = try await bank(of: number, in: database)
    }

    /// The BIN of the bank that holds an account; throws as ``require(_:in:)`` does.
    static func bank(of number: String, in database: Database) async throws -> String {
        let rows = try await database.query("select bank_bin from bank_account where account_number = \(number)")
        if let bank = rows.first { return try bank.get(0) }
        let known = try await database.query("select account_number from bank_account order by 1 limit 5")
        let names = try known.map { try $0.get(0, as: String.self) }.joined(separator: ", ")
        throw ServiceError(
            .invalidParameter,
            at: "account_number",
            Phrase(
                vi: "không có cơ quan nào thu vào tài khoản \(number.prefix(40)): "
                    + (names.isEmpty ? "hãy nhập danh mục trước" : "các tài khoản: \(names), … (agencies.csv)"),
                en: "no agency collects on the account \(number.prefix(40)): "
                    + (names.isEmpty ? "import a catalogue first" : "known are \(names), … (agencies.csv)")
            )
        )
    }
}
