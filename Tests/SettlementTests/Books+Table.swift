import Foundation
import PureSupport
import Settlement
import Values
import Workflow

/// What was decided, as tables write it.
extension Books {
    /// The outcome, its reason, and what it comes to: `partial paid_in_part applied 4000 remaining 6000`.
    ///
    /// The request is named when the notice does not name it alone; the id of the earlier report follows `as`, the line
    /// that had brought the money `from`. A time that was not believed shows what it was replaced by, a price that had to
    /// be looked up its day.
    func text(of entry: Entry, reason: String, withPrice: Bool = true) -> String {
        let decision = entry.decision
        var text = "\(decision.outcome.rawValue) \(reason)"
        if let id = decision.requestID {
            let reference = reference(of: id)
            if entry.notice.references != [reference] { text += " for \(reference)" }
        }
        if decision.applied > .zero { text += " applied \(decision.applied) remaining \(decision.remainingAfter)" }
        if decision.completes { text += " paid" }
        if decision.suspense > .zero { text += " suspense \(decision.suspense)" }
        if let shown = decision.clears { text += " clears \(shown.amount)" }
        if let line = decision.line { text += " from L\(line.id)" }
        if let earlier = entry.earlier { text += " as N\(earlier)" }
        if decision.timeWasReplaced { text += " moved \(decision.movedAt.inTable)" }
        if withPrice, let day = entry.asked { text += " priced \(day.inTable)" }
        return text
    }

    /// The cases that the notice opens and ends, and what it leaves of a line.
    func effects(of entry: Entry) -> String {
        var text = ""
        if let used = entry.used, !used.isUsedUp { text += " leaves \(used.line.rest - used.amount)" }
        for opened in entry.opened { text += " opens \(opened.kind.rawValue) \(opened.amount)" }
        if entry.endsUnderpaid { text += " ends underpaid" }
        return text
    }

    func reference(of id: UUID) -> String { facts.requests.first { $0.value.id == id }?.key ?? "?" }

    /// A request as it stands: `paid received 10000 remaining 0 paid-at 21T10:00:00`.
    func state(of reference: String) -> String? {
        guard let request = facts.requests[reference] else { return nil }
        var text = "\(request.status.rawValue) received \(received[request.id] ?? .zero) remaining \(request.remaining)"
        if let at = paidAt[request.id] { text += " paid-at \(at.inTable)" }
        return text
    }

    /// The open cases, by kind: `late 4000, underpaid 6000`; `none` without any.
    var openCases: String {
        let texts = cases.values.map { "\($0.kind.rawValue) \($0.amount)" }.sorted()
        return texts.isEmpty ? "none" : texts.joined(separator: ", ")
    }
}
