import FeeSchedule
public import Values

/// The catalogue in force as portals read it: agencies, procedures, prices and categories of payers, page by page.
public struct CatalogueLists: Sendable {
    /// A page of a list.
    public struct Page: Sendable {
        public let items: [JSON]
        /// The key of the last item, where others may follow.
        public let next: String?
        /// The version that it was read of.
        public let version: Int32

        public var json: JSON {
            [
                "items": .array(items), "next_cursor": .optional(next), "version": .integer(Int64(version)),
            ]
        }
    }

    /// Where a page begins and how long it is.
    public struct Cut: Sendable {
        let after: String?
        let limit: Int

        /// - Parameters:
        ///   - after: the `next_cursor` of the page before; `nil` for the first page.
        ///   - limit: 1 to 500.
        public init(after: String?, limit: Int) throws {
            self.after = after
            self.limit = try Paging.check(limit)
        }
    }

    private let tariff: Tariff

    public init(tariff: Tariff) { self.tariff = tariff }

    /// The version in force, of which every list is made.
    public func version() async throws -> Int32 { try await tariff.current().version }

    func current() async throws -> CatalogueInForce { try await tariff.current() }

    /// Cuts a page out of rows, whose keys are in the order of their characters.
    func page<Row>(
        _ rows: [Row],
        _ cut: Cut,
        _ version: Int32,
        key: (Row) -> String,
        _ json: (Row) -> JSON
    ) -> Page {
        let keyed = rows.map { (key: key($0), row: $0) }.filter { row in cut.after.map { row.key > $0 } ?? true }
            .sorted { $0.key < $1.key }
        let shown = keyed.prefix(cut.limit)
        return Page(
            items: shown.map { json($0.row) },
            next: keyed.count > cut.limit ? shown.last?.key : nil,
            version: version
        )
    }

    /// The agencies that collect, by code.
    ///
    /// - Parameter locality: those of it and of the units below it alone; `nil` for all.
    /// - Throws: `invalid-parameter` for a locality that there is not.
    public func agencies(under locality: String?, on day: Day, _ cut: Cut) async throws -> Page {
        let catalogue = try await tariff.current()
        let schedule = catalogue.schedule
        if let locality, !schedule.localities.knows(code: locality) {
            throw ServiceError(.invalidParameter, at: "locality", .unknownLocality(locality))
        }
        let rows = catalogue.rows.agencies.filter { agency in
            guard let locality else { return true }
            guard let unit = schedule.unit(ofAgency: agency.code, on: day) else { return false }
            return schedule.localities.chain(of: unit, on: day).contains { $0.code == locality }
        }
        return page(rows, cut, catalogue.version, key: \.code) { agency in
            let unit = schedule.unit(ofAgency: agency.code, on: day)
            return [
                "code": .string(agency.code), "name_vi": .string(agency.nameVi), "name_en": .string(agency.nameEn),
                "locality_code": .optional(unit?.code), "locality_name_vi": .optional(unit?.nameVi),
                "locality_name_en": .optional(unit?.nameEn),
            ]
        }
    }

    /// The procedures, by national code.
    ///
    /// - Parameter field: those of one field alone; `nil` for all.
    public func procedures(of field: String?, _ cut: Cut) async throws -> Page {
        let catalogue = try await tariff.current()
        let rows = catalogue.rows.procedures.filter { row in field.map { row.fieldVi == $0 } ?? true }
        return page(rows, cut, catalogue.version, key: \.code) { procedure in
            [
                "code": .string(procedure.code), "name_vi": .string(procedure.nameVi),
                "name_en": .string(procedure.nameEn), "field_vi": .string(procedure.fieldVi),
            ]
        }
    }

    /// The categories of payers that a reduction is in force for on a day, by code, each with its reductions.
    public func categories(on day: Day, _ cut: Cut) async throws -> Page {
        let catalogue = try await tariff.current()
        let rows = catalogue.rows.reductions.filter { !$0.payerCategory.isEmpty && $0.validity.contains(day) }
        let grouped = Dictionary(grouping: rows, by: \.payerCategory).map { (code: $0.key, rows: $0.value) }
        return page(grouped, cut, catalogue.version, key: \.code) { category in
            let sorted = category.rows.sorted { $0.reductionCode < $1.reductionCode }
            return ["code": .string(category.code), "reductions": .array(sorted.map(\.json))]
        }
    }
}

extension ReductionRow {
    fileprivate var json: JSON {
        [
            "reduction_code": .string(reductionCode), "percent": .integer(percent),
            "kind": .optional(scope.kind?.rawValue), "procedure_code": .named(scope.procedureCode),
            "fee_code": .named(scope.feeCode), "locality_code": .named(scope.localityCode),
            "valid_from": .text(validity.from), "valid_to": .optional(validity.to?.description),
            "legal_basis": .string(legalBasis),
        ]
    }
}

extension JSON {
    /// A code; `null` where an empty one means any.
    static func named(_ code: String) -> JSON { code.isEmpty ? .null : .string(code) }
}
