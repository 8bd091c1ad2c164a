import Values
import Workflow

extension MatchingPasses {
    /// Pass `refund`: a debit that is an executed refund: it has the refund's mark in its memo or transaction id and
    /// the same amount; or exactly one refund and one line have that amount and beneficiary account.
    static func refundsThatLeft(_ items: inout OpenItems) {
        let debits = items.lines.filter { !$0.isCredit }.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
        guard !debits.isEmpty, !items.facts.refunds.isEmpty else { return }
        let refunds = items.facts.refunds.sorted { $0.mark < $1.mark }
        let byAmount = Dictionary(grouping: refunds, by: \.amount)
        var found: [LineDecision] = []
        var named: Set<Int64> = []
        var left: Set<String> = []
        // A line with a refund's mark belongs to that refund, whatever its amount.
        let anyMark = /KHR[0-9A-HJKMNP-TV-Z]{14}/
        for line in debits {
            let words = line.plainWords
            if words.contains(anyMark) { named.insert(line.id) }
            let marked = (byAmount[-line.amount] ?? []).filter { words.contains($0.mark) }
            guard let refund = marked.first else { continue }
            named.insert(line.id)
            // Only the first line that names a refund is that refund.
            guard left.insert(refund.mark).inserted else { continue }
            found.append(.refund(line, refund, .refundNamedByLine(refund.mark, amount: refund.amount)))
        }
        var linesOfRefund: [String: [Line]] = [:]
        var refundsOfLine: [Int64: [MatchingFacts.Refund]] = [:]
        for line in debits where !named.contains(line.id) {
            let counterparty = plainText(line.counterpartyAccount)
            for refund in byAmount[-line.amount] ?? []
            where !left.contains(refund.mark) && !refund.beneficiaryAccount.isEmpty
                && plainText(refund.beneficiaryAccount) == counterparty && line.day >= refund.executedOn
            {
                linesOfRefund[refund.mark, default: []].append(line)
                refundsOfLine[line.id, default: []].append(refund)
            }
        }
        for line in debits {
            guard let candidates = refundsOfLine[line.id], candidates.count == 1, let refund = candidates.first,
                linesOfRefund[refund.mark]?.count == 1
            else { continue }
            found.append(.refund(line, refund, .refundFoundByBeneficiary(refund.mark, amount: refund.amount)))
        }
        items.close(found)
    }
}

extension LineDecision {
    fileprivate static func refund(_ line: Line, _ refund: MatchingFacts.Refund, _ reason: Reason) -> LineDecision {
        var decision = LineDecision(line, .matched, .refund, reason)
        decision.requestID = refund.requestID
        decision.refundID = refund.id
        return decision
    }
}

extension Line {
    /// Letters and digits of memo and transaction id: what survives of a mark whatever the bank did to it.
    var plainWords: String { plainText(memo) + " " + plainText(transactionID ?? "") }
}

/// Only ASCII letters, in capitals, and digits.
private func plainText(_ text: String) -> String {
    String(
        decoding: text.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case 48...57, 65...90: byte
            case 97...122: byte - 32
            default: nil
            }
        },
        as: UTF8.self
    )
}
