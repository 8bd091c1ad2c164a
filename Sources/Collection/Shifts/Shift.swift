public import Casework
import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A cashier's shift at the drawer of one agency, with what it comes to.
public struct Shift: Sendable {
    /// What was taken by one channel.
    public struct Sum: Sendable, Hashable {
        public let channel: String
        public let count: Int64
        public let amount: Money
    }

    public let id: Int64
    public let agencyCode: String
    public let cashier: UUID
    public let cashierName: String
    public let state: ShiftState
    /// What the drawer held at the beginning.
    public let float: Money
    public let openedAt: Instant
    /// The float, what was taken in cash, less what was given back: as it is now, or was when the drawer was counted.
    public let expected: Money
    public let counted: Money?
    public let explanation: String?
    public let countedAt: Instant?
    public let approvedByName: String?
    public let approvalNote: String?
    public let closedAt: Instant?
    /// What was taken, by channel.
    public let sums: [Sum]
    public let givenBack: Money
    /// The last count.
    public let count: CashCount?
    public let deposit: CashDeposit?

    /// What was counted less what should have been there; `nil` before the count.
    public var difference: Money? { counted.map { $0 - expected } }

    /// What is to be carried to the bank: what was counted beyond the float; never below 0.
    public var toDeposit: Money { counted.map { max($0 - float, .zero) } ?? .zero }

    public func isOf(_ person: Person) -> Bool { person.personID == cashier }

    var facts: ShiftFacts {
        ShiftFacts(
            state: state,
            cashier: Person(cashier, name: cashierName).id,
            cashierName: cashierName,
            expected: expected,
            counted: counted
        )
    }

    /// The answer of the API.
    public var json: JSON {
        [
            "id": .integer(id), "agency_code": .string(agencyCode), "cashier": .string(cashierName),
            "state": .string(state.rawValue), "float": .money(float), "opened_at": .text(openedAt),
            "expected_cash": .money(expected), "counted_cash": counted.map { .money($0) } ?? .null,
            "difference": difference.map { .money($0) } ?? .null, "explanation": .optional(explanation),
            "counted_at": .optional(countedAt?.description), "approved_by": .optional(approvedByName),
            "approval_note": .optional(approvalNote), "closed_at": .optional(closedAt?.description),
            "taken": .array(
                sums.map { sum in
                    ["channel": .string(sum.channel), "count": .integer(sum.count), "amount": .money(sum.amount)]
                }
            ),
            "given_back": .money(givenBack),
            "counts": .object(
                (count?.pieces ?? [:]).sorted { $0.key > $1.key }.map { note, pieces in
                    JSON.Member(String(note), .integer(pieces))
                }
            ),
            "others": .money(count?.others ?? .zero), "to_deposit": .money(toDeposit),
            "deposit": deposit?.json ?? .null,
        ]
    }
}
