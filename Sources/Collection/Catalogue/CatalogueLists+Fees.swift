import FeeSchedule
public import Values

extension CatalogueLists {
    /// What narrows the prices down.
    public struct FeeFilter: Sendable {
        /// Prices in force on this day.
        public var day: Day
        /// The code of a procedure, national or whole.
        public var procedure: String?
        /// Of each fee the price that this agency collects by.
        public var agency: String?

        public init(day: Day, procedure: String? = nil, agency: String? = nil) {
            self.day = day
            self.procedure = procedure
            self.agency = agency
        }
    }

    /// The prices in force on a day, by fee, locality and first day.
    ///
    /// - Throws: `invalid-parameter` for an agency that there is not.
    public func fees(_ filter: FeeFilter, _ cut: Cut) async throws -> Page {
        let catalogue = try await current()
        let procedure = filter.procedure.map(Schedule.nationalCode)
        var rows = catalogue.rows.fees.filter { row in
            row.validity.contains(filter.day) && procedure.map { row.procedureCode == $0 } ?? true
        }
        if let agency = filter.agency {
            rows = try CatalogueLists.nearest(rows, agency, filter.day, catalogue.schedule)
        }
        return page(
            rows,
            cut,
            catalogue.version,
            key: { "\($0.feeCode)|\($0.localityCode)|\($0.validity.from)" },
            \.json
        )
    }

    /// Of each fee the row whose locality is nearest to the agency's, as an assessment takes it.
    private static func nearest(_ rows: [FeeRow], _ agency: String, _ day: Day, _ schedule: Schedule) throws -> [FeeRow]
    {
        guard let unit = schedule.unit(ofAgency: agency, on: day) else {
            throw ServiceError(
                .invalidParameter,
                at: "agency",
                Phrase(vi: "không có cơ quan này vào ngày đó", en: "there is no such agency on that day")
            )
        }
        // The nearest locality first, and what holds everywhere last.
        let chain = schedule.localities.chain(of: unit, on: day).map(\.code) + [""]
        return Dictionary(grouping: rows, by: \.feeCode).values.compactMap { rows in
            rows.compactMap { row in chain.firstIndex(of: row.localityCode).map { ($0, row) } }
                .min { $0.0 < $1.0 }?.1
        }
    }
}

extension FeeRow {
    fileprivate var json: JSON {
        var percent: JSON = .null
        var tiers: JSON = .null
        switch calculation {
        case .flat: break
        case .percent: percent = .string(percentText)
        case .tiered(let all):
            tiers = .array(
                all.map { tier in
                    [
                        "from": .integer(tier.first), "to": tier.last.map { .integer($0) } ?? .null,
                        "price": .money(tier.price),
                    ]
                }
            )
        }
        return [
            "fee_code": .string(feeCode), "procedure_code": .string(procedureCode), "kind": .string(kind.rawValue),
            "name_vi": .string(nameVi), "name_en": .string(nameEn), "unit": .string(unit), "amount": .money(amount),
            "calculation": .string(calculation.name), "tiers": tiers, "percent": percent,
            "minimum": minimum.map { .money($0) } ?? .null, "maximum": maximum.map { .money($0) } ?? .null,
            "locality_code": .named(localityCode), "valid_from": .text(validity.from),
            "valid_to": .optional(validity.to?.description), "legal_basis": .string(legalBasis),
            "refund_policy": .optional(refundPolicy?.rawValue),
        ]
    }
}
