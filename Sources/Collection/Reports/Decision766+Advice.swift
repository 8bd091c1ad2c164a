extension Decision766 {
    /// The totals of one procedure's dossiers in one place.
    struct Tally: Sendable, Hashable {
        var dossiers: Int64 = 0
        var paidOnline: Int64 = 0

        mutating func add(_ dossiers: Int64, _ paidOnline: Int64) {
            self.dossiers += dossiers
            self.paidOnline += paidOnline
        }

        mutating func add(_ other: Tally) { add(other.dossiers, other.paidOnline) }
    }

    /// The indicators of a place.
    ///
    /// - Parameters:
    ///   - tallies: by the code of the procedure.
    ///   - priced: the procedures that have a price above 0.
    static func indicators(_ tallies: [String: Tally], priced: Set<String>) -> [Indicator] {
        let own = tallies.filter { priced.contains($0.key) }
        return [
            Indicator(
                name: .feeData,
                counted: Int64(own.count { $0.value.dossiers > 0 }),
                of: Int64(priced.count)
            ),
            Indicator(
                name: .onlineProcedures,
                counted: Int64(own.count { $0.value.paidOnline > 0 }),
                of: Int64(priced.count)
            ),
            Indicator(
                name: .onlineDossiers,
                counted: tallies.values.reduce(0) { $0 + $1.paidOnline },
                of: tallies.values.reduce(0) { $0 + $1.dossiers }
            ),
        ]
    }

    /// An indicator once all dossiers of a procedure are paid online. A procedure without any gets a first one: it brings fee
    /// data, and an online payment, unless nothing is owed for it.
    static func raised(_ indicator: Indicator, by procedure: Procedure) -> Indicator {
        guard procedure.isOwedOnline else { return indicator }
        let isFirst = procedure.dossiers == 0
        let (more, base): (Int64, Int64) =
            switch indicator.name {
            case .feeData: (procedure.hasFee && isFirst ? 1 : 0, 0)
            case .onlineProcedures: (procedure.hasFee && procedure.paidOnline == 0 ? 1 : 0, 0)
            case .onlineDossiers: isFirst ? (1, 1) : (procedure.dossiers - procedure.paidOnline, 0)
            }
        return Indicator(name: indicator.name, counted: indicator.counted + more, of: indicator.of + base)
    }

    /// A procedure with what it would bring, now.
    private static func weighed(_ procedure: Procedure, _ indicators: [Indicator]) -> Procedure {
        var procedure = procedure
        procedure.gains = [:]
        for indicator in indicators {
            let gain = (raised(indicator, by: procedure).score ?? 0) - (indicator.score ?? 0)
            if gain != 0 { procedure.gains[indicator.name] = gain }
        }
        procedure.gain = procedure.gains.values.reduce(0, +)
        return procedure
    }

    /// The procedures with what each would bring, those that bring most first.
    static func ranked(_ procedures: [Procedure], _ indicators: [Indicator]) -> [Procedure] {
        procedures.map { weighed($0, indicators) }.sorted(by: bringsMore)
    }

    /// What lifts the score most comes first, however many dossiers it takes: each step is work with one procedure and
    /// those who take it in, so a leader wants few steps. Of what lifts it as much, the one that takes fewer dossiers.
    private static func bringsMore(_ one: Procedure, _ other: Procedure) -> Bool {
        (other.gain, one.dossiersNeeded, one.code) < (one.gain, other.dossiersNeeded, other.code)
    }

    /// What to do, one procedure after the other, each time the one that then brings most. Gains do not add up: an indicator
    /// ends at its maximum, and a first dossier weighs less where there are more. So each is weighed after those before it.
    ///
    /// - Parameters:
    ///   - goal: how many hundredths of a point the plan is to bring.
    ///   - atLeast: so many steps are told even if fewer bring it, as long as one brings anything.
    ///   - most: the most steps.
    public func steps(bringing goal: Int64, atLeast: Int = 0, most: Int = 10) -> [Step] {
        var indicators = total.indicators
        let before = total.score
        var (left, steps) = (procedures, [Step]())
        while steps.count < most, steps.count < atLeast || (steps.last?.score ?? before) - before < goal {
            let weighed = left.map { Decision766.weighed($0, indicators) }
            guard let best = weighed.min(by: Decision766.bringsMore), best.gain > 0 else { break }
            indicators = indicators.map { Decision766.raised($0, by: best) }
            left.removeAll { $0.code == best.code }
            steps.append(Step(procedure: best, score: indicators.reduce(0) { $0 + ($1.score ?? 0) }))
        }
        return steps
    }
}
