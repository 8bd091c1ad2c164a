import Matching
import Postgres
public import Values
import Workflow

extension ReconciliationReport {
    /// What decides whether it may be signed off.
    func signOffFacts(today: Day) -> DaySignOff.Facts {
        DaySignOff.Facts(
            accountNumber: accountNumber,
            day: day,
            today: today,
            signedBy: signOff?.by,
            difference: difference,
            items: items,
            openCases: openCases,
            waitingLines: awaiting.lines
        )
    }
}

extension Reports {
    /// Signs off the current record of a day; it stays as it was signed, and later changes are shown as adjustments.
    ///
    /// - Parameter note: the signer's own words about what is still open; without them, a day with open items is not
    ///   signed off. They are kept and printed with the record.
    /// - Throws: `invalid-body` for a day in the future; `conflict` if it is already signed, if lines have no outcome
    ///   yet, if something is unexplained, and if something is open that `note` does not acknowledge.
    public func signOff(
        account: String,
        day: Day,
        by person: Person,
        acknowledging note: String? = nil
    ) async throws -> ReconciliationReport {
        try await Accounts.require(account, in: database)
        return try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                try Locks.reconciliation(of: account, tx)
                var report = try Reports.record(tx, account, day)
                let facts = report.signOffFacts(today: Instant.now().day)
                report.acknowledged = try DaySignOff.decide(facts, acknowledging: note)
                let open = facts.openItems.count + facts.openCases + facts.waitingLines
                try tx.query(
                    """
                    insert into reconciliation_sign_off (account_number, day, signed_by, signed_by_name, report,
                        open_items, note)
                    values (\(account), \(day)::date, \(person.id), \(person.name), \(report.content)::jsonb,
                        \(Int64(open)), \(note))
                    """
                )
                let detail: JSON = ["open_items": .integer(Int64(open)), "note": .optional(note)]
                try Audit.record(tx, person, "reconciliation.sign_off", "account:\(account):\(day)", detail)
                return try Reports.record(tx, account, day)
            }
        }
    }
}
