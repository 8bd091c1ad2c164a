public import Values

/// The units of administration over time: the parent of each on a day, and its successors.
public struct LocalityTree: Sendable {
    private let rows: [LocalityKey: LocalityRow]
    private let byCode: [String: [LocalityRow]]

    public init(_ localities: [LocalityRow]) {
        rows = Dictionary(localities.map { ($0.localityKey, $0) }, uniquingKeysWith: { first, _ in first })
        byCode = Dictionary(grouping: localities, by: \.code).mapValues {
            $0.sorted { $0.validity.from < $1.validity.from }
        }
    }

    public subscript(key: LocalityKey) -> LocalityRow? { rows[key] }

    /// The unit that has the code on a day.
    public func unit(code: String, on day: Day) -> LocalityRow? { byCode[code]?.last { $0.validity.contains(day) } }

    /// Whether any unit ever had the code.
    public func knows(code: String) -> Bool { byCode[code] != nil }

    /// The units that ever had the code, oldest first.
    public func units(code: String) -> [LocalityRow] { byCode[code] ?? [] }

    /// The unit that an agency's code means on a day: the unit that has the code or, if the code has ended, its
    /// successor in force that day, following the chain. A divided unit, or one without a successor, is returned
    /// itself.
    public func unit(ofCode code: String, on day: Day) -> LocalityRow? {
        if let unit = unit(code: code, on: day) { return unit }
        guard let last = byCode[code]?.last(where: { $0.validity.to.map { $0 < day } ?? false }) else { return nil }
        return successor(of: last, on: day)
    }

    /// The unit in force on a day that replaced a unit, following successors one by one.
    public func successor(of unit: LocalityRow, on day: Day) -> LocalityRow {
        var current = unit
        // The chain is finite: each successor begins after its predecessor's end.
        while let end = current.validity.to, end < day, current.successorCodes.count == 1,
            let next = self.unit(code: current.successorCodes[0], on: end.next)
        {
            current = next
        }
        return current
    }

    /// The parent of a unit on a day. The parent of an ended unit is the nearest unit that is above all of its
    /// successors.
    public func parent(of unit: LocalityRow, on day: Day) -> LocalityRow? {
        if let end = unit.validity.to, end < day {
            let chains = unit.successorCodes.map { code -> [LocalityRow] in
                guard let first = self.unit(code: code, on: end.next) else { return [] }
                let now = successor(of: first, on: day)
                return ancestors(of: now, on: day).filter { $0.level < unit.level }
            }
            // It ended without a successor: it has no parent and is reported as itself.
            guard let first = chains.first else { return nil }
            return first.first { candidate in
                chains.allSatisfy { $0.contains { $0.localityKey == candidate.localityKey } }
            }
        }
        return parentAsWritten(unit, on: day)
    }

    private func parentAsWritten(_ unit: LocalityRow, on day: Day) -> LocalityRow? {
        unit.parentCode.isEmpty ? nil : self.unit(code: unit.parentCode, on: day)
    }

    /// The unit and all above it on a day, nearest first.
    public func chain(of unit: LocalityRow, on day: Day) -> [LocalityRow] { [unit] + ancestors(of: unit, on: day) }

    private func ancestors(of unit: LocalityRow, on day: Day) -> [LocalityRow] {
        var chain: [LocalityRow] = []
        var current = unit
        // Each step rises one level, so three steps reach the top.
        while chain.count < 4, let above = parent(of: current, on: day) {
            chain.append(above)
            current = above
        }
        return chain
    }

    /// The unit of a level that a unit is reported under on a day; the unit itself if it is above that level, or has no
    /// parent of that level.
    public func reported(_ unit: LocalityRow, at level: Level, on day: Day) -> LocalityRow {
        if unit.level <= level { return unit }
        let chain = chain(of: unit, on: day)
        // The nearest unit at the level asked for or above it, so that no total loses a payment.
        return chain.first { $0.level <= level } ?? chain.last ?? unit
    }
}

extension LocalityRow {
    /// The key that distinguishes this unit from others with its code.
    public var localityKey: LocalityKey { LocalityKey(code: code, validFrom: validity.from) }
}
