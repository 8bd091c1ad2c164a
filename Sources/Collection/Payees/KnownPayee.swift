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

    /// Whether nothing at all is known of it.
    public var isUnknown: Bool { !hasPaidThis && refunds == 0 }

    /// What is known of an account.
    ///
    /// - Parameters:
    ///   - payer: who paid the money that would go back, as the bank's lines say.
    ///   - refund: the refund that is asked about, which does not count among the others.
    static func of(
        _ beneficiary: Beneficiary,
        paidBy payer: Beneficiary?,
        except refund: UUID? = nil,
        _ tx: borrowing Transaction
    ) throws -> KnownPayee {
        let (count, sum) = try tx.query(
            """
            select count(*), coalesce(sum(amount), 0)::bigint from refund
            where beneficiary_bin = \(beneficiary.bankBIN) and beneficiary_account = \(beneficiary.account)
                and state <> 'rejected' and id is distinct from \(refund)::uuid
            """
        ).row().decode(Int64.self, Money.self)
        // The same digits at another bank are another account.
        let hasPaid = payer.map { $0.account == beneficiary.account && $0.bankBIN == beneficiary.bankBIN } ?? false
        return KnownPayee(hasPaidThis: hasPaid, refunds: count, refunded: sum)
    }
}
