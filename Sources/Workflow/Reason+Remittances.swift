public import Values

/// Why an order to the State Treasury is not made, approved or taken.
extension Reason {
    /// - Parameter day: by the end of which nothing is to be remitted.
    public static func nothingToRemit(by day: Day) -> Reason { Reason(.nothingToRemit, [.day: .day(day)]) }

    /// - Parameter name: of the fee that the catalogue names no sub-item for.
    public static func remittanceWithoutCode(_ name: String) -> Reason {
        Reason(.remittanceWithoutCode, [.name: .text(name)])
    }

    public static func remittanceTooLong(_ lines: Int) -> Reason {
        Reason(.remittanceTooLong, [.lines: .count(Int64(lines))])
    }

    /// More than is left is to be remitted: something went back to a payer since.
    ///
    /// - Parameters:
    ///   - code: the sub-item.
    ///   - by: by how much.
    public static func remittanceExceeds(_ order: String, code: String, by excess: Money) -> Reason {
        Reason(.remittanceExceeds, [.reference: .text(order), .category: .text(code), .excess: .money(excess)])
    }

    public static func agencyRemitsElsewhere(_ agency: String) -> Reason {
        Reason(.agencyRemitsElsewhere, [.agency: .text(agency)])
    }

    public static func remitsSince(_ agency: String, _ day: Day) -> Reason {
        Reason(.remitsSince, [.agency: .text(agency), .day: .day(day)])
    }

    /// - Parameter order: its mark.
    public static func makerCannotApprove(_ order: String) -> Reason {
        Reason(.makerCannotApprove, [.reference: .text(order)])
    }

    public static func approverCannotTakeOrder(_ order: String) -> Reason {
        Reason(.approverCannotTakeOrder, [.reference: .text(order)])
    }

    public static func takerCannotReturn(_ order: String) -> Reason {
        Reason(.takerCannotReturn, [.reference: .text(order)])
    }

    public static func orderNotTaken(_ order: String) -> Reason { Reason(.orderNotTaken, [.reference: .text(order)]) }

    /// The line carries the order's mark.
    public static func remittanceNamedByLine(_ order: String, amount: Money) -> Reason {
        Reason(.remittanceNamedByLine, [.reference: .text(order), .amount: .money(amount)])
    }

    /// The line's memo has the rows of one order.
    public static func remittanceFoundByRows(_ order: String, amount: Money) -> Reason {
        Reason(.remittanceFoundByRows, [.reference: .text(order), .amount: .money(amount)])
    }

    /// - Parameters:
    ///   - amount: what should be with the Treasury.
    ///   - at: when the first of it was due.
    public static func remittanceOverdue(_ agency: String, amount: Money, at: Instant) -> Reason {
        Reason(.remittanceOverdue, [.agency: .text(agency), .amount: .money(amount), .at: .instant(at)])
    }
}
