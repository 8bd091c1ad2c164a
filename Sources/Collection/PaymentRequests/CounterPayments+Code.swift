import FeeSchedule
import Postgres
import Values
import Workflow

extension CounterPayments {
    /// Lets a request that was made for cash or a card be paid by its code, at the price of that way today: a payer may
    /// change his mind. Nothing changes for a request that has a code.
    public func offerCode(_ request: PaymentRequest, by actor: Person) async throws {
        guard [.counterCash, .counterCard].contains(request.channel) else { return }
        let offer = try await offer(of: request, by: .counterQR, at: .now())
        guard request.status(at: .now()) == .pending else { throw ServiceError(.conflict, .requestChanged) }
        try await ServiceError.tellingRefusals {
            try await requests.database.transaction { tx in
                _ = try CounterPayments.lockUnchanged(request, tx)
                try CounterPayments.change(request, to: .counterQR, offer.assessment, price: offer.price, tx)
                let detail = Audit.change(
                    ["channel": .string(request.channel.rawValue), "amount_due": .money(request.amountDue)],
                    ["channel": .string(Channel.counterQR.rawValue), "amount_due": .money(offer.price)]
                )
                try Audit.record(tx, actor, "counter_payment.offer_code", "request:\(request.id.text)", detail)
            }
        }
    }

    /// Assesses a locked request anew, to be paid by another way.
    static func change(
        _ request: PaymentRequest,
        to channel: Channel,
        _ assessment: Assessment,
        price: Money,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            update payment_request set channel = \(channel.rawValue), assessed_on = \(assessment.day)::date,
                amount_due = \(price)::bigint, discount_total = \(assessment.discountTotal)::bigint,
                charge_due = \(AssessedLines.charges(assessment.linesJSON))::bigint,
                lines = \(assessment.linesJSON)::json
            where id = \(request.id)::uuid
            """
        )
    }
}
