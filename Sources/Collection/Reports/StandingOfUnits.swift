import FeeSchedule
import Values

/// What a rate is measured by: the targets of the year that a period ends in, and the units that should have one.
///
/// A unit without a target of its own has that of the nearest unit above: a province sets one for all of its communes.
struct StandingOfUnits {
    private let catalogue: CatalogueInForce
    private let question: NonCashReport.Question
    private let nonCash: [String: Int64]
    private let online: [String: Int64]
    /// The day on which the units are looked at.
    private let day: Day
    private let today: Day

    init(_ catalogue: CatalogueInForce, _ question: NonCashReport.Question, today: Day) {
        self.catalogue = catalogue
        self.question = question
        self.today = today
        day = question.asOf == .current ? max(today, question.period.to) : question.period.to
        func targets(_ indicator: TargetRow.Indicator) -> [String: Int64] {
            let year = question.period.to.components.year
            let rows = catalogue.schedule.targets.filter { $0.year == year && $0.indicator == indicator }
            return Dictionary(rows.map { ($0.localityCode, $0.target) }, uniquingKeysWith: { first, _ in first })
        }
        (nonCash, online) = (targets(.nonCash), targets(.online))
    }

    var area: ReportedArea? { ReportedArea(question.locality, catalogue.schedule) }

    /// The units that a unit may have its target of: itself and those above it, on the last day that it was in force.
    private func chain(_ unit: LocalityRow) -> [String] {
        let known = unit.validity.contains(day) ? day : unit.validity.to ?? unit.validity.from
        return catalogue.schedule.localities.chain(of: unit, on: known).map(\.code)
    }

    func line(_ key: NonCashReport.Key, _ figures: NonCashFigures, before: NonCashFigures?) -> NonCashReport.Line {
        let schedule = catalogue.schedule
        let (vi, en) = schedule.name(of: key)
        var unit: LocalityRow?
        if case .locality(let locality) = key { unit = schedule.localities[locality] }
        let codes = unit.map(chain) ?? []
        let set = codes.first { nonCash[$0] != nil }
        var line = NonCashReport.Line(
            key: key,
            nameVi: vi,
            nameEn: en,
            figures: figures,
            target: set.flatMap { nonCash[$0] },
            onlineTarget: codes.lazy.compactMap { online[$0] }.first,
            previous: Rate(before?.nonCash ?? 0, of: before?.paid ?? 0)
        )
        line.isWithoutSuccessor = question.asOf == .current && schedule.hasEnded(key, by: today)
        line.isAboveLevel = unit.map { $0.level < question.level } ?? false
        line.targetOf = set == codes.first ? nil : set
        return line
    }

    func total(_ figures: NonCashFigures, before: NonCashFigures) -> NonCashReport.Line {
        let units = question.locality.map { catalogue.schedule.localities.units(code: $0) } ?? []
        let codes = units.last.map(chain) ?? []
        return NonCashReport.Line(
            key: nil,
            nameVi: "Tổng cộng",
            nameEn: "Total",
            figures: figures,
            target: codes.lazy.compactMap { nonCash[$0] }.first,
            onlineTarget: codes.lazy.compactMap { online[$0] }.first,
            previous: Rate(before.nonCash, of: before.paid)
        )
    }

    /// More units without payments than these tell nobody anything where no area is asked about.
    private static let mostQuiet = 500

    /// The communes of the provinces that have agencies, without these; none if they are too many to read.
    private func communes(without known: Set<NonCashReport.Key>) -> [NonCashReport.Key] {
        let (schedule, tree) = (catalogue.schedule, catalogue.schedule.localities)
        func province(of unit: LocalityRow) -> String? {
            tree.chain(of: unit, on: day).first { $0.level == .province }?.code
        }
        let provinces = Set(
            schedule.agencies.keys.compactMap { schedule.unit(ofAgency: $0, on: day).flatMap { province(of: $0) } }
        )
        let found = catalogue.rows.localities.filter { unit in
            unit.level == question.level && unit.validity.contains(day)
                && province(of: unit).map { provinces.contains($0) } ?? false
        }.map { NonCashReport.Key.locality($0.localityKey) }.filter { !known.contains($0) }.sorted()
        return found.count <= Self.mostQuiet ? found : []
    }

    /// The units of the level in the area that are not among these.
    func units(without known: Set<NonCashReport.Key>) -> [NonCashReport.Key] {
        guard question.by == .locality else { return [] }
        guard question.level == .province || question.locality != nil else {
            return question.listsQuietCommunes ? communes(without: known) : []
        }
        let tree = catalogue.schedule.localities
        return catalogue.rows.localities.filter { unit in
            unit.level == question.level && unit.validity.contains(day)
                && (question.locality.map { code in tree.chain(of: unit, on: day).contains { $0.code == code } } ?? true)
        }.map { NonCashReport.Key.locality($0.localityKey) }.filter { !known.contains($0) }.sorted()
    }
}
