public import Values

/// A catalogue in force, indexed for assessment in memory. Immutable; a new import creates a new one.
public struct Schedule: Sendable {
    public let localities: LocalityTree
    public let agencies: [String: AgencyRow]
    public let procedures: [String: ProcedureRow]
    public let targets: [TargetRow]
    private let feesByProcedure: [String: [String]]
    private let feesByCode: [String: [FeeRow]]
    private let reductions: RuleIndex<ReductionRow>
    private let discounts: RuleIndex<DiscountRow>
    /// When a reduction for a category of payers is in force, by category.
    let payerCategoryValidities: [String: [Validity]]

    /// Requires rows in which ``CatalogueValidator`` found no fault.
    public init(_ rows: CatalogueRows) {
        localities = LocalityTree(rows.localities)
        agencies = Dictionary(rows.agencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        procedures = Dictionary(rows.procedures.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        targets = rows.targets
        feesByProcedure = Dictionary(grouping: rows.fees, by: \.procedureCode).mapValues { fees in
            Set(fees.map(\.feeCode)).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        }
        feesByCode = Dictionary(grouping: rows.fees, by: \.feeCode)
        reductions = RuleIndex(rows.reductions)
        discounts = RuleIndex(rows.discounts)
        payerCategoryValidities = Dictionary(grouping: rows.reductions.filter { !$0.payerCategory.isEmpty }) {
            $0.payerCategory
        }.mapValues { $0.map(\.validity) }
    }

    /// The national code of a procedure: the first two parts of `1.002820.000.00.00.H62`.
    public static func nationalCode(_ code: String) -> String {
        code.split(separator: ".", omittingEmptySubsequences: false).prefix(2).joined(separator: ".")
    }

    /// The agency's unit on a day; `nil` if its code had not begun.
    public func unit(ofAgency code: String, on day: Day) -> LocalityRow? {
        agencies[code].flatMap { localities.unit(ofCode: $0.localityCode, on: day) }
    }

    /// Works out what is owed.
    public func assess(_ request: AssessmentRequest) throws(AssessmentError) -> Assessment {
        guard let agency = agencies[request.agencyCode] else {
            throw AssessmentError(
                pointer: "/agency_code",
                reason: Phrase(
                    vi: "không có cơ quan nào mang mã “\(request.agencyCode.prefix(64))”",
                    en: "no agency has the code “\(request.agencyCode.prefix(64))”"
                )
            )
        }
        let code = Schedule.nationalCode(request.procedureCode)
        guard let procedure = procedures[code] else {
            throw AssessmentError(
                pointer: "/procedure_code",
                reason:
                    Phrase(
                        vi:
                            "không có thủ tục nào mang mã quốc gia “\(code.prefix(64))”: gửi dạng N.NNNNNN, có hoặc không có phần đuôi",
                        en:
                            "no procedure has the national code “\(code.prefix(64))”: send it as N.NNNNNN, with or without its suffix"
                    )
            )
        }
        guard let unit = localities.unit(ofCode: agency.localityCode, on: request.day) else {
            throw AssessmentError(
                pointer: "/agency_code",
                reason: Phrase(
                    vi: "cơ quan không thuộc địa bàn nào tồn tại vào ngày \(request.day.formatted)",
                    en: "the agency belongs to no locality that existed on \(request.day.formatted)"
                )
            )
        }
        let chain = localities.chain(of: unit, on: request.day).map(\.code)
        let context = Context(
            chain: chain,
            day: request.day,
            channel: request.channel,
            payerCategory: request.payerCategory ?? ""
        )
        var lines: [AssessedLine] = []
        if let items = request.items {
            try check(items)
            for (index, item) in items.enumerated() {
                lines.append(try assess(item, at: "/items/\(index)", procedure: code, context))
            }
        } else {
            for feeCode in feesByProcedure[code] ?? [] {
                // A percent fee needs a base amount, so only a request that names the fee can include it.
                guard let fee = price(of: feeCode, context), fee.procedureCode == code, !fee.isPercent else { continue }
                lines.append(try line(fee, AssessmentRequest.Item(feeCode: feeCode), at: "/items", context))
            }
        }
        let total = lines.reduce(into: Int64(0)) { $0 += $1.listAmount.dong }
        guard total <= Money.maximum.dong else {
            throw AssessmentError(
                pointer: "/items",
                reason: Phrase(
                    vi: "tổng cộng vượt quá \(Money.maximum) đồng",
                    en: "together cost more than \(Money.maximum) đồng"
                )
            )
        }
        return Assessment(agency: agency, procedure: procedure, unit: unit, day: request.day, lines: lines)
    }

    private func check(_ items: [AssessmentRequest.Item]) throws(AssessmentError) {
        guard !items.isEmpty else {
            throw AssessmentError(
                pointer: "/items",
                reason: Phrase(
                    vi: "đang trống: hãy nêu một khoản thu, hoặc bỏ items để tính tất cả",
                    en: "is empty: name a fee, or leave items out for all of them"
                )
            )
        }
        guard items.count <= AssessmentRequest.maximumItems else {
            throw AssessmentError(
                pointer: "/items",
                reason: Phrase(
                    vi: "có hơn \(AssessmentRequest.maximumItems) mục: hãy chia yêu cầu",
                    en: "has more than \(AssessmentRequest.maximumItems) items: split the request"
                )
            )
        }
    }

    private func assess(
        _ item: AssessmentRequest.Item,
        at pointer: String,
        procedure: String,
        _ context: Context
    ) throws(AssessmentError) -> AssessedLine {
        guard feesByCode[item.feeCode] != nil else {
            throw AssessmentError(
                pointer: pointer + "/fee_code",
                reason: Phrase(
                    vi: "không có khoản thu nào mang mã “\(item.feeCode.prefix(64))”",
                    en: "no fee has the code “\(item.feeCode.prefix(64))”"
                )
            )
        }
        guard let fee = price(of: item.feeCode, context) else {
            throw AssessmentError(
                pointer: pointer + "/fee_code",
                reason: Phrase(
                    vi:
                        "khoản thu \(item.feeCode) không có mức thu còn hiệu lực vào ngày \(context.day.formatted) cho cơ quan này",
                    en: "the fee \(item.feeCode) has no price in force on \(context.day.formatted) for this agency"
                )
            )
        }
        guard fee.procedureCode == procedure else {
            throw AssessmentError(
                pointer: pointer + "/fee_code",
                reason: Phrase(
                    vi: "khoản thu \(item.feeCode) thuộc thủ tục \(fee.procedureCode), không thuộc \(procedure)",
                    en: "the fee \(item.feeCode) belongs to the procedure \(fee.procedureCode), not to \(procedure)"
                )
            )
        }
        return try line(fee, item, at: pointer, context)
    }

    /// Whether a price of the procedure, in any place, is a percent of a value on the day.
    public func hasPercentFee(_ procedure: String, on day: Day) -> Bool {
        (feesByProcedure[procedure] ?? []).contains { code in
            (feesByCode[code] ?? []).contains { $0.isPercent && $0.validity.contains(day) }
        }
    }

    /// The fees of a procedure that have a price at an agency on a day, with that price, in the order of their codes: all
    /// that may be asked for, percent fees and alternatives to each other among them.
    ///
    /// - Parameter procedureCode: national, or in full with its suffix.
    /// - Returns: nothing for an agency or a procedure that is not known.
    public func fees(of procedureCode: String, at agencyCode: String, on day: Day) -> [FeeRow] {
        guard let unit = unit(ofAgency: agencyCode, on: day) else { return [] }
        let code = Schedule.nationalCode(procedureCode)
        let chain = localities.chain(of: unit, on: day).map(\.code)
        let context = Context(chain: chain, day: day, channel: .counterCash, payerCategory: "")
        return (feesByProcedure[code] ?? []).compactMap { price(of: $0, context) }.filter { $0.procedureCode == code }
    }

    /// The price in force nearest to the agency: that of its own unit, then of each unit above, then the national one.
    func price(of feeCode: String, _ context: Context) -> FeeRow? {
        var best: (rank: Int, fee: FeeRow)?
        for fee in feesByCode[feeCode] ?? [] where fee.validity.contains(context.day) {
            guard let rank = context.rank(of: fee.localityCode) else { continue }
            if best.map({ rank < $0.rank }) ?? true { best = (rank, fee) }
        }
        return best?.fee
    }

    private func line(
        _ fee: FeeRow,
        _ item: AssessmentRequest.Item,
        at pointer: String,
        _ context: Context
    ) throws(AssessmentError) -> AssessedLine {
        let (unitAmount, list) = try fee.listAmount(item, at: pointer)
        var remaining = list
        var applied: [AppliedRule] = []
        func apply(_ rule: AppliedRule) {
            guard rule.benefit > .zero else { return }
            applied.append(rule)
            remaining -= rule.benefit
        }
        let reductions = reductions.candidates(fee).filter {
            $0.validity.contains(context.day) && context.covers($0.scope, fee)
                && ($0.payerCategory.isEmpty || $0.payerCategory == context.payerCategory)
        }
        let discounts = discounts.candidates(fee).filter {
            $0.validity.contains(context.day) && context.covers($0.scope, fee) && $0.channels.contains(context.channel)
        }
        let single =
            reductions.map { $0.applied(to: list) }
            + discounts.filter { !$0.cumulative }.map { $0.applied(to: list, quantity: item.quantity) }
        if let best = single.min(by: AppliedRule.isBetter) { apply(best) }
        for discount in discounts.filter(\.cumulative).sorted(by: DiscountRow.comesFirst) {
            apply(discount.applied(to: remaining, quantity: item.quantity))
        }
        return AssessedLine(
            fee: fee,
            unitAmount: unitAmount,
            quantity: item.quantity,
            baseAmount: item.baseAmount,
            listAmount: list,
            applied: applied,
            payable: remaining
        )
    }
}

extension ReductionRow: ScopedRule {}

extension DiscountRow: ScopedRule {}
