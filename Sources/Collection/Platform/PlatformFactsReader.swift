import BankCallbacks
import Matching
import Postgres
import Values

/// Reads what a day's file of the platform is held against, as sets.
struct PlatformFactsReader {
    let file: PlatformFileRecord

    /// The platform may count what is paid in the last hour of a day to the next.
    private static let lateSeconds: Int64 = 3600

    /// The facts, with what is shown beside them.
    struct Read {
        let facts: PlatformFacts
        let rows: [PlatformFile.Row]
        let times: [String: Instant]
    }

    func read(_ tx: borrowing Transaction) throws -> Read {
        let rows = try rows(tx)
        let (payments, times) = try payments(tx)
        let named = Set(rows.map(\.transactionID)).union(payments.map(\.transaction)).subtracting([""])
        let others = try others(named, tx)
        let hasNext = try tx.query(
            """
            select exists (select from platform_file
                where connection_id = \(file.connectionID)::integer and day = \(file.day.next)::date)
            """
        ).row().get(0, as: Bool.self)
        let facts = PlatformFacts(
            day: file.day,
            rows: rows.map { row in
                PlatformFacts.Row(
                    number: row.number,
                    code: row.code,
                    transaction: row.transactionID,
                    amount: row.amount,
                    isPaid: row.status == "1",
                    fault: row.fault
                )
            },
            payments: payments,
            attempts: try attempts(rows.map(\.code), tx),
            otherFiles: Set(others.map(\.transaction)),
            earlierFiles: Set(others.filter { $0.day < file.day }.map(\.transaction)),
            hasNextFile: hasNext
        )
        return Read(facts: facts, rows: rows, times: times)
    }

    private func rows(_ tx: borrowing Transaction) throws -> [PlatformFile.Row] {
        try tx.query(
            """
            select number, code, transaction_id, amount, happened_at, bank, status, fault
            from platform_row where file_id = \(file.id)::bigint order by number
            """
        ).map { row in
            PlatformFile.Row(
                stored: Int(try row.get(0, as: Int32.self)),
                code: try row.get(1),
                transactionID: try row.get(2),
                amount: try row.get(3),
                happenedAt: try row.get(4),
                bank: try row.get(5),
                status: try row.get(6),
                fault: try row.get(7)
            )
        }
    }

    /// The payments of the day that the platform reported, and those that rows name.
    private func payments(
        _ tx: borrowing Transaction
    ) throws -> (payments: [PlatformFacts.Payment], times: [String: Instant]) {
        let found = try tx.query(
            """
            with reported as (
                select b.id from bank_notice b
                where b.account_number = \(file.accountNumber) and b.booked_on = \(file.day)::date
                    and b.source = 'callback' and b.connection_id = \(file.connectionID)::integer
                union
                select b.id from platform_row r join connection c on c.id = \(file.connectionID)::integer
                    join bank_notice b on b.source = 'callback' and b.issuer_id = c.issuer_id
                        and b.provider_transaction_id = r.transaction_id
                where r.file_id = \(file.id)::bigint
            )
            select distinct on (b.provider_transaction_id) b.provider_transaction_id, p.code, b.amount, b.occurred_at,
                b.booked_on,
                case when n.source = 'statement' or exists (
                        select from line_outcome o where o.notice_id = n.id and o.outcome = 'matched')
                    or exists (select from line_notice l where l.notice_id = n.id) then 'shown'
                when exists (select from unconfirmed_notice u where u.notice_id = n.id and u.is_missing) then 'missing'
                else 'awaited' end
            from reported join bank_notice b using (id) join bank_notice n on n.id = coalesce(b.duplicate_of, b.id)
                left join platform_payment p on p.transaction_id = b.provider_transaction_id
                    and p.link_id in (
                        select id from platform_link where connection_id = \(file.connectionID)::integer)
            where b.outcome <> 'not_credit' order by b.provider_transaction_id, p.id
            """
        )
        var times: [String: Instant] = [:]
        let payments = try found.map { row in
            let transaction: String = try row.get(0)
            let at: Instant = try row.get(3)
            let day: Day = try row.get(4)
            times[transaction] = at
            let bank: PlatformFacts.Bank =
                switch try row.get(5, as: String.self) {
                case "shown": .shown
                case "missing": .missing
                default: .awaited
                }
            return PlatformFacts.Payment(
                transaction: transaction,
                code: try row.get(1),
                amount: try row.get(2),
                bank: bank,
                isOfDay: day == file.day,
                isLate: at >= file.day.next.start.adding(seconds: -PlatformFactsReader.lateSeconds)
            )
        }
        return (payments, times)
    }

    private func attempts(_ codes: [String], _ tx: borrowing Transaction) throws -> Set<String> {
        let rows = try tx.query(
            """
            select p.code from platform_payment p join platform_link l on l.id = p.link_id
            where l.connection_id = \(file.connectionID)::integer and p.code = any(\(codes)::text[])
            """
        )
        return Set(try rows.map { try $0.get(0, as: String.self) })
    }

    /// What files of other days have as paid, among what is named.
    private func others(
        _ transactions: Set<String>,
        _ tx: borrowing Transaction
    ) throws -> [(transaction: String, day: Day)] {
        try tx.query(
            """
            select r.transaction_id, f.day from platform_row r join platform_file f on f.id = r.file_id
            where f.connection_id = \(file.connectionID)::integer and f.day <> \(file.day)::date and r.status = '1'
                and r.transaction_id = any(\(Array(transactions))::text[])
                and f.turn = (select max(o.turn) from platform_file o
                    where o.connection_id = f.connection_id and o.day = f.day)
            """
        ).map { (try $0.get(0), try $0.get(1)) }
    }
}
