public import Casework
import Postgres
import Values
import Workflow

extension Shifts {
    /// Counts the drawer. What holds as much as it should closes the shift; a difference waits for another person.
    ///
    /// - Parameter explanation: the cashier's own words about a difference, 1 to 500 characters.
    public func close(
        _ id: Int64,
        _ count: CashCount,
        explanation: String?,
        by person: Person,
        within agencies: [String]?
    ) async throws -> Shift {
        try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                let shift = try Shifts.lock(id, within: agencies, tx)
                let state = try ShiftRules.close(
                    shift.facts,
                    counted: count.total,
                    explanation: explanation,
                    by: person.id
                )
                let lines = count.lines
                try tx.query(
                    """
                    insert into shift_count (shift_id, turn, denomination, pieces)
                    select s.id, s.count_turn + 1, c.denomination::integer, c.pieces from shift s,
                        unnest(\(lines.map(\.denomination))::bigint[], \(lines.map(\.pieces))::bigint[])
                            as c (denomination, pieces)
                    where s.id = \(id)::bigint
                    """
                )
                try tx.query(
                    """
                    update shift set state = \(state.rawValue), count_turn = count_turn + 1,
                        expected_cash = \(shift.expected)::bigint, counted_cash = \(count.total)::bigint,
                        explanation = \(count.total == shift.expected ? nil : explanation)::text, counted_at = now(),
                        closed_at = case when \(state == .closed)::boolean then now() end
                    where id = \(id)::bigint
                    """
                )
                let detail: JSON = [
                    "expected": .money(shift.expected), "counted": .money(count.total),
                    "explanation": .optional(explanation),
                ]
                try Audit.record(tx, person, state == .closed ? "shift.close" : "shift.count", "shift:\(id)", detail)
                return try Shifts.read(id, tx)
            }
        }
    }

    /// Decides on the difference of another person's shift, which closes it; the difference is booked.
    ///
    /// - Parameter note: why it is accepted, 1 to 500 characters.
    public func approve(_ id: Int64, note: String, by person: Person, within agencies: [String]?) async throws -> Shift
    {
        try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                let shift = try Shifts.lock(id, within: agencies, tx)
                let state = try ShiftRules.approve(shift.facts, by: person.id)
                try tx.query(
                    """
                    update shift set state = \(state.rawValue), approved_by = \(person.personID)::uuid,
                        approved_by_name = \(person.name), approval_note = \(note), closed_at = now()
                    where id = \(id)::bigint
                    """
                )
                try Shifts.book(shift.difference ?? .zero, at: shift.agencyCode, tx)
                let detail: JSON = [
                    "expected": .money(shift.expected), "counted": .money(shift.counted ?? .zero),
                    "note": .string(note),
                ]
                try Audit.record(tx, person, "shift.approve", "shift:\(id)", detail)
                return try Shifts.read(id, tx)
            }
        }
    }

    /// Books what a drawer held more, or less if it is negative, than it should have.
    private static func book(_ difference: Money, at agency: String, _ tx: borrowing Transaction) throws {
        guard difference != .zero else { return }
        let now = Instant.now()
        let (debit, credit) = difference > .zero ? ("desk", "cash_difference") : ("cash_difference", "desk")
        try tx.query(
            """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, booked_on, recorded_at)
            values (ledger_account_of(\(debit), \(agency)), ledger_account_of(\(credit), \(agency)),
                abs(\(difference)::bigint), 'cash_difference', \(now.day)::date, \(now)::timestamptz)
            """
        )
    }
}
