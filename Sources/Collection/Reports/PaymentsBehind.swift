import Values

/// What narrows the payments of a period down to those behind a figure; nothing narrows by itself.
public struct PaymentsBehind: Sendable, Hashable {
    /// The code of the agency that collected.
    public var agency: String?
    /// Payments with a line of this fee.
    public var feeCode: String?
    /// Of such a line, the budget code that it goes to.
    public var budgetCode: String?
    /// Payments with a line that a rule was applied to: `reduction` or `discount`.
    public var rule: String?
    public var ruleCode: String?
    /// From 1, Monday, to 7, in Vietnam.
    public var weekday: Int?
    /// From 0 to 23, in Vietnam.
    public var hour: Int?

    public init() {}

    /// Reads the parameters of an address.
    ///
    /// - Throws: `invalid-parameter` for a weekday or an hour that there is not.
    public init(_ parameter: (String) -> String?) throws {
        agency = parameter("agency")
        feeCode = parameter("fee")
        budgetCode = parameter("budget_code")
        rule = parameter("rule")
        ruleCode = parameter("rule_code")
        weekday = try PaymentsBehind.number(parameter("weekday"), "weekday", 1...7)
        hour = try PaymentsBehind.number(parameter("hour"), "hour", 0...23)
    }

    private static func number(_ text: String?, _ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw ServiceError(
                .invalidParameter,
                at: name,
                Phrase(
                    vi: "phải là số từ \(range.lowerBound) đến \(range.upperBound)",
                    en: "must be a number from \(range.lowerBound) to \(range.upperBound)"
                )
            )
        }
        return number
    }

    /// Whether the totals of the days count payments that are not behind the figure.
    var isFinerThanTotals: Bool { feeCode != nil || rule != nil || weekday != nil || hour != nil }

    /// Conditions on `r`, a payment request.
    ///
    /// - Parameter first: the number of the first of ``values``.
    static func conditions(first: Int) -> String {
        func at(_ place: Int) -> String { "$\(first + place)" }
        return """
            ($\(first)::text is null or r.agency_code = $\(first))
                and (\(at(1))::text is null or exists (select from json_array_elements(r.lines) l
                    where l->>'fee_code' = \(at(1)) and (\(at(2))::text is null or l->>'budget_code' = \(at(2)))))
                and (\(at(3))::text is null or exists (
                    select from json_array_elements(r.lines) l cross join json_array_elements(l->'applied') a
                    where a->>'rule' = \(at(3)) and (\(at(4))::text is null or a->>'code' = \(at(4)))))
                and (\(at(5))::integer is null
                    or extract(isodow from r.paid_at at time zone 'Asia/Ho_Chi_Minh') = \(at(5))::integer)
                and (\(at(6))::integer is null
                    or extract(hour from r.paid_at at time zone 'Asia/Ho_Chi_Minh') = \(at(6))::integer)
            """
    }
}
