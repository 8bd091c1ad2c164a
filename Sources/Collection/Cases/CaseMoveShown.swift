public import Casework
import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a move of a case's money comes to, for whoever proposes or approves it: how much goes to which requests, or to whom.
public struct CaseMoveShown: Sendable {
    /// A request that it pays.
    public struct Target: Sendable {
        public let id: UUID
        public let reference: String
        public let dossierCode: String
        public let payerName: String?
        public let state: PaymentRequestState
        /// What the move gives it.
        public let amount: Money
        /// What remains to be paid for it now.
        public let remaining: Money
    }

    public let action: CaseAction
    /// What it takes of the case's money, without its sign.
    public let amount: Money
    public let targets: [Target]
    /// To whom money goes back; `nil` for every other move.
    public let payee: RefundPayee?
    /// What is known of that account; `nil` if none is named.
    public let known: KnownPayee?
    /// The refund that a debit is linked to.
    public let refundID: UUID?

    static func of(_ move: CaseMove, ofCase id: Int64, _ tx: borrowing Transaction) throws -> CaseMoveShown {
        var payee: RefundPayee?
        if case .refund(let back) = move { payee = back.payee }
        var refundID: UUID?
        if case .confirmRefund(let line) = move { refundID = line.refundID }
        return CaseMoveShown(
            action: move.action,
            amount: Money(Int64(move.uses.dong.magnitude)),
            targets: try targets(shares(move), tx),
            payee: payee,
            known: try payee?.beneficiary.map { try KnownPayee.of($0, paidBy: Payer.ofCase(id, tx), tx) },
            refundID: refundID
        )
    }

    private static func shares(_ move: CaseMove) -> [(id: UUID, amount: Money)] {
        if case .confirmNotice(let payment) = move { return [(payment.requestID, payment.amount)] }
        return move.shares.map { ($0.requestID, $0.amount) }
    }

    private static func targets(_ shares: [(id: UUID, amount: Money)], _ tx: borrowing Transaction) throws -> [Target] {
        guard !shares.isEmpty else { return [] }
        return try tx.query(
            """
            select id, reference, dossier_code, payer_name, status,
                amount_due - (amount_applied - fee_refund_claimed)
            from payment_request where id = any(\(shares.map(\.id))::uuid[]) order by reference
            """
        ).map { row in
            let id = try row.get(0, as: UUID.self)
            return Target(
                id: id,
                reference: try row.get(1),
                dossierCode: try row.get(2),
                payerName: try row.get(3),
                state: try row.code(4),
                amount: shares.filter { $0.id == id }.map(\.amount).total(),
                remaining: try row.get(5)
            )
        }
    }
}
