public import Values

/// Why a cashier's shift does not take, give back or end.
extension Reason {
    /// Cash was to be taken, and the cashier has no open shift at this agency's drawer.
    public static func shiftNeeded(_ agency: String) -> Reason { Reason(.shiftNeeded, [.agency: .text(agency)]) }

    public static func shiftOpenAlready(_ agency: String) -> Reason {
        Reason(.shiftOpenAlready, [.agency: .text(agency)])
    }

    /// - Parameter actor: whose shift it is.
    public static func shiftOfAnother(actor: String) -> Reason { Reason(.shiftOfAnother, [.actor: .text(actor)]) }

    /// - Parameters:
    ///   - received: what the payer handed over.
    ///   - due: what is to be paid.
    public static func cashTooLittle(received: Money, due: Money) -> Reason {
        Reason(.cashTooLittle, [.received: .money(received), .due: .money(due)])
    }

    /// - Parameters:
    ///   - found: what was counted.
    ///   - expected: what should be there.
    public static func shiftUnexplained(found: Money, expected: Money) -> Reason {
        Reason(.shiftUnexplained, [.found: .money(found), .expected: .money(expected)])
    }

    /// - Parameter difference: of the drawer, never negative.
    public static func shiftOwnDifference(_ difference: Money) -> Reason {
        Reason(.shiftOwnDifference, [.difference: .money(difference)])
    }

    /// - Parameters:
    ///   - amount: what was to be carried to the bank.
    ///   - expected: what the shifts hold beyond their floats.
    public static func depositDiffers(amount: Money, expected: Money) -> Reason {
        Reason(.depositDiffers, [.amount: .money(amount), .expected: .money(expected)])
    }

    public static func shiftDeposited(amount: Money) -> Reason { Reason(.shiftDeposited, [.amount: .money(amount)]) }

    /// - Parameter refund: its mark.
    public static func refundNotByHand(_ refund: String) -> Reason {
        Reason(.refundNotByHand, [.refund: .text(refund)])
    }

    /// - Parameter expected: what the drawer holds.
    public static func drawerHoldsLess(amount: Money, expected: Money) -> Reason {
        Reason(.drawerHoldsLess, [.amount: .money(amount), .expected: .money(expected)])
    }
}
