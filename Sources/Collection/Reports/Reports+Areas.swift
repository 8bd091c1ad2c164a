import FeeSchedule
public import Values

extension Reports {
    /// The localities that somebody may ask about, as they are today: the provinces, or of those who act for localities these
    /// and the units below them.
    ///
    /// - Parameters:
    ///   - bound: the codes that the caller acts for; `nil` for all.
    ///   - asked: one that is asked about already, with its neighbours.
    public func areas(within bound: [String]?, besides asked: String?, today: Day = Instant.now().day) async throws
        -> [ReportedArea]
    {
        let catalogue = try await tariff.current()
        let tree = catalogue.schedule.localities
        // A province opens its communes, and so does one of them.
        let opened =
            asked.flatMap { tree.unit(code: $0, on: today) }
            .map { Set(tree.chain(of: $0, on: today).map(\.code)) } ?? []
        let units = catalogue.rows.localities.filter { unit in
            guard unit.validity.contains(today) else { return false }
            let chain = tree.chain(of: unit, on: today).map(\.code)
            if let bound { return bound.contains(where: chain.contains) }
            return unit.level == .province || chain.contains(where: opened.contains)
        }
        let sorted = units.sorted { ($0.level, $0.parentCode, $0.nameVi) < ($1.level, $1.parentCode, $1.nameVi) }
        return sorted.prefix(600).map { ReportedArea(code: $0.code, name: Phrase(vi: $0.nameVi, en: $0.nameEn)) }
    }
}
