public import Casework
import Postgres
public import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Refunds {
    /// The refund of what was received when a request is cancelled.
    public struct Withdrawal: Sendable {
        /// Why; `withdrawn` by default.
        public var reason: String
        public var note: String?
        /// `nil` for the account that paid, if the bank reported it.
        public var payee: RefundPayee?

        public init(reason: String = "withdrawn", note: String? = nil, payee: RefundPayee? = nil) {
            self.reason = reason
            self.note = note
            self.payee = payee
        }

        /// Reads the member `refund` of the body of `POST /v1/payment-requests/{id}/cancel`; `nil` if it is missing.
        public init?(cancelling json: JSON) throws {
            var outer = BodyReader(json)
            outer.know("refund")
            try outer.finish()
            guard let given = json["refund"], !given.isNull else { return nil }
            var body = BodyReader(given, under: "/refund")
            reason = body.optionalText("reason", 500) ?? "withdrawn"
            note = body.optionalText("note", 2000)
            payee = body.payee()
            try body.finish()
        }
    }

    /// A cancelled request, and the refund of what was received for it.
    public struct Cancelled: Sendable {
        public let request: PaymentRequest
        /// `nil` if nothing had been received.
        public let refund: Refund?

        /// The request as the API returns it, with the refund.
        public func json(publicURL: String, in language: Language, now: Instant = .now()) -> JSON {
            let members = request.json(publicURL: publicURL, now: now, in: language).members ?? []
            return .object(members + [.init("refund", refund?.json(in: language) ?? .null)])
        }
    }

    /// Cancels a request because the payer withdraws, and requests a refund of everything received, in one step. Two
    /// persons still decide on the refund. Repeating it changes nothing.
    ///
    /// - Parameter agencies: the agencies that the caller acts for; `nil` for all.
    public func cancel(
        _ id: UUID,
        _ withdrawal: Withdrawal,
        by person: Person,
        within agencies: [String]? = nil
    ) async throws -> Cancelled {
        let grace = graceSeconds
        return try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                guard try RefundStore.request(id: id, reference: nil, within: agencies, tx) != nil else {
                    throw ServiceError(.notFound, .none(.paymentRequest))
                }
                var money = try RefundStore.money(of: id, reason: withdrawal.reason, tx)
                var refund: UUID?
                switch try Cancellation.decide(money.request, withRefund: true) {
                case .already: refund = try Refunds.latest(of: id, tx)
                case .cancel: try RequestStore.change(money.request, on: .cancel, tx)
                case .cancelAndRefund:
                    let request = money.request
                    // Nothing was owed for a request that ends unpaid: everything goes back, whatever the refund
                    // policies of its fees.
                    money.request.state = .cancelled
                    let plan = try RefundPlan.ofRequest(
                        money,
                        amount: nil,
                        reason: withdrawal.reason,
                        now: .now(),
                        graceSeconds: grace
                    )
                    let draft = RefundDraft(
                        source: .request(id),
                        reason: withdrawal.reason,
                        note: withdrawal.note,
                        payee: try withdrawal.payee ?? Payer.ofRequest(id, tx).map(RefundPayee.transfer)
                    )
                    refund = try RefundWriter.insert(plan, draft, requestedBy: person, approvedBy: nil, tx)
                    try RequestStore.change(request, on: .cancelAndRefund, tx)
                    try Audit.record(
                        tx,
                        person,
                        "payment_request.cancel_and_refund",
                        "request:\(id.text)",
                        ["amount": .money(plan.amount), "refund_id": .optional(refund?.text)]
                    )
                }
                let row = try tx.query(
                    Query(
                        trustedSQL: "select \(PaymentRequest.columns) from payment_request where id = $1::uuid",
                        binding: [id]
                    )
                ).row()
                return Cancelled(
                    request: try PaymentRequest(row),
                    refund: try refund.flatMap { try RefundStore.find($0, tx) }
                )
            }
        }
    }

    private static func latest(of request: UUID, _ tx: borrowing Transaction) throws -> UUID? {
        try tx.query("select id from refund where payment_request_id = \(request)::uuid order by id desc limit 1")
            .first?
            .get(0)
    }
}
