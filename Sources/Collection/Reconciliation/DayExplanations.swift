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

    /// What is left unexplained of each account that has statements or notices, at the end of a day: 0 everywhere, or the
    /// program has a fault.
    public func residuals(on day: Day) async throws -> [(account: String, residual: Money)] {
        try await database.read { tx in
            try DayExplanations.accounts(tx).map { account in
                (account, try DayExplanations.read(account, day, limit: 0, tx).residual)
            }
        }
    }

    /// The accounts that have statements or notices.
    static func accounts(_ tx: borrowing Transaction) throws -> [String] {
        try tx.query(
            """
            select a.account_number from bank_account a
            where exists (select 1 from statement s where s.account_number = a.account_number)
                or exists (select 1 from bank_notice b where b.account_number = a.account_number)
            order by 1
            """
        ).map { try $0.get(0, as: String.self) }
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
