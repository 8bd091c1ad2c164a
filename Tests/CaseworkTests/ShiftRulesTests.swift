import Casework
import Testing
import Values
import Workflow

@Suite struct ShiftRulesTests {
    private static func shift(_ state: ShiftState = .open, counted: Int64? = nil) -> ShiftFacts {
        ShiftFacts(
            state: state,
            cashier: "person:mai",
            cashierName: "Mai",
            expected: Money(700_000),
            counted: counted.map { Money($0) }
        )
    }

    private func refusal(_ work: () throws -> Void) -> Reason.Code? {
        do {
            try work()
            return nil
        } catch { return (error as? Refusal)?.reason.code }
    }

    @Test func `the change is what was handed over less what is due, never less than nothing`() throws {
        #expect(try ShiftRules.change(received: Money(50_000), due: Money(20_000)) == Money(30_000))
        #expect(try ShiftRules.change(received: Money(20_000), due: Money(20_000)) == .zero)
        let low = refusal { _ = try ShiftRules.change(received: Money(19_999), due: Money(20_000)) }
        #expect(low == .cashTooLittle)
    }

    @Test func `a drawer that meets closes, and a difference is explained and waits`() throws {
        func close(_ counted: Int64, _ why: String?, _ state: ShiftState = .open) throws -> ShiftState {
            try ShiftRules.close(Self.shift(state), counted: Money(counted), explanation: why, by: "person:mai")
        }
        #expect(try close(700_000, nil) == .closed)
        #expect(try close(699_000, "thiếu tiền lẻ") == .counted)
        #expect(refusal { _ = try close(699_000, nil) } == .shiftUnexplained)
        // Counted again: right this time, or still not.
        #expect(try close(700_000, nil, .counted) == .closed)
        #expect(try close(701_000, "thừa", .counted) == .counted)
        #expect(refusal { _ = try close(700_000, nil, .closed) } == .shiftCannot)
        #expect(refusal { _ = try close(699_000, "x", .closed) } == .shiftCannot)
    }

    @Test func `nobody counts another's drawer, and nobody decides on the own difference`() throws {
        let other = refusal {
            _ = try ShiftRules.close(Self.shift(), counted: Money(700_000), explanation: nil, by: "person:lan")
        }
        #expect(other == .shiftOfAnother)
        let counted = Self.shift(.counted, counted: 690_000)
        #expect(try ShiftRules.approve(counted, by: "person:lan") == .closed)
        #expect(refusal { _ = try ShiftRules.approve(counted, by: "person:mai") } == .shiftOwnDifference)
        #expect(refusal { _ = try ShiftRules.approve(Self.shift(), by: "person:lan") } == .shiftCannot)
    }

    @Test func `a drawer gives back no more than it holds`() throws {
        try ShiftRules.giveBack(Self.shift(), amount: Money(700_000), by: "person:mai")
        let more = refusal { try ShiftRules.giveBack(Self.shift(), amount: Money(700_001), by: "person:mai") }
        #expect(more == .drawerHoldsLess)
        let closed = refusal { try ShiftRules.giveBack(Self.shift(.closed), amount: Money(1), by: "person:mai") }
        #expect(closed == .shiftCannot)
        let other = refusal { try ShiftRules.giveBack(Self.shift(), amount: Money(1), by: "person:lan") }
        #expect(other == .shiftOfAnother)
    }
}
