public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Lines in groups none of which influences another, so that each may be judged alone, in a transaction of its own.
///
/// The passes compare lines by their transaction ids, by the requests that they name, and by the notices that carry one or
/// the other, or the number on its slip; debits also by the amount of a refund or an order to the Treasury. Lines that nothing of this links, directly
/// or through others, are decided alike together and apart. A line that names a basket is linked with those that name
/// its requests. Only a payout is compared with all notices of its gateway's day: lines that may be
/// one are left together, and judged when every other line has taken its notice.
public struct IndependentLines: Sendable {
    /// Positions of the lines of each group; groups and lines are in the order in which lines are considered.
    public private(set) var groups: [[Int]] = []
    /// Positions of the lines that are judged together, after all groups and with all notices.
    public private(set) var joint: [Int] = []

    /// What links lines beside what they say themselves.
    public struct Facts: Sendable {
        /// The requests and baskets that the lines name and that exist, by reference.
        public var requests: [String: UUID] = [:]
        /// The references of the requests of those baskets, by the basket's.
        public var members: [String: [String]] = [:]
        /// The amounts of the refunds and of the orders to the Treasury that have not left the bank.
        public var leaving: Set<Money> = []
        /// The terms of gateways that pay out a day in one line, by connection.
        public var gateways: [Int32: MatchingFacts.GatewayTerms] = [:]
        /// The last day of the run.
        public var through: Day

        public init(through: Day) { self.through = through }
    }

    public init(lines: [Line], notices: [OpenNotice], facts: Facts) {
        let order = lines.indices.sorted { Line.isServedBefore(lines[$0], lines[$1]) }
        var links = Links(lines, order, facts)
        let payouts = links.join(notices, facts)
        var places: [Int: Int] = [:]
        for line in order {
            let root = links.root(of: line)
            if let place = places[root] {
                groups[place].append(line)
            } else {
                places[root] = groups.count
                groups.append([line])
            }
        }
        guard !payouts.isEmpty else { return }
        var isJoint = [Bool](repeating: false, count: groups.count)
        for line in order where payouts.mayBe(lines[line], facts) {
            places[links.root(of: line)].map { isJoint[$0] = true }
        }
        joint = groups.indices.filter { isJoint[$0] }.flatMap { groups[$0] }
        groups = groups.indices.filter { !isJoint[$0] }.map { groups[$0] }
    }

    /// The groups in parts of about so many lines; a group is never divided.
    public func parts(of size: Int) -> [[Int]] {
        var parts: [[Int]] = []
        for group in groups {
            if let last = parts.indices.last, parts[last].count + group.count <= size {
                parts[last] += group
            } else {
                parts.append(group)
            }
        }
        return parts
    }
}

/// A forest, whose roots stand for what is linked.
private struct Forest {
    private var parents: [Int]

    init(_ count: Int) { parents = Array(0..<count) }

    mutating func root(of place: Int) -> Int {
        var place = place
        while parents[place] != place {
            parents[place] = parents[parents[place]]
            place = parents[place]
        }
        return place
    }

    mutating func join(_ one: Int, _ other: Int) {
        let (one, other) = (root(of: one), root(of: other))
        if one != other { parents[max(one, other)] = min(one, other) }
    }
}

/// Which lines are linked.
private struct Links {
    private var forest: Forest
    private let lines: [Line]
    private var byTransaction: [String: Int] = [:]
    private var byReference: [String: Int] = [:]

    init(_ lines: [Line], _ order: [Int], _ facts: IndependentLines.Facts) {
        forest = Forest(lines.count)
        self.lines = lines
        byTransaction.reserveCapacity(lines.count)
        var byAmount: [Money: Int] = [:]
        for place in order {
            let line = lines[place]
            if let id = line.transactionID { Self.link(place, &byTransaction, id, &forest) }
            for reference in line.references {
                Self.link(place, &byReference, reference, &forest)
                for member in facts.members[reference] ?? [] { Self.link(place, &byReference, member, &forest) }
            }
            if facts.leaving.contains(-line.amount) { Self.link(place, &byAmount, line.amount, &forest) }
        }
    }

    private static func link<Key: Hashable>(
        _ line: Int,
        _ owners: inout [Key: Int],
        _ key: Key,
        _ forest: inout Forest
    ) {
        if let owner = owners[key] { forest.join(line, owner) } else { owners[key] = line }
    }

    mutating func root(of line: Int) -> Int { forest.root(of: line) }

    /// Links what a notice links, and returns what gateways may pay out.
    mutating func join(_ notices: [OpenNotice], _ facts: IndependentLines.Facts) -> PossiblePayouts {
        var named: [UUID: Int] = [:]
        for (reference, id) in facts.requests { named[id] = byReference[reference] }
        joinSlips(notices, named)
        var payouts = PossiblePayouts()
        for notice in notices {
            let told = byTransaction[notice.bankReference]
            let request = notice.subjectID.flatMap { named[$0] }
            if let told, let request { forest.join(told, request) }
            payouts.add(notice, mayBeShown: told != nil || request != nil, facts)
        }
        return payouts
    }
}

extension Links {
    /// Links the lines whose memo has the number on the slip of a counter payment with each other, and with those that it
    /// is known by otherwise.
    private mutating func joinSlips(_ notices: [OpenNotice], _ named: [UUID: Int]) {
        let known = SlipNumber.byAmount(notices)
        guard !known.isEmpty else { return }
        var owners: [Int64: Int] = [:]
        for (place, line) in lines.enumerated() where line.isCredit {
            guard let entries = known[line.amount] else { continue }
            let words = SlipNumber.words(of: line.memo)
            for entry in entries where entry.slip.stands(in: words) {
                Self.link(place, &owners, entry.notice.id, &forest)
                Self.link(place, &byTransaction, entry.notice.bankReference, &forest)
                if let request = entry.notice.subjectID.flatMap({ named[$0] }) { forest.join(place, request) }
            }
        }
    }
}

/// Between which amounts a payout of each gateway and day may be.
private struct PossiblePayouts {
    private struct Batch: Hashable {
        let connectionID: Int32
        let day: Day
    }

    /// The notices that no line can take, and all of them.
    private var totals: [Batch: (least: Money, most: Money)] = [:]

    var isEmpty: Bool { totals.isEmpty }

    mutating func add(_ notice: OpenNotice, mayBeShown: Bool, _ facts: IndependentLines.Facts) {
        guard let id = notice.connectionID, facts.gateways[id] != nil,
            MatchingPasses.paysOut(notice.day, through: facts.through)
        else { return }
        var total = totals[Batch(connectionID: id, day: notice.day)] ?? (.zero, .zero)
        if !mayBeShown { total.least += notice.amount }
        total.most += notice.amount
        totals[Batch(connectionID: id, day: notice.day)] = total
    }

    func mayBe(_ line: Line, _ facts: IndependentLines.Facts) -> Bool {
        guard line.isCredit, line.references.allSatisfy({ facts.requests[$0] == nil }) else { return false }
        return totals.contains { batch, total in
            guard let terms = facts.gateways[batch.connectionID] else { return false }
            return line.amount <= total.most && line.amount >= terms.leastPayout(of: total.least)
                && MatchingPasses.isPaidOut(batch.day, by: line.day)
        }
    }
}
