import Matching
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The callbacks that no line has shown yet, as a run goes on.
struct OpenNotices: Sendable {
    private var notices: [OpenNotice]
    private var shown: Set<Int64> = []
    /// Those that are in the list of unconfirmed ones.
    private(set) var recorded: Set<Int64>
    // Only what lines may take is indexed: there may be a million others.
    private var byTransaction: [String: [OpenNotice]] = [:]
    private var byRequest: [UUID: [OpenNotice]] = [:]

    /// - Parameters:
    ///   - lines: all lines that are to be judged.
    ///   - requests: the requests and baskets that they name, by reference.
    init(_ notices: [OpenNotice], recorded: Set<Int64>, lines: [Line], requests: [String: UUID]) {
        (self.notices, self.recorded) = (notices, recorded)
        let transactions = Set(lines.lazy.compactMap(\.transactionID))
        let named = Set(requests.values)
        for notice in notices {
            let request = notice.subjectID
            if transactions.contains(notice.bankReference) || request.map(named.contains) ?? false { index(notice) }
        }
    }

    private mutating func index(_ notice: OpenNotice) {
        byTransaction[notice.bankReference, default: []].append(notice)
        if let id = notice.subjectID { byRequest[id, default: []].append(notice) }
    }

    /// Adds notices that came meanwhile.
    mutating func add(_ late: LateNotices) {
        guard !late.notices.isEmpty else { return }
        notices += late.notices
        for notice in late.notices { index(notice) }
    }

    /// The open ones that have the transaction of one of the lines, or pay one of the requests.
    func linked(to lines: [Line], requests: [String: UUID]) -> [OpenNotice] {
        var found: [Int64: OpenNotice] = [:]
        for line in lines {
            for notice in line.transactionID.flatMap({ byTransaction[$0] }) ?? [] { found[notice.id] = notice }
            for id in line.references.compactMap({ requests[$0] }) {
                for notice in byRequest[id] ?? [] { found[notice.id] = notice }
            }
        }
        return found.values.filter { !shown.contains($0.id) }
    }

    /// The open ones of some connections that may still be paid out.
    func reported(by connections: Set<Int32>, through: Day) -> [OpenNotice] {
        open.filter { notice in
            guard let id = notice.connectionID, connections.contains(id) else { return false }
            return MatchingPasses.paysOut(notice.day, through: through)
        }
    }

    /// Records that lines have shown some.
    mutating func close(_ ids: [Int64]) { shown.formUnion(ids) }

    /// Records that some are now in the list of unconfirmed ones.
    mutating func record(_ ids: [Int64]) { recorded.formUnion(ids) }

    var open: [OpenNotice] { notices.filter { !shown.contains($0.id) } }
}
