import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The lines and notices that are still open, and what the passes have decided so far.
///
/// A pass looks at what is open, and decides lines; what it decided is open no more.
public struct OpenItems: Sendable {
    public let facts: MatchingFacts
    /// In the order in which they are served.
    public private(set) var lines: [Line]
    /// By their ids.
    public private(set) var notices: [OpenNotice]
    public private(set) var decisions: [LineDecision] = []
    /// What requests still wait for; less with every recovery.
    private(set) var waiting: [String: MatchingFacts.Request]

    public init(lines: [Line], notices: [OpenNotice], facts: MatchingFacts) {
        self.facts = facts
        self.lines = lines.sorted(by: Line.isServedBefore)
        self.notices = notices.sorted { $0.id < $1.id }
        waiting = facts.requests
    }

    /// Lines that brought money in.
    var credits: [Line] { lines.filter(\.isCredit) }

    /// The known requests that a line names, in the order of its references.
    func requests(of line: Line) -> [MatchingFacts.Request] {
        line.isCredit ? line.references.compactMap { facts.requests[$0] } : []
    }

    /// Enters what a pass decided: its lines, and the notices they show, are open no more.
    mutating func close(_ found: [LineDecision]) {
        guard !found.isEmpty else { return }
        decisions += found
        let decided = Set(found.map(\.lineID))
        lines.removeAll { decided.contains($0.id) }
        let shown = Set(found.flatMap { ($0.noticeID.map { [$0] } ?? []) + $0.groupedNotices })
        if !shown.isEmpty { notices.removeAll { shown.contains($0.id) } }
    }

    /// Takes recoveries back whose settlement was refused: their lines are open again, for the passes that follow.
    public mutating func reopen(_ refused: [Line]) {
        let ids = Set(refused.map(\.id))
        decisions.removeAll { ids.contains($0.lineID) }
        lines = (lines + refused).sorted(by: Line.isServedBefore)
    }
}
