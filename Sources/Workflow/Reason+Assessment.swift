public import Values

/// What a request is assessed by.
extension Reason {
    /// - Parameters:
    ///   - rule: the code of the reduction.
    ///   - benefit: what it takes off.
    public static func reductionApplied(_ rule: String, legalBasis: String, benefit: Money) -> Reason {
        Reason(.reductionApplied, [.rule: .text(rule), .legalBasis: .text(legalBasis), .benefit: .money(benefit)])
    }

    /// - Parameters: as of ``reductionApplied(_:legalBasis:benefit:)``.
    public static func discountApplied(_ rule: String, legalBasis: String, benefit: Money) -> Reason {
        Reason(.discountApplied, [.rule: .text(rule), .legalBasis: .text(legalBasis), .benefit: .money(benefit)])
    }

    public static func assessmentDayNotYours(_ day: Day) -> Reason { Reason(.assessmentDayNotYours, [.day: .day(day)]) }

    public static func assessmentDayAhead(_ day: Day) -> Reason { Reason(.assessmentDayAhead, [.day: .day(day)]) }

    /// - Parameter days: how many days back are allowed.
    public static func assessmentDayTooFarBack(_ day: Day, days: Int) -> Reason {
        Reason(.assessmentDayTooFarBack, [.day: .day(day), .days: .count(Int64(days))])
    }

    /// - Parameters:
    ///   - rule: the code of the reduction that the paper is needed for.
    ///   - benefit: what it takes off.
    public static func evidenceMissing(category: String, rule: String, legalBasis: String, benefit: Money) -> Reason {
        Reason(
            .evidenceMissing,
            [
                .category: .text(category), .rule: .text(rule), .legalBasis: .text(legalBasis),
                .benefit: .money(benefit),
            ]
        )
    }
}
