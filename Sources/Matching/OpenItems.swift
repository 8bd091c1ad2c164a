import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The lines and notices that are still open, and what the passes have decided so far.
///
/// A pass looks at what is open and decides lines, which are then no longer open.
public struct OpenItems: Sendable {
    public let facts: MatchingFacts
    /// In the order in which they are considered.
    public private(set) var lines: [Line]
    /// By their ids.
    public private(set) var notices: [OpenNotice]
    public private(set) var decisions: [LineDecision] = []
    /// The lines of the decisions, by id.
    public private(set) var decidedLines: [Int64: Line] = [:]

    public init(lines: [Line], notices: [OpenNotice], facts: MatchingFacts) {
        self.facts = facts
        self.lines = lines.sorted(by: Line.isServedBefore)
        self.notices = notices.sorted { $0.id < $1.id }
    }

    /// Lines that brought money in.
    var credits: [Line] { lines.filter(\.isCredit) }

    /// Amounts that lines of this run pay, by reference.
    private var paid: [String: Money] = [:]

    /// The known requests that a line names, in the order of its references, with what now remains of each.
    func requests(of line: Line) -> [MatchingFacts.Request] {
        guard line.isCredit else { return [] }
        return line.references.compactMap { request($0) }
    }

    /// A known request, with what now remains of it.
    private func request(_ reference: String) -> MatchingFacts.Request? {
        guard var request = facts.requests[reference] else { return nil }
        request.remaining -= paid[reference] ?? .zero
        return request
    }

    /// The basket that a line names, if it names no request before it, and its requests in the order in which money pays
    /// them, with what now remains of each.
    func basket(of line: Line) -> (basket: MatchingFacts.Basket, members: [MatchingFacts.Request])? {
        guard line.isCredit else { return nil }
        for reference in line.references {
            if facts.requests[reference] != nil { return nil }
            if let basket = facts.baskets[reference] { return (basket, basket.members.compactMap { request($0) }) }
        }
        return nil
    }

    /// Records the decisions of a pass: their lines and the notices these confirm are no longer open.
    mutating func close(_ found: [LineDecision]) {
        guard !found.isEmpty else { return }
        decisions += found
        for payment in found.flatMap(\.payments) { paid[payment.reference, default: .zero] += payment.amount }
        let decided = Set(found.map(\.lineID))
        for line in lines where decided.contains(line.id) { decidedLines[line.id] = line }
        lines.removeAll { decided.contains($0.id) }
        let shown = Set(found.flatMap { ($0.noticeID.map { [$0] } ?? []) + $0.groupedNotices })
        if !shown.isEmpty { notices.removeAll { shown.contains($0.id) } }
    }
}
