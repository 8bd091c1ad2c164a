import Values
import Workflow

/// How much of a request's fee may be claimed now.
struct FeeClaim {
    let available: Money
    /// The unclaimed part of what was received that may not go back.
    let heldBack: Money
    /// Why it may not.
    let refusal: Refusal?

    init(_ money: RefundPlan.RequestMoney, reason: String, now: Instant, graceSeconds: Int64) {
        let request = money.request
        let rest = request.kept
        // An expired request may still be paid within its grace period; then its fee is owed.
        let payableUntil = request.expiresAt.adding(seconds: graceSeconds)
        if request.state == .pending || (request.state == .expired && now <= payableUntil) {
            available = .zero
            heldBack = rest
            refusal =
                rest == .zero
                ? nil
                : Refusal(
                    .field("/payment_request_id"),
                    .requestMayStillBePaid(request.reference, until: payableUntil)
                )
            return
        }
        // Nothing was owed for a request that ended unpaid, nor for the second payment of a dossier by another request.
        let wasNeverOwed =
            request.state == .expired || request.state == .cancelled
            || (reason == FeePolicies.duplicate && money.isPaidTwice)
        guard !wasNeverOwed else {
            available = rest
            heldBack = .zero
            refusal = nil
            return
        }
        let allowed = money.policies.allowed(of: request.applied, for: reason) - request.claimed
        available = max(min(rest, allowed), .zero)
        heldBack = rest - available
        refusal = heldBack > .zero ? money.policies.refusal(for: reason) : nil
    }
}
