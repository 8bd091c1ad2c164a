import Casework
import Postgres

extension Overviews {
    /// What is known of the account of a refund; `nil` if it names none.
    public func knownPayee(of refund: Refund) async throws -> KnownPayee? {
        guard let beneficiary = refund.beneficiary else { return nil }
        return try await database.read { tx in
            let payer: Beneficiary? =
                if let id = refund.paymentRequestID {
                    try Payer.ofRequest(id, tx)
                } else if let id = refund.caseID {
                    try Payer.ofCase(id, tx)
                } else { nil }
            return try KnownPayee.of(beneficiary, paidBy: payer, except: refund.id, tx)
        }
    }
}
