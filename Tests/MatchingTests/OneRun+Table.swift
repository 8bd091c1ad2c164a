import Foundation
import PureSupport
import Values
import Workflow

@testable import Matching

/// What was decided, as tables write it.
extension OneRun {
    /// The outcome, its pass and reason, and what it comes to:
    /// `recovered recovery line_pays_request pays R1 10000`.
    static func text(of decision: LineDecision, reason: String, _ facts: MatchingFacts) -> String {
        var text = "\(decision.outcome.rawValue) \(decision.pass.rawValue) \(reason)"
        let shown = decision.shownNotices
        if !shown.isEmpty { text += " shows \(shown.map { "N\($0)" }.joined(separator: ","))" }
        if decision.payments.isEmpty {
            if let id = decision.requestID { text += " of \(reference(of: id, facts))" }
        } else {
            text += " pays " + decision.payments.map { "\($0.reference) \($0.amount)" }.joined(separator: " ")
        }
        if decision.awaitsConfirmation { text += " awaits" }
        if decision.suspense != .zero { text += " suspense \(decision.suspense)" }
        if decision.gatewayFee != .zero { text += " fee \(decision.gatewayFee)" }
        if let id = decision.refundID {
            text += " refund \(facts.refunds.firstIndex { $0.id == id }.map { "F\($0 + 1)" } ?? "?")"
        }
        return text
    }

    /// A request that no line names is known by its id alone: its last digits are its number.
    private static func reference(of id: UUID, _ facts: MatchingFacts) -> String {
        facts.requests.first { $0.value.id == id }?.key ?? "R\(id.uuid.15)"
    }

    /// Payments whose line did not come, with the day it was expected by: `N1 by 23, N4 by 24`.
    var missingText: String {
        let texts = missing.map { missing in
            guard case .day(let day)? = missing.reason.values[.expectedBy] else { return "N\(missing.notice.id)" }
            return "N\(missing.notice.id) by \(day.inTable)"
        }
        return texts.isEmpty ? "none" : texts.joined(separator: ", ")
    }

    /// `N1,N4`, or `none`.
    var openText: String {
        openNotices.isEmpty ? "none" : openNotices.map { "N\($0.id)" }.joined(separator: ",")
    }
}
