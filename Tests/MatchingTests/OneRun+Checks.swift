import Foundation
import Values
import Workflow

@testable import Matching

/// What holds for every run, whatever the passes decide.
extension OneRun {
    mutating func check(_ lines: [Line], _ notices: [OpenNotice], _ facts: MatchingFacts) {
        if decisions.count != lines.count { note("\(lines.count) lines, \(decisions.count) decisions") }
        let noticeOf = Dictionary(uniqueKeysWithValues: notices.map { ($0.id, $0) })
        var shown: Set<Int64> = []
        var refunds: Set<UUID> = []
        for line in lines {
            guard let decision = decisions[line.id] else { continue }
            let ids = decision.shownNotices
            for id in ids where !shown.insert(id).inserted { note("notice \(id) is shown by two lines") }
            if let id = decision.refundID, !refunds.insert(id).inserted { note("refund \(id) leaves twice") }
            let brought = money(of: decision, ids.compactMap { noticeOf[$0]?.amount }.total(), facts)
            // A repetition is not money a second time.
            let expected = decision.pass == .repetition ? .zero : line.amount
            if brought != expected { note("line \(line.id) of \(line.amount) is decided for \(brought): \(decision)") }
            if decision.suspense != .zero, decision.outcome.caseKind == nil, !decision.awaitsConfirmation {
                note("line \(line.id) leaves money in suspense without a case")
            }
            if decision.awaitsConfirmation, line.isTrusted || decision.payments.isEmpty {
                note("line \(line.id) waits for nothing")
            }
            if !decision.payments.isEmpty, !line.isTrusted, !decision.awaitsConfirmation {
                note("line \(line.id) of a person settles without another")
            }
        }
        if Set(openNotices.map(\.id)) != Set(notices.map(\.id)).subtracting(shown) {
            note("\(openNotices.map(\.id)) are open, \(shown) are shown")
        }
        checkPayments(lines, facts)
    }

    /// Where the money of a line went.
    private func money(of decision: LineDecision, _ shown: Money, _ facts: MatchingFacts) -> Money {
        // What awaits confirmation lies in suspense as a whole.
        let paid = decision.awaitsConfirmation ? .zero : decision.payments.map(\.amount).total()
        let refunded = facts.refunds.first { $0.id == decision.refundID }?.amount ?? .zero
        return shown - decision.gatewayFee + paid + decision.suspense - refunded
    }

    private mutating func checkPayments(_ lines: [Line], _ facts: MatchingFacts) {
        let requestOf = Dictionary(uniqueKeysWithValues: facts.requests.values.map { ($0.id, $0) })
        var paid: [UUID: Money] = [:]
        for line in lines {
            guard let decision = decisions[line.id], !decision.payments.isEmpty else { continue }
            if decision.outcome != .recovered { note("line \(line.id), \(decision.outcome), pays") }
            if decision.payments.map(\.amount).total() != line.amount { note("line \(line.id) pays another amount") }
            for payment in decision.payments {
                paid[payment.requestID, default: .zero] += payment.amount
                guard let request = requestOf[payment.requestID], line.references.contains(request.reference),
                    request.accountNumber == facts.accountNumber, request.isOpen,
                    line.bookedAt <= request.payableUntil
                else {
                    note("line \(line.id) pays \(payment.reference), which does not wait for it")
                    continue
                }
            }
        }
        for (id, amount) in paid {
            let remaining = requestOf[id]?.remaining ?? .zero
            if amount != remaining { note("\(amount) is recovered for request \(id), which waits for \(remaining)") }
        }
    }
}

extension LineDecision {
    /// The notices that the line shows.
    var shownNotices: [Int64] { (noticeID.map { [$0] } ?? []) + groupedNotices }
}
