import Casework
import Postgres
import Values
import Workflow

extension Remittances {
    /// Approves an order that another person made and that is still due.
    public func approve(_ id: Int64, by person: Person, within agencies: [String]?) async throws -> Remittance {
        let schedule = try await schedule()
        return try await change(id, within: agencies) { order, tx in
            let state = try RemittanceRules.approve(order.facts, by: person.id, try StandInReader.of(person, tx))
            try requireStillDue(order, schedule, tx)
            try tx.query(
                """
                update remittance set state = \(state.rawValue), approved_by = \(person.personID)::uuid,
                    approved_by_name = \(person.name), approved_at = now() where id = \(id)::bigint
                """
            )
            try Remittances.record("remittance.approve", order, person, [:], tx)
        }
    }

    /// Ends an order that was not taken to the bank; its money is due again.
    public func reject(_ id: Int64, note: String, by person: Person, within agencies: [String]?) async throws
        -> Remittance
    {
        try await change(id, within: agencies) { order, tx in
            try Remittances.end(order, try RemittanceRules.reject(order.facts), note, person, tx)
            try Remittances.record("remittance.reject", order, person, ["note": .string(note)], tx)
        }
    }

    /// Takes an approved order to the bank: its file is handed out from then on, and it is booked.
    public func send(_ id: Int64, by person: Person, within agencies: [String]?) async throws -> Remittance {
        try await change(id, within: agencies) { order, tx in
            let state = try RemittanceRules.send(order.facts, by: person.id, try StandInReader.of(person, tx))
            let now = Instant.now()
            try tx.query(
                """
                update remittance set state = \(state.rawValue), sent_by = \(person.personID)::uuid,
                    sent_by_name = \(person.name), sent_at = \(now)::timestamptz, sent_on = \(now.day)::date
                where id = \(id)::bigint
                """
            )
            try Remittances.post(order, debit: "budget", credit: "remittance", "remittance", now, tx)
            try Remittances.record("remittance.send", order, person, [:], tx)
        }
    }

    /// Records that the bank did not carry an order out; its money is due again.
    public func comeBack(_ id: Int64, note: String, by person: Person, within agencies: [String]?) async throws
        -> Remittance
    {
        try await change(id, within: agencies) { order, tx in
            let state = try RemittanceRules.comeBack(order.facts, by: person.id, try StandInReader.of(person, tx))
            try Remittances.end(order, state, note, person, tx)
            try Remittances.post(order, debit: "remittance", credit: "budget", "remittance_returned", .now(), tx)
            try Remittances.record("remittance.return", order, person, ["note": .string(note)], tx)
        }
    }

    /// The file of an order that was taken to the bank, for whoever did not approve it.
    public func file(of id: Int64, by person: Person, within agencies: [String]?) async throws -> [UInt8] {
        let order = try await change(id, within: agencies) { order, tx in
            try RemittanceRules.requireTaker(order.facts, person.id, try StandInReader.of(person, tx))
            guard order.state == .sent || order.state == .settled else {
                throw Refusal(.state, .orderNotTaken(order.mark))
            }
            try Remittances.record("remittance.file", order, person, [:], tx)
        }
        return Array(order.xml.utf8)
    }

    private static func end(
        _ order: Remittance,
        _ state: RemittanceState,
        _ note: String,
        _ person: Person,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            update remittance set state = \(state.rawValue), ended_by = \(person.personID)::uuid,
                ended_by_name = \(person.name), ended_at = now(), note = \(note) where id = \(order.id)::bigint
            """
        )
    }

    /// Moves an order's money between what was passed on by its agency and what is on its way from its account.
    private static func post(
        _ order: Remittance,
        debit: String,
        credit: String,
        _ kind: String,
        _ now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        func owner(_ account: String) -> String { account == "budget" ? order.key.agencyCode : order.key.accountNumber }
        try tx.query(
            """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, booked_on, recorded_at)
            values (ledger_account_of(\(debit), \(owner(debit))), ledger_account_of(\(credit), \(owner(credit))),
                \(order.amount)::bigint, \(kind), \(now.day)::date, \(now)::timestamptz)
            """
        )
    }

    private static func record(
        _ action: String,
        _ order: Remittance,
        _ person: Person,
        _ more: JSON,
        _ tx: borrowing Transaction
    ) throws {
        let detail: [JSON.Member] = [.init("mark", .string(order.mark)), .init("amount", .money(order.amount))]
        let subject = "remittance:\(order.id)"
        try Audit.record(tx, person, action, subject, .object(detail + (more.members ?? [])))
    }

    private func change(
        _ id: Int64,
        within agencies: [String]?,
        _ body: @Sendable (Remittance, borrowing Transaction) throws -> Void
    ) async throws -> Remittance {
        try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                let agency = try tx.query("select agency_code from remittance where id = \(id)::bigint").first
                guard let agency = try agency?.get(0, as: String.self), agencies?.contains(agency) ?? true else {
                    throw Remittances.none
                }
                // Before the row: nothing else is ordered of the agency meanwhile.
                try Locks.remittance(of: agency, tx)
                try tx.query("select 1 from remittance where id = \(id)::bigint for update")
                try body(try Remittances.read(id, tx), tx)
                return try Remittances.read(id, tx)
            }
        }
    }
}
