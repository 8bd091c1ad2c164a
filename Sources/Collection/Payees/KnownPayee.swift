import Casework
import Postgres
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What is known of the account that a refund goes to, for whoever approves it.
public struct KnownPayee: Sendable {
    /// Whether the bank's lines say that this very account paid the money.
    public let hasPaidThis: Bool
    /// Other refunds to the account that were not rejected, and their sum.
    public let refunds: Int64
    public let refunded: Money
}

extension Overviews {
    /// What is known of the account of a refund; `nil` if it names none.
    public func knownPayee(of refund: Refund) async throws -> KnownPayee? {
        guard let beneficiary = refund.beneficiary else { return nil }
        return try await database.read { tx in
            let payer: String? =
                if let id = refund.paymentRequestID {
                    try Payer.ofRequest(id, tx)?.account
                } else if let id = refund.caseID {
                    try Payer.ofCase(id, tx)?.account
                } else { nil }
            let (count, sum) = try tx.query(
                """
                select count(*), coalesce(sum(amount), 0)::bigint from refund
                where beneficiary_bin = \(beneficiary.bankBIN) and beneficiary_account = \(beneficiary.account)
                    and state <> 'rejected' and id <> \(refund.id)
                """
            ).row().decode(Int64.self, Money.self)
            return KnownPayee(hasPaidThis: payer == beneficiary.account, refunds: count, refunded: sum)
        }
    }
}
