import FeeSchedule
import Postgres
import Values

/// How much of a request's fee may go back, by the policies of its fees, and what to say of the rest.
struct RefundPolicyCheck {
    /// The policy of one line of the request and what it costs.
    struct Line {
        let feeCode: String
        /// `nil` where the catalogue states none: a reason and an approval are all it takes.
        let policy: RefundPolicy?
        let payable: Money
    }

    let lines: [Line]
    /// A word that policies know, or any other text.
    let reason: String
    /// The money was never owed: the request ended unpaid, or the same dossier was paid twice.
    let wasNeverOwed: Bool

    /// The word of a reason that lifts `not_eligible`.
    static let notEligible = "not_eligible"
    /// The word of a reason that says the dossier was paid by another request as well.
    static let duplicate = "duplicate"

    /// What may go back of a fee, of which `received` was received.
    func allowed(of received: Money) -> Money {
        if wasNeverOwed { return received }
        return min(received, lines.filter { isRefundable($0.policy) }.map(\.payable).total())
    }

    private func isRefundable(_ policy: RefundPolicy?) -> Bool {
        switch policy {
        case .always, nil: true
        case .never: false
        case .notEligible: reason == RefundPolicyCheck.notEligible
        }
    }

    /// Why no more may go back; `nil` where no policy stands in the way.
    var refusal: ServiceError.Fault? {
        guard !wasNeverOwed else { return nil }
        let held = lines.filter { $0.payable > .zero && !isRefundable($0.policy) }
        guard let first = held.first else { return nil }
        let codes = held.map(\.feeCode).joined(separator: ", ")
        if held.contains(where: { $0.policy == .notEligible }) {
            return ServiceError.Fault(
                "/reason",
                Phrase(
                    vi: "\(codes) chỉ được hoàn khi hồ sơ không đủ điều kiện: hãy nêu lý do not_eligible",
                    en:
                        "\(codes) is refundable only if the dossier was found not eligible: say so with the reason not_eligible"
                )
            )
        }
        return ServiceError.Fault(
            "/payment_request_id",
            Phrase(
                vi:
                    "\(first.feeCode) không được hoàn (refund_policy never); chỉ hoàn khoản không phải nộp: nộp thừa, nộp trùng, nộp muộn",
                en:
                    "\(first.feeCode) is never refunded (refund_policy never); only money that was never owed goes back: an excess, a duplicate, a late payment"
            )
        )
    }

    /// Reads the policies of a request's lines: as kept with it, else those of the catalogue it was assessed by.
    static func lines(of request: PaymentRequest, _ tx: borrowing Transaction) throws -> [Line] {
        try (request.lines.array ?? []).map { line in
            let code = line["fee_code"]?.string ?? ""
            let payable = Money(line["payable"]?.integer ?? 0)
            if let kept = line["refund_policy"] {
                return Line(feeCode: code, policy: kept.string.flatMap { RefundPolicy(rawValue: $0) }, payable: payable)
            }
            // The strictest of the prices that may have been meant.
            let rows = try tx.query(
                """
                select f.refund_policy
                from fee f, payment_request r
                where r.id = \(request.id)::uuid and f.fee_code = \(code) and f.added_in <= r.catalogue_version
                    and (f.ended_in is null or f.ended_in > r.catalogue_version)
                    and f.valid_from <= r.assessed_on and (f.valid_to is null or f.valid_to >= r.assessed_on)
                order by array_position(array['never', 'not_eligible', '', 'always'], f.refund_policy) limit 1
                """
            )
            let policy = try rows.first?.get(0, as: String.self)
            return Line(feeCode: code, policy: policy.flatMap { RefundPolicy(rawValue: $0) }, payable: payable)
        }
    }
}
