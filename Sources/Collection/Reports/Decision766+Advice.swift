extension Decision766 {
    /// The totals of one procedure's dossiers in one place.
    struct Tally: Sendable, Hashable {
        var dossiers: Int64 = 0
        var paidOnline: Int64 = 0
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
    /// data, and an online payment.
    static func raised(_ indicator: Indicator, by procedure: Procedure) -> Indicator {
        let isFirst = procedure.dossiers == 0
        let (more, base): (Int64, Int64) =
            switch indicator.name {
            case .feeData: (procedure.hasFee && isFirst ? 1 : 0, 0)
            case .onlineProcedures: (procedure.hasFee && procedure.paidOnline == 0 ? 1 : 0, 0)
            case .onlineDossiers: isFirst ? (1, 1) : (procedure.dossiers - procedure.paidOnline, 0)
            }
        return Indicator(name: indicator.name, counted: indicator.counted + more, of: indicator.of + base)
    }

    /// The procedures with what each would bring, those that bring most first.
    static func ranked(_ procedures: [Procedure], _ indicators: [Indicator]) -> [Procedure] {
        procedures.map { procedure in
            var procedure = procedure
            procedure.gain = indicators.reduce(0) { sum, indicator in
                sum + (raised(indicator, by: procedure).score ?? 0) - (indicator.score ?? 0)
            }
            return procedure
        }.sorted { ($1.gain, $1.dossiers, $0.code) < ($0.gain, $0.dossiers, $1.code) }
    }
}
