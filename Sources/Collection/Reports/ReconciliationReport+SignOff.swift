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

    /// Signs a day for the second time: another person than the one who signed it off has looked at it.
    ///
    /// - Parameter note: the person's own words about what has changed since the first signature; without them, a day that
    ///   has changed is not signed.
    /// - Throws: `conflict` if nobody has signed the day or two have, and if it has changed and there is no note;
    ///   `forbidden` for whoever signed it off.
    public func countersign(account: String, day: Day, by person: Person, note: String? = nil) async throws
        -> ReconciliationReport
    {
        try await Accounts.require(account, in: database)
        return try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                try Locks.reconciliation(of: account, tx)
                let report = try Reports.record(tx, account, day)
                let changes = report.adjustments.count
                let facts = DayCountersignature.Facts(
                    day: day,
                    signer: report.signer,
                    countersignedBy: report.countersigned?.by,
                    changes: changes
                )
                try DayCountersignature.decide(facts, by: person.id, note: note)
                try tx.query(
                    """
                    insert into reconciliation_countersignature (account_number, day, first_signer, signed_by,
                        signed_by_name, changes, note)
                    select s.account_number, s.day, s.signed_by_person, \(person.id), \(person.name),
                        \(Int64(changes))::integer, \(note)
                    from reconciliation_sign_off s where s.account_number = \(account) and s.day = \(day)::date
                    """
                )
                let detail: JSON = ["changes": .integer(changes), "note": .optional(note)]
                try Audit.record(tx, person, "reconciliation.countersign", "account:\(account):\(day)", detail)
                return try Reports.record(tx, account, day)
            }
        }
    }
}
