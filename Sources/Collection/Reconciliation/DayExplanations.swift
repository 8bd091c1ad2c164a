public import Matching
import Postgres
public import Values

/// Explains why bank and books of an account differ on a day, down to 0.
public struct DayExplanations: Sendable {
    /// How many items of a kind are told one by one; a sum stands for the rest, so that an answer stays readable.
    public static let limit = 1000

    private let database: Database

    init(_ database: Database) { self.database = database }

    /// Returns the explanation as things stand now.
    ///
    /// - Parameter limit: how many items of a kind are told one by one.
    /// - Throws: `not-found` if no agency is paid on the account.
    public func explain(account: String, day: Day, limit: Int = limit) async throws -> DayExplanation {
        try await Accounts.require(account, in: database)
        return try await database.read { tx in try DayExplanations.read(account, day, limit: limit, tx) }
    }

    static func read(_ account: String, _ day: Day, limit: Int, _ tx: borrowing Transaction) throws -> DayExplanation {
        let balances = try DayBalances.read(account, day, tx)
        return DayExplanation(
            accountNumber: account,
            day: day,
            bank: balances.closing,
            books: balances.books,
            items: try DayDifference.read(account, day, tx),
            limit: limit
        )
    }
}
