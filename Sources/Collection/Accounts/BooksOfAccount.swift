import Postgres

/// The ledger accounts of a bank account.
struct BooksOfAccount: Sendable {
    let bank: Int32
    let suspense: Int32
    let opening: Int32
    let refund: Int32
    let commission: Int32
    let remittance: Int32

    static func of(_ account: String, _ tx: borrowing Transaction) throws -> BooksOfAccount {
        let (bank, suspense, opening, refund, commission, remittance) = try tx.query(
            """
            select ledger_account_of('bank', \(account)), ledger_account_of('suspense', \(account)),
                ledger_account_of('opening', \(account)), ledger_account_of('refund', \(account)),
                ledger_account_of('commission', \(account)), ledger_account_of('remittance', \(account))
            """
        ).row().decode(Int32.self, Int32.self, Int32.self, Int32.self, Int32.self, Int32.self)
        return BooksOfAccount(
            bank: bank,
            suspense: suspense,
            opening: opening,
            refund: refund,
            commission: commission,
            remittance: remittance
        )
    }
}
