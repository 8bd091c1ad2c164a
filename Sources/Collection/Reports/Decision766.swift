public import FeeSchedule
import Postgres
public import Values

/// The three indicators of online payment of Decision 766/QĐ-TTg (2022-06-23), 10 of its 100 points.
///
/// A dossier belongs to the period and the agency in which its first payment request was made. 3.5a and 3.5b are counted
/// over the procedures that have a price above 0 in force in the period, 3.6 over dossiers that something was owed for.
public struct Decision766: Sendable {
    /// One indicator: its count, its base and its points.
    public struct Indicator: Sendable, Hashable {
        public enum Name: String, Sendable, CaseIterable {
            /// Procedures whose dossiers came with fee data.
            case feeData = "3.5a"
            /// Procedures with a successful online payment.
            case onlineProcedures = "3.5b"
            /// Dossiers paid online.
            case onlineDossiers = "3.6"

            /// The largest number of points.
            public var maximum: Int64 { self == .onlineDossiers ? 6 : 2 }
            /// The percentage that earns all of them.
            public var target: Int64 { self == .onlineDossiers ? 100 : 80 }
        }

        public let name: Name
        public let counted: Int64
        public let of: Int64

        public init(name: Name, counted: Int64, of: Int64) {
            self.name = name
            self.counted = counted
            self.of = of
        }

        /// Hundredths of a point, rounded half up: min(maximum, share / target × maximum); `nil` if the base is 0.
        public var score: Int64? {
            guard of > 0 else { return nil }
            let full = name.maximum * 100
            return min(full, Money(counted * 100).share(full, of: of * name.target).dong)
        }
    }

    /// One procedure, with what counts and what does not.
    public struct Procedure: Sendable, Hashable {
        public let code: String
        public let nameVi: String
        /// `nil` of one that is in no catalogue.
        public var nameEn: String?
        /// Whether a price above 0 was in force in the period.
        public let hasFee: Bool
        /// Dossiers for which something was owed, and how many of them were paid online.
        public let dossiers: Int64
        public let paidOnline: Int64
        /// Whether a dossier of what is left of the period can owe something online; else a first one would count nowhere.
        public var isOwedOnline = true
        /// By how many hundredths of a point the score would rise if all its dossiers were paid online; of a procedure without
        /// any dossier, if it had one that is.
        public var gain: Int64 = 0
        /// Of the gain, what each indicator brings; an indicator may also lose.
        public var gains: [Indicator.Name: Int64] = [:]
        /// How many dossiers paid online the gain takes: those that are not yet, or the first one.
        public var dossiersNeeded: Int64 { dossiers == 0 ? 1 : dossiers - paidOnline }
    }

    /// One step of a plan: what is done with a procedure, after all steps before it.
    public struct Step: Sendable, Hashable {
        /// With what it brings at this place of the plan.
        public let procedure: Procedure
        /// The score after it, in hundredths of a point.
        public let score: Int64
    }

    public struct Line: Sendable {
        /// `nil` for the total.
        public let unit: LocalityRow?
        public let indicators: [Indicator]
        /// Hundredths of a point, of 1,000.
        public var score: Int64 { indicators.reduce(0) { $0 + ($1.score ?? 0) } }
    }

    public let question: NonCashReport.Question
    public let generatedAt: Instant
    public let lines: [Line]
    public let total: Line
    /// All procedures with a fee or a dossier, ordered by how much they would raise the score.
    public let procedures: [Procedure]
    /// The area that was asked about; `nil` for all.
    public var area: ReportedArea?
}

extension Reports {
    /// - Parameter question: its `by` is ignored.
    public func decision766(_ question: NonCashReport.Question) async throws -> Decision766 {
        guard question.period.basis != .decree09 else {
            throw ServiceError(
                .invalidParameter,
                at: "basis",
                Phrase(
                    vi: "Quyết định 766 tính theo tháng, quý, năm dương lịch: dùng basis=calendar",
                    en: "Decision 766 counts by calendar months, quarters and years: use basis=calendar"
                )
            )
        }
        let ground = try await ground(for: question)
        let (catalogue, now) = (ground.catalogue, ground.now)
        var places = ground.places
        var all: [String: Decision766.Tally] = [:]
        var byUnit: [LocalityKey: [String: Decision766.Tally]] = [:]
        let found = try await dossiersCame(in: question.period, places.starts)
        for came in found.value {
            guard let unit = places.unit(of: came.agency, stretch: came.stretch) else { continue }
            all[came.procedure, default: .init()].add(came.tally)
            byUnit[unit, default: [:]][came.procedure, default: .init()].add(came.tally)
        }
        let prices = Prices(catalogue, question.period)
        let lines = byUnit.keys.sorted().map { key in
            let unit = catalogue.schedule.localities[key]
            let priced = prices.procedures(near: unit.map { [$0] } ?? [], catalogue.schedule.localities)
            return Decision766.Line(
                unit: unit,
                indicators: Decision766.indicators(byUnit[key] ?? [:], priced: priced)
            )
        }
        let area = question.locality.map { catalogue.schedule.localities.units(code: $0) }
        let priced =
            area.map { prices.procedures(near: $0, catalogue.schedule.localities) } ?? prices.everywhere
        let indicators = Decision766.indicators(all, priced: priced)
        let owed = OwedOnline(&places, on: min(max(now.day, question.period.from), question.period.to))
        let procedures = Set(all.keys).union(priced).map { code in
            Decision766.Procedure(
                code: code,
                nameVi: catalogue.schedule.procedures[code]?.nameVi ?? code,
                nameEn: catalogue.schedule.procedures[code]?.nameEn,
                hasFee: priced.contains(code),
                dossiers: all[code]?.dossiers ?? 0,
                paidOnline: all[code]?.paidOnline ?? 0,
                isOwedOnline: all[code] != nil || owed.isOwed(code)
            )
        }
        return Decision766(
            question: question,
            generatedAt: found.asOf,
            lines: lines,
            total: Decision766.Line(unit: nil, indicators: indicators),
            procedures: Decision766.ranked(procedures, indicators),
            area: ReportedArea(question.locality, catalogue.schedule)
        )
    }
}

/// Which procedures had a price above 0 in force in a period, and where.
private struct Prices {
    /// The localities of the prices; the empty code for a national one.
    private var localities: [String: Set<String>] = [:]

    init(_ catalogue: CatalogueInForce, _ period: ReportPeriod) {
        let span = Validity(from: period.from, to: period.to)
        for fee in catalogue.rows.fees where fee.validity.overlaps(span) {
            if case .flat = fee.calculation, fee.amount == .zero { continue }
            localities[fee.procedureCode, default: []].insert(fee.localityCode)
        }
    }

    var everywhere: Set<String> { Set(localities.keys) }

    /// The procedures with a national price, or a price of one of these units, of a unit above or of one below.
    func procedures(near units: [LocalityRow], _ tree: LocalityTree) -> Set<String> {
        var above: Set<String> = [""]
        for unit in units { above.formUnion(tree.chain(of: unit, on: unit.validity.from).map(\.code)) }
        let own = Set(units.map(\.code))
        return Set(
            localities.filter { _, codes in
                !codes.isDisjoint(with: above)
                    || codes.contains { code in
                        tree.units(code: code).contains { row in
                            tree.chain(of: row, on: row.validity.from).contains { own.contains($0.code) }
                        }
                    }
            }.keys
        )
    }
}
