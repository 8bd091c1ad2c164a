import Values

extension CatalogueFile {
    /// The columns a file must have.
    public var requiredColumns: [String] {
        switch self {
        case .localities:
            ["code", "valid_from", "valid_to", "level", "parent_code", "name_vi", "name_en", "successor_code"]
        case .agencies:
            ["code", "name_vi", "name_en", "locality_code", "bank_bin", "account_number", "account_name"]
        case .procedures: ["code", "name_vi", "name_en", "field_vi"]
        case .fees:
            [
                "fee_code", "procedure_code", "kind", "name_vi", "name_en", "unit", "amount", "locality_code",
                "valid_from",
                "valid_to", "legal_basis", "budget_code",
            ]
        case .reductions:
            [
                "reduction_code", "payer_category", "kind", "procedure_code", "fee_code", "locality_code", "percent",
                "valid_from", "valid_to", "legal_basis",
            ]
        case .discounts:
            [
                "discount_code", "channels", "kind", "procedure_code", "fee_code", "locality_code", "method", "value",
                "cumulative", "valid_from", "valid_to", "legal_basis",
            ]
        case .targets: ["locality_code", "year", "indicator", "target_percent"]
        }
    }

    /// The columns a file may have.
    public var optionalColumns: [String] {
        self == .fees
            ? [
                "calculation", "tiers", "percent", "minimum", "maximum", "retained_percent", "refund_policy", "chapter",
                "remittance", "treasury_account",
            ] : []
    }

    /// All columns, in the order `export` writes them.
    public var columns: [String] { requiredColumns + optionalColumns }
}

extension LocalityRow: CatalogueRow {
    public static var file: CatalogueFile { .localities }
    public var key: [String] { [code, validity.from.description] }
    public var fields: [String] {
        [code] + validity.fields + [level.rawValue, parentCode, nameVi, nameEn, successorCodes.joined(separator: ";")]
    }
    public var withoutEnd: LocalityRow {
        var row = self
        row.validity = Validity(from: validity.from, to: nil)
        row.successorCodes = []
        return row
    }
}

extension AgencyRow: CatalogueRow {
    public static var file: CatalogueFile { .agencies }
    public var key: [String] { [code] }
    public var fields: [String] { [code, nameVi, nameEn, localityCode, bankBIN, accountNumber, accountName] }
    public var withoutEnd: AgencyRow { self }
}

extension ProcedureRow: CatalogueRow {
    public static var file: CatalogueFile { .procedures }
    public var key: [String] { [code] }
    public var fields: [String] { [code, nameVi, nameEn, fieldVi] }
    public var withoutEnd: ProcedureRow { self }
}

extension FeeRow: CatalogueRow {
    public static var file: CatalogueFile { .fees }
    public var key: [String] { [feeCode, localityCode, validity.from.description] }
    public var fields: [String] {
        [feeCode, procedureCode, kind.rawValue, nameVi, nameEn, unit, amount.description, localityCode]
            + validity.fields + [legalBasis, budgetCode, calculation.name, tiersText, percentText]
            + [
                minimum?.description ?? "", maximum?.description ?? "",
                retained.map { Decimals.format($0, places: 2) } ?? "", refundPolicy?.rawValue ?? "",
                chapter, remittance?.rawValue ?? "", treasuryAccount?.rawValue ?? "",
            ]
    }
    public var withoutEnd: FeeRow {
        var row = self
        row.validity = Validity(from: validity.from, to: nil)
        return row
    }

    /// The tiers as the file writes them, `1-2:2000;3-:1000`.
    public var tiersText: String {
        guard case .tiered(let tiers) = calculation else { return "" }
        return tiers.map { "\($0.first)-\($0.last.map(String.init) ?? ""):\($0.price)" }.joined(separator: ";")
    }

    public var percentText: String {
        guard case .percent(let percent) = calculation else { return "" }
        return Decimals.format(percent, places: 6)
    }

    public var retainedText: String { retained.map { Decimals.format($0, places: 2) } ?? "" }
}

extension ReductionRow: CatalogueRow {
    public static var file: CatalogueFile { .reductions }
    public var key: [String] { [reductionCode, payerCategory] + scope.fields + [validity.from.description] }
    public var fields: [String] {
        [reductionCode, payerCategory] + scope.fields + [String(percent)] + validity.fields + [legalBasis]
    }
    public var withoutEnd: ReductionRow {
        var row = self
        row.validity = Validity(from: validity.from, to: nil)
        return row
    }
}

extension DiscountRow: CatalogueRow {
    public static var file: CatalogueFile { .discounts }
    public var key: [String] { [discountCode, channelsText] + scope.fields + [validity.from.description] }
    public var fields: [String] {
        [discountCode, channelsText] + scope.fields
            + [method.rawValue, String(value), cumulative ? "true" : "false"] + validity.fields + [legalBasis]
    }
    public var withoutEnd: DiscountRow {
        var row = self
        row.validity = Validity(from: validity.from, to: nil)
        return row
    }
    private var channelsText: String { channels.map(\.rawValue).joined(separator: ";") }
}

extension TargetRow: CatalogueRow {
    public static var file: CatalogueFile { .targets }
    public var key: [String] { [localityCode, String(year), indicator.rawValue] }
    public var fields: [String] { [localityCode, String(year), indicator.rawValue, targetText] }
    public var withoutEnd: TargetRow { self }

    /// The percent as the file writes it.
    public var targetText: String { Decimals.format(target, places: 2) }
}

extension Validity {
    var fields: [String] { [from.description, to?.description ?? ""] }
}

extension Scope {
    var fields: [String] { [kind?.rawValue ?? "", procedureCode, feeCode, localityCode] }
}
