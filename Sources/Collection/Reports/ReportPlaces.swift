import FeeSchedule
import Postgres
public import Values

/// The row of a report that an agency's payments belong to, by day.
///
/// An agency's unit stays the same in a range of days on which no unit of administration began or ended, so each range
/// and agency is resolved once.
struct ReportPlaces {
    let schedule: Schedule
    let question: NonCashReport.Question
    let today: Day
    /// The last known locality of every agency, including ended ones, whose payments still count.
    let agencies: [String: String]
    /// The first days of the ranges, in order.
    let starts: [Day]
    private var known: [Place: LocalityKey?] = [:]

    private struct Place: Hashable {
        let stretch: Day
        let agency: String
    }

    init(
        _ catalogue: CatalogueInForce,
        _ question: NonCashReport.Question,
        _ period: ReportPeriod,
        agencies: [String: String],
        today: Day
    ) {
        self.agencies = agencies
        schedule = catalogue.schedule
        self.question = question
        self.today = today
        var days: Set<Day> = [period.from]
        for row in catalogue.rows.localities {
            for day in [row.validity.from, row.validity.to?.next].compactMap({ $0 })
            where day > period.from && day <= period.to {
                days.insert(day)
            }
        }
        starts = days.sorted()
    }

    /// The unit whose row contains an agency's payments in a range; `nil` if they are outside the requested locality.
    mutating func unit(of agency: String, stretch: Day) -> LocalityKey? {
        let place = Place(stretch: stretch, agency: agency)
        if let found = known[place] { return found }
        let found = find(agency, stretch)
        known[place] = .some(found)
        return found
    }

    private func find(_ agency: String, _ day: Day) -> LocalityKey? {
        let localities = schedule.localities
        guard let code = agencies[agency], let own = localities.unit(ofCode: code, on: day) else { return nil }
        let (unit, reference) =
            question.asOf == .current
            ? (localities.successor(of: own, on: max(today, day)), max(today, day)) : (own, day)
        if let code = question.locality {
            guard localities.chain(of: unit, on: reference).contains(where: { $0.code == code }) else { return nil }
        }
        return localities.reported(unit, at: question.level, on: reference).localityKey
    }
}

extension Reports {
    /// The basis of a report: the catalogue, its time, and the rows that payments belong to.
    struct Ground {
        let catalogue: CatalogueInForce
        let now: Instant
        var places: ReportPlaces
        /// The localities of the agencies, for the places of another period.
        let agencies: [String: String]
    }

    /// Checks a question and resolves its places; throws an error with the alternatives if it makes no sense.
    func ground(for question: NonCashReport.Question) async throws -> Ground {
        let catalogue = try await tariff.current()
        let now = Instant.now()
        try Reports.check(question, catalogue.schedule, today: now.day)
        let agencies = try await agencyLocalities()
        let places = ReportPlaces(catalogue, question, question.period, agencies: agencies, today: now.day)
        return Ground(catalogue: catalogue, now: now, places: places, agencies: agencies)
    }

    /// The same for a report that is not by locality.
    func ground(for period: ReportPeriod, locality: String?) async throws -> Ground {
        try await ground(for: .init(period: period, level: .province, locality: locality, asOf: .recorded))
    }

    /// Compacts the totals of days before a day, on which little changes any more; returns the number of rows removed.
    @discardableResult
    public func foldDailyTotals(before day: Day) async throws -> Int64 {
        try await database.query("select fold_daily_totals(\(day)::date)").row().get(0)
    }

    /// The locality of every agency, in force or ended.
    func agencyLocalities() async throws -> [String: String] {
        let rows = try await database.query(
            "select distinct on (code) code, locality_code from agency order by code, added_in desc"
        )
        var found: [String: String] = [:]
        for row in rows {
            let (code, locality) = try row.decode(String.self, String.self)
            found[code] = locality
        }
        return found
    }
}
