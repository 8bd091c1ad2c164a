public import Values
public import Workflow

/// Who may do what in a cashier's shift, as docs/counter.md describes.
public enum ShiftRules {
    /// Takes cash: what goes back to the payer of what was handed over.
    public static func change(received: Money, due: Money) throws(Refusal) -> Money {
        guard received >= due else {
            throw Refusal(.field("/tendered"), .cashTooLittle(received: received, due: due))
        }
        return received - due
    }

    /// Counts the drawer. What holds as much as it should closes the shift; a difference is explained, and another person
    /// decides on it.
    public static func close(_ shift: ShiftFacts, counted: Money, explanation: String?, by person: String)
        throws(Refusal)
        -> ShiftState
    {
        try requireOwn(shift, by: person)
        guard counted != shift.expected else { return try ShiftState.next(after: shift.state, on: .close) }
        // What was counted wrong may be counted again.
        let next = shift.state == .counted ? .counted : try ShiftState.next(after: shift.state, on: .count)
        guard explanation != nil else {
            throw Refusal(.field("/explanation"), .shiftUnexplained(found: counted, expected: shift.expected))
        }
        return next
    }

    /// Decides on the difference of a shift: never the cashier.
    public static func approve(_ shift: ShiftFacts, by person: String) throws(Refusal) -> ShiftState {
        let next = try ShiftState.next(after: shift.state, on: .approve)
        guard shift.cashier != person else {
            let (low, high) = (
                min(shift.counted ?? .zero, shift.expected), max(shift.counted ?? .zero, shift.expected)
            )
            throw Refusal(.person, .shiftOwnDifference(high - low))
        }
        return next
    }

    /// Gives back out of the drawer.
    public static func giveBack(_ shift: ShiftFacts, amount: Money, by person: String) throws(Refusal) {
        try requireOwn(shift, by: person)
        guard shift.state == .open else { throw Refusal(.state, ShiftState.refusal(of: .count, in: shift.state)) }
        guard amount <= shift.expected else {
            throw Refusal(.state, .drawerHoldsLess(amount: amount, expected: shift.expected))
        }
    }

    private static func requireOwn(_ shift: ShiftFacts, by person: String) throws(Refusal) {
        guard shift.cashier == person else { throw Refusal(.person, .shiftOfAnother(actor: shift.cashierName)) }
    }
}
