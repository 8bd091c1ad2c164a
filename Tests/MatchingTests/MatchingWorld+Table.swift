import PureSupport
import Values

@testable import Matching

extension MatchingWorld {
    /// The world as a table, to be played by MatchingScenario while a difference is looked into.
    var table: [String] {
        var rows: [String] = ["through \(facts.through.inTable)", "expected \(facts.calendar.days)"]
        func name(_ id: (some Any)?, _ number: UInt8?) -> String { id == nil ? "-" : "R\(number ?? 0)" }
        for request in facts.requests.values.sorted(by: { $0.reference < $1.reference }) {
            rows.append(
                "request \(request.reference) due \(request.amountDue) remaining \(request.remaining) is \(request.status.rawValue) on \(request.accountNumber) until \(request.payableUntil.inTable)"
            )
        }
        for notice in notices {
            rows.append(
                "notice N\(notice.id) \(notice.bankReference) \(notice.amount) \(name(notice.requestID, notice.requestID?.uuid.15)) day \(notice.day.inTable) by \(notice.connectionID ?? 0)\(notice.hasCase ? " overdue" : "")"
            )
        }
        for (key, request) in facts.earlierLines {
            let isShown = facts.reportedTransactions[key.transactionID] != nil
            rows.append(
                "\(isShown ? "shown" : "earlier") \(key.transactionID) \(key.amount) \(name(request, request?.uuid.15))"
            )
        }
        for (place, refund) in facts.refunds.enumerated() {
            rows.append(
                "refund F\(place + 1) \(refund.amount) mark \(refund.mark) to \(refund.beneficiaryAccount) executed \(refund.executedOn.inTable)"
            )
        }
        for (connection, terms) in facts.gateways { rows.append("gateway \(connection) fee \(terms.feeThousandths)") }
        for line in lines {
            rows.append(
                "line L\(line.id) \(line.transactionID ?? "-") \(line.amount) \(line.references.isEmpty ? "-" : line.references.joined(separator: ",")) at \(line.bookedAt.inTable) memo \(line.memo) from \(line.counterpartyAccount)\(line.isTrusted ? "" : " untrusted")"
            )
        }
        return rows
    }
}
