import Casework
import FeeSchedule
import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What was collected, on its way to the State Treasury: what is due, and the orders that pay it.
public struct Remittances: Sendable {
    let database: Database
    private let tariff: Tariff

    init(_ database: Database, tariff: Tariff) {
        self.database = database
        self.tariff = tariff
    }

    /// What is to be remitted.
    ///
    /// - Parameters:
    ///   - year: of the collections; `nil` for this year and the one before.
    ///   - agencies: whose money; `nil` for all that remit here.
    public func due(year: Int? = nil, within agencies: [String]?, now: Instant = .now()) async throws
        -> RemittanceOutlook
    {
        let schedule = try await tariff.current().schedule
        let years = year.map { [$0] } ?? Remittances.years(at: now)
        return try await database.read { tx in
            // A year of payments takes longer to read than a request may usually take.
            try tx.script("set local statement_timeout = '120s'")
            var reader = try Remittances.reader(schedule, within: agencies, tx)
            var items: [RemittanceItem] = []
            for year in years { items += try reader.items(of: year, tx) }
            return RemittanceOutlook(
                generatedAt: now,
                years: years,
                payers: reader.payers,
                items: items.sorted { ($0.key, $0.code) < ($1.key, $1.code) },
                agencyNames: schedule.agencies.mapValues { Phrase(vi: $0.nameVi, en: $0.nameEn) }
            )
        }
    }

    /// This budget year and the one before, whose last collections are remitted in this one.
    static func years(at now: Instant) -> [Int] {
        let year = now.day.components.year
        return [year, year - 1]
    }

    private static func reader(_ schedule: Schedule, within agencies: [String]?, _ tx: borrowing Transaction) throws
        -> RemittanceReader
    {
        let payers = try tx.query(
            Query(
                trustedSQL: """
                    select distinct on (p.agency_code) \(TreasuryPayer.columns) from treasury_payer p
                    where ($1::text[] is null or p.agency_code = any($1)) order by p.agency_code, p.id desc
                    """,
                binding: [agencies]
            )
        ).map { try TreasuryPayer($0, from: 0) }
        let holidays = try tx.query("select day from bank_holiday").map { try $0.get(0, as: Day.self) }
        let weekend = try tx.query("select isodow from bank_weekend").map { try $0.get(0, as: Int.self) - 1 }
        let working = WorkingDays(holidays: Set(holidays), weekend: Set(weekend))
        return RemittanceReader(schedule: schedule, payers: payers, working: working)
    }

    /// Makes the orders for all that an agency is to remit by the end of a day: one for each of its accounts, account of
    /// the Treasury and budget year. Amounts are worked out, never typed.
    public func make(agency: String, dueBy day: Day, by person: Person, within agencies: [String]?) async throws
        -> [Remittance]
    {
        guard agencies?.contains(agency) ?? true else { throw ServiceError(.notFound, .agencyRemitsElsewhere(agency)) }
        let schedule = try await tariff.current().schedule
        let now = Instant.now()
        return try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                try tx.script("set local statement_timeout = '120s'")
                try Locks.remittance(of: agency, tx)
                var reader = try Remittances.reader(schedule, within: [agency], tx)
                guard let payer = reader.payers.first else { throw Refusal(.state, .agencyRemitsElsewhere(agency)) }
                var items: [RemittanceItem] = []
                for year in Remittances.years(at: now) { items += try reader.items(of: year, tx) }
                let until = day.next.start
                let ready = items.filter { $0.due > .zero && $0.due(by: until) > .zero }
                guard !ready.isEmpty else { throw Refusal(.state, .nothingToRemit(by: day)) }
                let byKey = Dictionary(grouping: ready, by: \.key).sorted { $0.key < $1.key }
                return try byKey.map { key, own in
                    let lines = try RemittanceRules.lines(own, by: until)
                    let draft = RemittanceDraft(key: key, payer: payer, until: until, lines: lines)
                    return try Remittances.read(try draft.insert(by: person, now: now, tx), tx)
                }
            }
        }
    }

    /// The orders, the newest first.
    ///
    /// - Parameters:
    ///   - before: the id of the last order of the page before.
    ///   - limit: 1 to 500.
    public func list(
        state: RemittanceState? = nil,
        within agencies: [String]?,
        before: Int64? = nil,
        limit: Int = 50
    ) async throws -> [Remittance] {
        try await database.query(
            Query(
                trustedSQL: Remittance.select + """
                     where ($1::text is null or r.state = $1) and ($2::text[] is null or r.agency_code = any($2))
                        and ($3::bigint is null or r.id < $3)
                    order by r.id desc limit $4::integer
                    """,
                binding: [state?.rawValue, agencies, before, try Paging.check(limit)]
            )
        ).map(Remittance.init)
    }

    /// The order of an id; throws `notFound` for one that whoever asks does not see.
    public func find(_ id: Int64, within agencies: [String]?) async throws -> Remittance {
        try await database.read { tx in
            let found = try Remittances.read(id, tx)
            guard agencies?.contains(found.key.agencyCode) ?? true else { throw Remittances.none }
            return found
        }
    }

    static func read(_ id: Int64, _ tx: borrowing Transaction) throws -> Remittance {
        let rows = try tx.query(Query(trustedSQL: Remittance.select + " where r.id = $1::bigint", binding: [id]))
        guard let row = rows.first else { throw none }
        return try Remittance(row)
    }

    static let none = ServiceError(.notFound, .none(.remittance))

    /// Throws if an order takes more than is left: something went back to a payer since it was made.
    func requireStillDue(_ order: Remittance, _ schedule: Schedule, _ tx: borrowing Transaction) throws {
        try tx.script("set local statement_timeout = '120s'")
        var reader = try Remittances.reader(schedule, within: [order.key.agencyCode], tx)
        let codes = Set(order.lines.map(\.code))
        let items = try reader.items(of: order.key.budgetYear, tx)
        let exceeding = items.first { $0.key == order.key && codes.contains($0.code) && $0.due < .zero }
        if let exceeding {
            throw Refusal(.state, .remittanceExceeds(order.mark, code: exceeding.code.budgetCode, by: -exceeding.due))
        }
    }

    func schedule() async throws -> Schedule { try await tariff.current().schedule }
}
