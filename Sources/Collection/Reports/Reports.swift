import FeeSchedule
public import Postgres
import Values

/// Reads the daily totals and rolls them up.
public struct Reports: Sendable {
    /// What is decided or written here, such as a signature.
    let database: Database
    /// Where reports are read.
    let reading: ReadDatabase
    let tariff: Tariff

    /// - Parameter reading: may be a moment behind `database`; each report says as of when it is.
    public init(_ database: Database, reading: ReadDatabase, tariff: Tariff) {
        self.database = database
        self.reading = reading
        self.tariff = tariff
    }

    /// The sum over all shards for one agency, channel and range of days.
    private struct Cell {
        let stretch: Day
        let agency: String
        /// Empty unless asked for.
        let procedure: String
        let channel: Channel
        let requests: Int64
        let amount: Money
        let discount: Money
    }

    public func nonCash(_ question: NonCashReport.Question) async throws -> NonCashReport {
        let ground = try await ground(for: question)
        let (catalogue, now) = (ground.catalogue, ground.now)
        var places = ground.places
        var earlierPlaces = ReportPlaces(
            catalogue,
            question,
            question.period.previous,
            agencies: ground.agencies,
            today: now.day
        )
        let (starts, earlierStarts) = (places.starts, earlierPlaces.starts)
        let found = try await reading.read { tx in
            (
                try Reports.cells(tx, question, question.period, starts),
                try Reports.cells(tx, question, question.period.previous, earlierStarts)
            )
        }
        let (cells, before) = found.value
        let current = Reports.roll(cells, &places)
        let earlier = Reports.roll(before, &earlierPlaces)
        let standing = StandingOfUnits(catalogue, question, today: now.day)
        // A row with nothing in this period is no line, even if it had payments in the period before.
        let paid = current.filter { $0.value.paid != 0 }
        let lines = paid.sorted { $0.key < $1.key }.map { key, figures in
            standing.line(key, figures, before: earlier[key])
        }
        return NonCashReport(
            question: question,
            generatedAt: found.asOf,
            lines: lines,
            total: standing.total(Reports.sum(current), before: Reports.sum(earlier)),
            quiet: standing.units(without: Set(paid.keys)).map { key in
                standing.line(key, NonCashFigures(), before: earlier[key])
            },
            area: standing.area
        )
    }

    private static func sum(_ figures: [NonCashReport.Key: NonCashFigures]) -> NonCashFigures {
        figures.values.reduce(into: NonCashFigures()) { $0.add($1) }
    }

    static func check(_ question: NonCashReport.Question, _ schedule: Schedule, today: Day) throws {
        if let code = question.locality {
            let units = schedule.localities.units(code: code)
            guard !units.isEmpty else {
                throw ServiceError(.invalidParameter, at: "locality", .unknownLocality(code))
            }
            let end = question.asOf == .current ? max(question.period.to, today) : question.period.to
            guard units.contains(where: { $0.validity.overlaps(Validity(from: question.period.from, to: end)) }) else {
                let days = units.map { "\($0.validity.from.formatted)–\($0.validity.to?.formatted ?? "…")" }.joined(
                    separator: ", "
                )
                throw ServiceError(
                    .invalidParameter,
                    at: "locality",
                    Phrase(
                        vi: "địa bàn \(code) không tồn tại trong kỳ; địa bàn này có hiệu lực \(days)",
                        en: "the locality \(code) did not exist in the period; it existed \(days)"
                    )
                )
            }
        }
        if question.level == .district, question.asOf == .current || question.period.from > lastDayOfDistricts {
            throw ServiceError(
                .invalidParameter,
                at: "level",
                Phrase(
                    vi:
                        "cấp huyện kết thúc ngày \(lastDayOfDistricts.formatted): dùng level=province hoặc level=commune, hoặc as_of=recorded với kỳ trước đó",
                    en:
                        "districts ended on \(lastDayOfDistricts.formatted): use level=province or level=commune, or as_of=recorded with an earlier period"
                )
            )
        }
    }

    /// Resolution 202/2025/QH15 and the Law on Local Government 72/2025/QH15 left two levels from 2025-07-01.
    private static let lastDayOfDistricts = Day(daysSinceEpoch: 20_269)

    /// The sums of a period by agency and channel, and by procedure if requested, in ranges of days.
    private static func cells(
        _ tx: borrowing Transaction,
        _ question: NonCashReport.Question,
        _ period: ReportPeriod,
        _ starts: [Day]
    ) throws -> [Cell] {
        let needsProcedure = question.by == .procedure || question.by == .field
        // The table without procedures has far fewer rows.
        let query: Query =
            needsProcedure
            ? """
            select (\(starts)::date[])[width_bucket(paid_on, \(starts)::date[])], agency_code, procedure_code, channel,
                sum(paid_requests)::bigint, sum(amount_total)::bigint, sum(discount_total)::bigint
            from daily_procedure_total where paid_on between \(period.from)::date and \(period.to)::date
            group by 1, 2, 3, 4
            """
            : """
            select (\(starts)::date[])[width_bucket(paid_on, \(starts)::date[])], agency_code, '', channel,
                sum(paid_requests)::bigint, sum(amount_total)::bigint, sum(discount_total)::bigint
            from daily_total where paid_on between \(period.from)::date and \(period.to)::date
            group by 1, 2, 4
            """
        return try tx.query(query).map { row in
            let (stretch, agency, procedure, channel, requests, amount, discount) = try row.decode(
                Day.self,
                String.self,
                String.self,
                String.self,
                Int64.self,
                Money.self,
                Money.self
            )
            return Cell(
                stretch: stretch,
                agency: agency,
                procedure: procedure,
                channel: Channel(rawValue: channel) ?? .online,
                requests: requests,
                amount: amount,
                discount: discount
            )
        }
    }

    private static func roll(_ cells: [Cell], _ places: inout ReportPlaces) -> [NonCashReport.Key: NonCashFigures] {
        var figures: [NonCashReport.Key: NonCashFigures] = [:]
        for cell in cells {
            guard let unit = places.unit(of: cell.agency, stretch: cell.stretch) else { continue }
            let key: NonCashReport.Key =
                switch places.question.by {
                case .locality: .locality(unit)
                case .procedure: .procedure(cell.procedure)
                case .field: .field(places.schedule.procedures[cell.procedure]?.fieldVi ?? "")
                case .channel: .channel(cell.channel)
                }
            figures[key, default: NonCashFigures()].add(
                channel: cell.channel,
                requests: cell.requests,
                amount: cell.amount,
                discount: cell.discount
            )
        }
        return figures
    }
}
