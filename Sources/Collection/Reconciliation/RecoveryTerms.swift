import Postgres

/// What the account's lines need, as read by a run.
enum RecoveryTerms {
    /// Whether lines of any statement may settle requests.
    static func isAutomatic(_ account: String, _ tx: borrowing Transaction) throws -> Bool {
        try tx.query(
            """
            select exists (select 1 from account_terms where account_number = \(account) and recovery = 'automatic')
            """
        ).row().get(0)
    }
}
