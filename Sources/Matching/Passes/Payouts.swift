public import Values
import Workflow

extension MatchingPasses {
    /// How many days after its day a payout may arrive.
    private static let payoutDays = 10
    private static let lookBackDays = 60

    /// Whether a run through a day still looks for the payout of another one.
    public static func paysOut(_ day: Day, through: Day) -> Bool {
        day > through.adding(days: -lookBackDays) && day <= through
    }

    /// Whether the payout of a day may be booked on another one.
    static func isPaidOut(_ day: Day, by other: Day) -> Bool {
        other >= day && other <= day.adding(days: payoutDays)
    }

    /// Pass `payout`: a gateway's payments of one day in one line, minus at most the agreed gateway fee; only if
    /// exactly one line and one day fit each other.
    static func payouts(_ items: inout OpenItems) {
        let facts = items.facts
        guard !facts.gateways.isEmpty else { return }
        struct Batch: Hashable {
            let connectionID: Int32?
            let day: Day
        }
        func isOfGateway(_ notice: OpenNotice) -> Bool {
            notice.connectionID.map { facts.gateways[$0] != nil } ?? false
        }
        let due = Dictionary(
            grouping: items.notices.filter { isOfGateway($0) && paysOut($0.day, through: facts.through) },
            by: { Batch(connectionID: $0.connectionID, day: $0.day) }
        )
        let lines = items.credits.filter { items.requests(of: $0).isEmpty && items.basket(of: $0) == nil }
        var linesOfBatch: [Batch: [Line]] = [:]
        var batchesOfLine: [Int64: Int] = [:]
        for (batch, notices) in due {
            guard let terms = batch.connectionID.flatMap({ facts.gateways[$0] }) else { continue }
            let total = notices.map(\.amount).total()
            let least = terms.leastPayout(of: total)
            for line in lines
            where line.amount <= total && line.amount >= least && isPaidOut(batch.day, by: line.day) {
                linesOfBatch[batch, default: []].append(line)
                batchesOfLine[line.id, default: 0] += 1
            }
        }
        var found: [LineDecision] = []
        for (batch, fitting) in linesOfBatch {
            guard fitting.count == 1, let line = fitting.first, batchesOfLine[line.id] == 1, let notices = due[batch]
            else { continue }
            let total = notices.map(\.amount).total()
            var decision = LineDecision(
                line,
                .grouped,
                .payout,
                .linePaysOut(count: notices.count, day: batch.day, total: total, gatewayFee: total - line.amount)
            )
            decision.groupedNotices = notices.map(\.id)
            decision.gatewayFee = total - line.amount
            found.append(decision)
        }
        items.close(found.sorted { $0.lineID < $1.lineID })
    }
}
