import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension MatchingPasses {
    /// Pass `reference`: a reference in the line, and the amount of an unconfirmed notice of that request. First come,
    /// first served on both sides; of several references, each is tried in turn.
    static func references(_ items: inout OpenItems) {
        basketReferences(&items)
        struct Wanted: Hashable {
            let requestID: UUID
            let amount: Money
        }
        let most = items.lines.map { items.requests(of: $0).count }.max() ?? 0
        for place in 0..<most {
            var notices: [Wanted: [OpenNotice]] = [:]
            for notice in items.notices.reversed() {
                guard let id = notice.requestID else { continue }
                notices[Wanted(requestID: id, amount: notice.amount), default: []].append(notice)
            }
            var found: [LineDecision] = []
            for line in items.credits {
                let named = items.requests(of: line)
                guard place < named.count else { continue }
                let wanted = Wanted(requestID: named[place].id, amount: line.amount)
                guard let notice = notices[wanted]?.popLast() else { continue }
                var decision = LineDecision(
                    line,
                    .matched,
                    .reference,
                    notice.isOfCounter
                        ? .lineShowsCounterPayment(amount: line.amount)
                        : .lineMatchesReference(named[place].reference, amount: line.amount)
                )
                decision.noticeID = notice.id
                decision.requestID = named[place].id
                found.append(decision)
            }
            items.close(found)
        }
    }

    /// The same for lines that name a basket.
    private static func basketReferences(_ items: inout OpenItems) {
        guard !items.facts.baskets.isEmpty else { return }
        var open: [UUID: [OpenNotice]] = [:]
        for notice in items.notices {
            if notice.requestID == nil, let id = notice.basketID { open[id, default: []].append(notice) }
        }
        var found: [LineDecision] = []
        for line in items.credits {
            guard let (basket, _) = items.basket(of: line),
                let place = open[basket.id]?.firstIndex(where: { $0.amount == line.amount }),
                let notice = open[basket.id]?.remove(at: place)
            else { continue }
            var decision = LineDecision(
                line,
                .matched,
                .reference,
                .lineMatchesReference(basket.reference, amount: line.amount)
            )
            decision.noticeID = notice.id
            found.append(decision)
        }
        items.close(found)
    }
}
