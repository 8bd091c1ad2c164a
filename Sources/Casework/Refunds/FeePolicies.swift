public import FeeSchedule
public import Values
import Workflow

/// The part of a request's fees that their policies allow to go back.
public struct FeePolicies: Sendable, Hashable {
    /// One line of the request and what it costs.
    public struct Line: Sendable, Hashable {
        public let feeCode: String
        /// `nil` if the catalogue states none: then a reason and an approval suffice.
        public let policy: RefundPolicy?
        public let payable: Money

        public init(feeCode: String, policy: RefundPolicy?, payable: Money) {
            self.feeCode = feeCode
            self.policy = policy
            self.payable = payable
        }
    }

    public let lines: [Line]

    public init(_ lines: [Line]) { self.lines = lines }

    /// The reason that satisfies the policy `not_eligible`.
    public static let notEligible = "not_eligible"
    /// The reason that says the dossier was also paid by another request.
    public static let duplicate = "duplicate"

    /// The part of `received` that may go back for this reason.
    func allowed(of received: Money, for reason: String) -> Money {
        min(received, lines.filter { FeePolicies.allows($0.policy, reason) }.map(\.payable).total())
    }

    private static func allows(_ policy: RefundPolicy?, _ reason: String) -> Bool {
        switch policy {
        case .always, nil: true
        case .never: false
        case .notEligible: reason == notEligible
        }
    }

    /// Why no more may go back; `nil` if no policy prevents it.
    func refusal(for reason: String) -> Refusal? {
        let held = lines.filter { $0.payable > .zero && !FeePolicies.allows($0.policy, reason) }
        guard let first = held.first else { return nil }
        if held.contains(where: { $0.policy == .notEligible }) {
            let codes = held.map(\.feeCode).joined(separator: ", ")
            return Refusal(.field("/reason"), .feeRefundableIfNotEligible(codes))
        }
        return Refusal(.field("/payment_request_id"), .feeNeverRefunded(first.feeCode))
    }
}
