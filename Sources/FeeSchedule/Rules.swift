import Values

extension FeeRow {
    /// Whether it is a percent of a value, which whoever asks for it must name.
    public var isPercent: Bool {
        if case .percent = calculation { return true }
        return false
    }

    /// The price of one unit and the line's list amount, raised to the minimum and then lowered to the maximum.
    func listAmount(
        _ item: AssessmentRequest.Item,
        at pointer: String
    ) throws(AssessmentError) -> (unit: Money, list: Money) {
        guard (1...AssessmentRequest.maximumQuantity).contains(item.quantity) else {
            throw AssessmentError(
                pointer: pointer + "/quantity",
                reason: Phrase(
                    vi: "phải là số nguyên từ 1 đến \(AssessmentRequest.maximumQuantity)",
                    en: "must be a whole number from 1 to \(AssessmentRequest.maximumQuantity)"
                )
            )
        }
        if !isPercent, item.baseAmount != nil {
            throw AssessmentError(
                pointer: pointer + "/base_amount",
                reason: Phrase(
                    vi: "được nêu cho \(feeCode), là khoản không tính theo tỷ lệ: hãy bỏ đi",
                    en: "is given for \(feeCode), which is not a percent fee: leave it out"
                )
            )
        }
        let tooLarge = AssessmentError(
            pointer: pointer + "/quantity",
            reason: Phrase(
                vi: "làm khoản này vượt quá \(Money.maximum) đồng",
                en: "makes the line cost more than \(Money.maximum) đồng"
            )
        )
        let list: Money
        var unit = amount
        switch calculation {
        case .flat:
            guard let product = amount.times(item.quantity) else { throw tooLarge }
            list = product
        case .tiered(let tiers):
            guard let bounded = FeeRow.sum(tiers, item.quantity) else { throw tooLarge }
            guard let sum = bounded else {
                throw AssessmentError(
                    pointer: pointer + "/quantity",
                    reason: Phrase(
                        vi: "vượt quá số lượng có giá của khoản thu \(feeCode)",
                        en: "is more than the fee \(feeCode) has prices for"
                    )
                )
            }
            list = sum
            unit = tiers[0].price
        case .percent(let percent):
            list = try base(of: item, at: pointer).share(percent, of: 100_000_000)
            unit = list
        }
        let raised = minimum.map { max($0, list) } ?? list
        let bounded = maximum.map { min($0, raised) } ?? raised
        return (isPercent ? bounded : unit, bounded)
    }

    /// The base amount of a percent fee.
    private func base(of item: AssessmentRequest.Item, at pointer: String) throws(AssessmentError) -> Money {
        guard item.quantity == 1 else {
            throw AssessmentError(
                pointer: pointer + "/quantity",
                reason: Phrase(
                    vi: "phải là 1: \(feeCode) tính theo tỷ lệ của base_amount",
                    en: "must be 1: \(feeCode) is a percent of base_amount"
                )
            )
        }
        guard let base = item.baseAmount else {
            throw AssessmentError(
                pointer: pointer + "/base_amount",
                reason: Phrase(
                    vi: "còn thiếu: \(feeCode) tính theo tỷ lệ của số này, bằng đồng",
                    en: "is missing: \(feeCode) is a percent of it, in đồng"
                )
            )
        }
        return base
    }

    /// The sum over the units; `nil` beyond the largest amount, an inner `nil` beyond the last tier.
    private static func sum(_ tiers: [Tier], _ quantity: Int64) -> Money?? {
        var total = Money.zero
        for tier in tiers where tier.first <= quantity {
            let count = min(tier.last ?? quantity, quantity) - tier.first + 1
            guard let part = tier.price.times(count), let sum = Money(validating: total.dong + part.dong) else {
                return nil
            }
            total = sum
        }
        if let last = tiers.last?.last, quantity > last { return .some(nil) }
        return total
    }
}

extension ReductionRow {
    func applied(to list: Money) -> AppliedRule {
        AppliedRule(
            rule: .reduction,
            code: reductionCode,
            benefit: list.share(percent, of: 100),
            legalBasis: legalBasis,
            validTo: validity.to,
            payerCategory: payerCategory.isEmpty ? nil : payerCategory
        )
    }
}

extension DiscountRow {
    /// The benefit on an amount: never below 0, never above the amount.
    func applied(to amount: Money, quantity: Int64) -> AppliedRule {
        // Values and quantities are bounded, so the product fits Int128 and is cut to the amount before it is narrowed.
        let product = Int128(value) * Int128(quantity)
        let raw: Int128 =
            switch method {
            case .percent: Int128(amount.share(value, of: 100).dong)
            case .amountOff: product
            case .fixedAmount: Int128(amount.dong) - product
            }
        let benefit = Money(Int64(max(0, min(raw, Int128(amount.dong)))))
        return AppliedRule(
            rule: .discount,
            code: discountCode,
            benefit: benefit,
            legalBasis: legalBasis,
            validTo: validity.to
        )
    }

    /// The order in which cumulative discounts apply: by code, then by days, so that it is deterministic.
    static func comesFirst(_ left: DiscountRow, _ right: DiscountRow) -> Bool {
        if left.discountCode != right.discountCode { return left.discountCode.precedes(right.discountCode) }
        return left.key.joined(separator: "\u{1F}").precedes(right.key.joined(separator: "\u{1F}"))
    }
}

extension AppliedRule {
    /// Larger benefit first, then a reduction before a discount, then the lower code, then the earlier end, so that the
    /// choice between two rows of one code does not depend on their order in the file.
    static func isBetter(_ left: AppliedRule, _ right: AppliedRule) -> Bool {
        if left.benefit != right.benefit { return left.benefit > right.benefit }
        if left.rule != right.rule { return left.rule == .reduction }
        if left.code != right.code { return left.code.precedes(right.code) }
        return (left.validTo?.daysSinceEpoch ?? .max) < (right.validTo?.daysSinceEpoch ?? .max)
    }
}

extension String {
    /// Orders by bytes, as PostgreSQL's "C" collation does, in every locale.
    func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
