import Casework
import Cryptography
import FeeSchedule
import Postgres
import Settlement
public import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Shifts {
    /// Carries the cash of closed shifts of one agency to its bank account: all that they hold beyond their floats. It is in
    /// clearing until a line with the slip's number and the amount shows it.
    ///
    /// - Parameters:
    ///   - ids: 1 to 100 closed shifts of one agency, none of which was carried to the bank before.
    ///   - amount: what the bank's slip says.
    ///   - day: of the slip; today or earlier.
    public func deposit(
        _ ids: [Int64],
        amount: Money,
        slipNumber: String,
        on day: Day,
        by person: Person,
        within agencies: [String]?
    ) async throws -> CashDeposit {
        let ids = Set(ids).sorted()
        guard (1...100).contains(ids.count) else {
            throw ServiceError(
                .invalidBody,
                at: "/shifts",
                Phrase(vi: "phải có 1 đến 100 ca thu", en: "must be 1 to 100 shifts")
            )
        }
        let now = Instant.now()
        guard day <= now.day else {
            throw ServiceError(
                .invalidBody,
                at: "/deposited_on",
                Phrase(vi: "chưa đến ngày này", en: "has not come yet")
            )
        }
        let schedule = try await tariff.current().schedule
        do {
            return try await database.transaction { tx in
                let shifts = try ids.map { try Shifts.lock($0, within: agencies, tx) }
                let agency = shifts[0].agencyCode
                try Shifts.check(shifts, amount: amount)
                guard let account = schedule.agencies[agency]?.accountNumber else { throw Shifts.none }
                let notice = try Shifts.enter(amount, at: agency, on: account, slip: slipNumber, day, now, tx)
                let row = try tx.query(
                    """
                    insert into cash_deposit (agency_code, account_number, amount, slip_number, deposited_on, notice_id,
                        made_by, made_by_name, made_at)
                    values (\(agency), \(account), \(amount)::bigint, \(slipNumber), \(day)::date, \(notice)::bigint,
                        \(person.personID)::uuid, \(person.name), \(now)::timestamptz)
                    returning id
                    """
                ).row()
                let id: Int64 = try row.get(0)
                try tx.query("update shift set deposit_id = \(id)::bigint where id = any(\(ids)::bigint[])")
                let detail: JSON = [
                    "amount": .money(amount), "slip_number": .string(slipNumber),
                    "account_number": .string(account), "shifts": .array(ids.map { .integer($0) }),
                ]
                try Audit.record(tx, person, "cash_deposit.make", "cash_deposit:\(id)", detail)
                return try Shifts.deposit(id, tx)
            }
        } catch let error as PostgresError where error.constraint == "cash_deposit_slip_key" {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Số giấy nộp tiền \(slipNumber) đã được ghi cho tài khoản này.",
                    en: "The slip number \(slipNumber) has been entered for this account already."
                )
            )
        }
    }

    private static func check(_ shifts: [Shift], amount: Money) throws {
        let agency = shifts[0].agencyCode
        for shift in shifts {
            if let made = shift.deposit { throw ServiceError(.conflict, .shiftDeposited(amount: made.amount)) }
            guard shift.state == .closed else {
                throw ServiceError(
                    .conflict,
                    Phrase(
                        vi: "Ca thu \(shift.id) chưa đóng: hãy kiểm đếm và đóng ca trước khi nộp tiền.",
                        en:
                            "Shift \(shift.id) is not closed: count and close it before its cash is carried to the bank."
                    )
                )
            }
            guard shift.agencyCode == agency else {
                throw ServiceError(
                    .conflict,
                    Phrase(
                        vi: "Mỗi khoản nộp chỉ gồm các ca của một cơ quan.",
                        en: "A deposit is of the shifts of one agency alone."
                    )
                )
            }
        }
        let expected = shifts.map { ($0.counted ?? .zero) - $0.float }.total()
        guard amount == expected, amount > .zero else {
            throw ServiceError(.conflict, .depositDiffers(amount: amount, expected: expected))
        }
    }

    /// Enters the deposit in clearing, as a report of the counter that is of no request.
    private static func enter(
        _ amount: Money,
        at agency: String,
        on account: String,
        slip: String,
        _ day: Day,
        _ now: Instant,
        _ tx: borrowing Transaction
    ) throws -> Int64 {
        let transaction = "deposit:" + UUID.version7(at: now).text
        let hash = Bytes(SHA256.hash(Array(transaction.utf8)))
        let notice = try tx.query(
            """
            insert into bank_notice (source, provider_transaction_id, content_hash, outcome, amount, account_number,
                bank_reference, occurred_at, booked_on)
            values ('counter', \(transaction), \(hash), 'settled', \(amount)::bigint, \(account), \(transaction),
                \(now)::timestamptz, \(day)::date)
            returning id
            """
        ).row().get(0, as: Int64.self)
        let clearing = try tx.query("select ledger_account_of('clearing', \(agency))").row().get(0, as: Int32.self)
        try ClearingWriter.enter(notice, in: clearing, receiptNumber: slip, tx)
        try tx.query(
            """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, notice_id, booked_on, recorded_at)
            values (\(clearing)::integer, ledger_account_of('desk', \(agency)), \(amount)::bigint, 'deposit',
                \(notice)::bigint, \(day)::date, \(now)::timestamptz)
            """
        )
        return notice
    }

    /// The deposits, the newest first.
    ///
    /// - Parameter before: the id of the last one of the page before.
    public func deposits(within agencies: [String]?, before: Int64? = nil, limit: Int = 50) async throws
        -> [CashDeposit]
    {
        let rows = try await database.query(
            Query(
                trustedSQL: Shifts.deposits + """
                     where ($1::text[] is null or d.agency_code = any($1)) and ($2::bigint is null or d.id < $2)
                    order by d.id desc limit $3::integer
                    """,
                binding: [agencies, before, try Paging.check(limit)]
            )
        )
        return try rows.compactMap { try CashDeposit($0, from: 0) }
    }

    private static func deposit(_ id: Int64, _ tx: borrowing Transaction) throws -> CashDeposit {
        let row = try tx.query(Query(trustedSQL: deposits + " where d.id = $1::bigint", binding: [id])).row()
        guard let found = try CashDeposit(row, from: 0) else { throw Shifts.none }
        return found
    }

    private static let deposits = """
        select \(CashDeposit.columns) from cash_deposit d join clearing_item i on i.notice_id = d.notice_id
        """
}
