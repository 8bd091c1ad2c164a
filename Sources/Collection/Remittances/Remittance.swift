public import Casework
import FeeSchedule
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An order that pays what was collected to the State Treasury (giấy nộp tiền vào NSNN, form C1-02/NS).
public struct Remittance: Sendable {
    /// Somebody who decided, and when.
    public struct Step: Sendable, Hashable {
        public let person: UUID
        public let name: String
        public let at: Instant

        func isBy(_ person: Person) -> Bool { person.personID == self.person }

        var id: String { Person(person, name: name).id }
        var json: JSON { ["name": .string(name), "at": .text(at)] }
    }

    public let id: Int64
    /// `KHN…`: stands in the memo, and returns in that of the debit line.
    public let mark: String
    public let key: RemittanceKey
    public let payer: TreasuryPayer
    /// It takes what is to be remitted until then.
    public let dueUntil: Instant
    public let amount: Money
    /// What the bank is to pass on.
    public let memo: String
    public let state: RemittanceState
    public let made: Step
    public let approved: Step?
    public let sent: Step?
    /// Who rejected it, or said that it came back.
    public let ended: Step?
    public let note: String?
    public let settledAt: Instant?
    public let lineID: Int64?
    /// Of the account that is debited.
    public let bankBIN: String
    public let accountName: String
    public internal(set) var lines: [RemittanceLine] = []

    public func isMade(by person: Person) -> Bool { made.isBy(person) }
    public func isApproved(by person: Person) -> Bool { approved?.isBy(person) ?? false }
    public func isSent(by person: Person) -> Bool { sent?.isBy(person) ?? false }

    public var facts: RemittanceFacts {
        RemittanceFacts(mark: mark, state: state, madeBy: made.id, approvedBy: approved?.id, sentBy: sent?.id)
    }

    /// The answer of the API.
    public var json: JSON {
        [
            "id": .integer(id), "mark": .string(mark), "agency_code": .string(key.agencyCode),
            "account_number": .string(key.accountNumber), "treasury_account": .string(key.treasuryAccount.rawValue),
            "budget_year": .integer(key.budgetYear), "due_until": .text(dueUntil), "amount": .money(amount),
            "memo": .string(memo), "state": .string(state.rawValue), "payer": payer.json,
            "lines": .array(
                lines.map { line in
                    [
                        "chapter": .string(line.code.chapter), "budget_code": .string(line.code.budgetCode),
                        "name": .string(line.name), "amount": .money(line.amount),
                    ]
                }
            ),
            "made": made.json, "approved": approved?.json ?? .null, "sent": sent?.json ?? .null,
            "ended": ended?.json ?? .null, "note": .optional(note), "settled_at": .optional(settledAt?.description),
            "statement_line_id": lineID.map { .integer($0) } ?? .null,
        ]
    }
}
