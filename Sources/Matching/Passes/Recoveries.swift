import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension MatchingPasses {
    /// Pass `recovery`: no notice of that amount, but exactly what remains of a pending request, or of one that is
    /// within its grace period.
    static func recoveries(_ items: inout OpenItems) {
        var taken = items.recoveredRequests
        var found: [LineDecision] = []
        for line in items.credits {
            let wanted = items.requests(of: line).first {
                $0.remaining == line.amount && !taken.contains($0.id)
                    && $0.waits(on: items.facts.accountNumber, at: line.bookedAt)
            }
            guard let request = wanted else { continue }
            taken.insert(request.id)
            found.append(
                .recovery(
                    of: line,
                    .recovery,
                    [.init(requestID: request.id, reference: request.reference, amount: line.amount)],
                    .linePaysRequest(request.reference, amount: line.amount)
                )
            )
        }
        items.close(found)
    }

    /// Pass `several_requests`: one line that names several requests and has the sum of what remains of them, or one that
    /// names a basket and has the sum of what remains of the first of its requests.
    static func severalRequests(_ items: inout OpenItems) {
        basketRecoveries(&items)
        var taken = items.recoveredRequests
        var found: [LineDecision] = []
        for line in items.credits {
            let named = items.requests(of: line)
            guard named.count > 1, Set(named.map(\.id)).count == named.count,
                named.allSatisfy({
                    $0.waits(on: items.facts.accountNumber, at: line.bookedAt) && !taken.contains($0.id)
                }),
                named.map(\.remaining).total() == line.amount
            else { continue }
            taken.formUnion(named.map(\.id))
            found.append(
                .recovery(
                    of: line,
                    .severalRequests,
                    named.map { .init(requestID: $0.id, reference: $0.reference, amount: $0.remaining) },
                    .linePaysSeveralRequests(named.count, amount: line.amount)
                )
            )
        }
        items.close(found)
    }

    /// A line pays requests of its basket as a whole or not at all: those that wait, in their order, up to some place.
    private static func basketRecoveries(_ items: inout OpenItems) {
        guard !items.facts.baskets.isEmpty else { return }
        var taken = items.recoveredRequests
        var found: [LineDecision] = []
        for line in items.credits {
            guard let (basket, members) = items.basket(of: line), !basket.isCancelled,
                basket.accountNumber == items.facts.accountNumber
            else { continue }
            let waiting = members.filter { $0.isOpen && $0.remaining > .zero && !taken.contains($0.id) }
            var (payments, total): ([LineDecision.Payment], Money) = ([], .zero)
            for request in waiting {
                guard total < line.amount, request.waits(on: items.facts.accountNumber, at: line.bookedAt) else {
                    break
                }
                payments.append(
                    .init(requestID: request.id, reference: request.reference, amount: request.remaining)
                )
                total += request.remaining
            }
            guard total == line.amount else { continue }
            taken.formUnion(payments.map(\.requestID))
            found.append(
                .recovery(
                    of: line,
                    .severalRequests,
                    payments,
                    .linePaysBasket(basket.reference, requests: payments.count, amount: line.amount)
                )
            )
        }
        items.close(found)
    }

    /// Pass `several_transfers`: several lines whose sum is what remains of one request.
    static func severalTransfers(_ items: inout OpenItems) {
        let taken = items.recoveredRequests
        var order: [UUID] = []
        var parts: [UUID: (request: MatchingFacts.Request, lines: [Line])] = [:]
        for line in items.credits {
            guard let request = items.requests(of: line).first, !taken.contains(request.id) else { continue }
            if parts[request.id] == nil { order.append(request.id) }
            parts[request.id, default: (request, [])].lines.append(line)
        }
        var found: [LineDecision] = []
        for id in order {
            guard let (request, lines) = parts[id], lines.count > 1,
                lines.map(\.amount).total() == request.remaining,
                lines.allSatisfy({ request.waits(on: items.facts.accountNumber, at: $0.bookedAt) })
            else { continue }
            for line in lines {
                found.append(
                    .recovery(
                        of: line,
                        .severalTransfers,
                        [.init(requestID: request.id, reference: request.reference, amount: line.amount)],
                        .linesPayTogether(request.reference, lines: lines.count, total: request.remaining)
                    )
                )
            }
        }
        items.close(found)
    }
}

extension OpenItems {
    /// The requests that lines of this run pay.
    var recoveredRequests: Set<UUID> { Set(decisions.flatMap { $0.payments.map(\.requestID) }) }
}

extension LineDecision {
    /// A line that settles requests. If its statement is not trusted, the money waits in suspense for another person.
    static func recovery(of line: Line, _ pass: PassName, _ payments: [Payment], _ reason: Reason) -> LineDecision {
        var decision = LineDecision(line, .recovered, pass, reason)
        decision.payments = payments
        decision.requestID = payments.first?.requestID
        if !line.isTrusted {
            decision.awaitsConfirmation = true
            decision.suspense = line.amount
            if let first = payments.first {
                decision.reason = .lineAwaitsConfirmation(first.reference, amount: line.amount)
            }
        }
        return decision
    }
}
