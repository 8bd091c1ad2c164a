import Values
import Workflow

extension MatchingPasses {
    /// Pass `remittance`: a debit that is an order to the State Treasury: it has the order's mark in its memo or transaction
    /// id and the same amount; or its memo pays what exactly one order pays, by chapter and sub-item, and no other line does.
    static func remittancesThatLeft(_ items: inout OpenItems) {
        let debits = items.lines.filter { !$0.isCredit }.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
        guard !debits.isEmpty, !items.facts.remittances.isEmpty else { return }
        let byAmount = Dictionary(grouping: items.facts.remittances.sorted { $0.mark < $1.mark }, by: \.amount)
        var found: [LineDecision] = []
        var named: Set<Int64> = []
        var left: Set<Int64> = []
        // A line with the mark of an order belongs to that order, whatever its amount.
        let anyMark = /KHN[0-9A-HJKMNP-TV-Z]{14}/
        for line in debits {
            let words = line.plainWords
            if words.contains(anyMark) { named.insert(line.id) }
            guard let order = byAmount[-line.amount]?.first(where: { words.contains($0.mark) }) else { continue }
            // Only the first line that names an order is that order.
            guard left.insert(order.id).inserted else { continue }
            found.append(.remittance(line, order, .remittanceNamedByLine(order.mark, amount: order.amount)))
        }
        var linesOfOrder: [Int64: Int] = [:]
        var ordersOfLine: [Int64: [MatchingFacts.Remittance]] = [:]
        for line in debits where !named.contains(line.id) {
            guard let memo = BudgetMemo(line.memo) else { continue }
            for order in byAmount[-line.amount] ?? []
            where !left.contains(order.id) && line.day >= order.sentOn && order.memo?.pays(the: memo) == true {
                linesOfOrder[order.id, default: 0] += 1
                ordersOfLine[line.id, default: []].append(order)
            }
        }
        for line in debits {
            guard let candidates = ordersOfLine[line.id], candidates.count == 1, let order = candidates.first,
                linesOfOrder[order.id] == 1
            else { continue }
            found.append(.remittance(line, order, .remittanceFoundByRows(order.mark, amount: order.amount)))
        }
        items.close(found)
    }
}

extension BudgetMemo {
    /// Whether another memo pays the same for the same payer: banks change contents and the order of rows.
    fileprivate func pays(the other: BudgetMemo) -> Bool {
        func sums(_ memo: BudgetMemo) -> [String: Money] {
            Dictionary(memo.rows.map { ($0.chapter + "/" + $0.budgetCode, $0.amount) }, uniquingKeysWith: +)
        }
        return taxCode == other.taxCode && sums(self) == sums(other)
    }
}

extension LineDecision {
    fileprivate static func remittance(_ line: Line, _ order: MatchingFacts.Remittance, _ reason: Reason)
        -> LineDecision
    {
        var decision = LineDecision(line, .matched, .remittance, reason)
        decision.remittanceID = order.id
        return decision
    }
}
