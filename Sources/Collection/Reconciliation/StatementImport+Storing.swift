import Cryptography
import Matching
import Postgres
import Statements
import Values
import Workflow

extension StatementImport {
    /// A statement on its way into the database.
    struct Incoming: Sendable {
        var file: StatementFile
        let hash: [UInt8]
        let by: Person
        let isFeed: Bool
        var force: Force?
        /// Why it would be refused without force.
        var reasons: [Reason] = []

        var name: String { file.name }

        func forced(_ force: Force, _ foreign: [ForeignStatement]) -> Incoming {
            var incoming = self
            incoming.force = force
            incoming.reasons = foreign.map { Reason($0, of: file) }
            incoming.file.acceptsForeign = true
            return incoming
        }
    }

    /// Stores a whole statement or nothing.
    func store(_ incoming: Incoming) async throws -> Imported {
        try await work.transaction(attempts: 1) { tx in
            try tx.script("set local statement_timeout = '30min'")
            try Locks.statements(of: incoming.file.account, tx)
            let id = try StatementImport.insert(tx, incoming)
            if let force = incoming.force {
                try Audit.record(
                    tx,
                    force.person,
                    "statement.force",
                    "statement:\(id)",
                    [
                        "account_number": .string(incoming.file.account), "file_name": .string(incoming.name),
                        "why": .string(force.why), "reasons": .array(incoming.reasons.map(\.json)),
                    ]
                )
            }
            let detail: JSON = [
                "account_number": .string(incoming.file.account), "file_name": .string(incoming.name),
                "sha256": .string(hexadecimal(incoming.hash)), "feed": .bool(incoming.isFeed),
            ]
            try Audit.record(tx, incoming.by, "statement.import", "statement:\(id)", detail)
            try StatementGaps.judge(incoming.file.account, new: id, now: .now(), tx)
            let sql = """
                select \(StoredStatement.columns) from statement s join bank_account a using (account_number)
                where s.id = $1::bigint
                """
            let row = try tx.query(Query(trustedSQL: sql, binding: [id])).row()
            return Imported(statement: try StoredStatement(row), isRepeated: false)
        }
    }

    /// Writes a statement and its lines; returns its id.
    private static func insert(_ tx: borrowing Transaction, _ incoming: Incoming) throws -> Int64 {
        let file = incoming.file
        let account = file.account
        let reasons: JSON? = incoming.force.map { _ in .array(incoming.reasons.map(\.json)) }
        let id = try tx.query(
            """
            insert into statement (account_number, file_hash, format, file_name, lines, credits, debits, imported_by, imported_by_id,
                is_feed, forced_by, forced_why, forced_reasons)
            values (\(account), \(Bytes(incoming.hash)), \(file.format?.description ?? "auto"), \(incoming.name), 0, 0, 0,
                \(incoming.by.name), \(incoming.by.id), \(incoming.isFeed)::boolean, \(incoming.force?.person.name), \(incoming.force?.why),
                \(reasons)::jsonb)
            returning id
            """
        ).row().get(0, as: Int64.self)
        let (summary, format, stored) = try copyLines(tx, of: file, into: id)
        try tx.query(
            """
            update statement set format = \(summary.layout ?? format?.description ?? "csv"), lines = \(summary.lines)::integer,
                credits = \(summary.credits)::bigint, debits = \(summary.debits)::bigint,
                opening_balance = \(summary.openingBalance)::bigint, closing_balance = \(summary.closingBalance)::bigint,
                first_day = \(summary.firstDay)::date, last_day = \(summary.lastDay)::date,
                overlapping = \(summary.lines - stored)::integer, mapping_id = \(summary.storedMapping)::bigint
            where id = \(id)::bigint
            """
        )
        return id
    }

    /// Copies a file's lines into a statement; returns the number inserted.
    private static func copyLines(_ tx: borrowing Transaction, of file: StatementFile, into id: Int64) throws
        -> (summary: StatementSummary, format: StatementFormat?, stored: Int)
    {
        let account = file.account
        // The first statement of an account overlaps with no other, so its lines need no staging.
        let isFirst = try tx.query(
            "select 1 from statement where account_number = \(account) and id <> \(id)::bigint and lines > 0 and undone_at is null limit 1"
        ).isEmpty
        if isFirst {
            try tx.script("savepoint first_statement")
            let read = try file.copy(into: id, tx)
            // Lines have ascending ids in the order in which they were booked.
            if !read.summary.isNewestFirst { return (read.summary, read.format, read.summary.lines) }
            try tx.script("rollback to savepoint first_statement")
        }
        let read = try file.copyAside(tx)
        try tx.script("analyze incoming_line")
        let stored = try takeOver(tx, id: id, account: account, isNewestFirst: read.summary.isNewestFirst)
        return (read.summary, read.format, stored)
    }

    /// Copies staged lines into `statement_line`; returns the number inserted.
    private static func takeOver(_ tx: borrowing Transaction, id: Int64, account: String, isNewestFirst: Bool) throws
        -> Int
    {
        let (first, last) = try tx.query("select min(booked_on), max(booked_on) from incoming_line").row()
            .decode(Day?.self, Day?.self)
        let lines = newLines(
            """
            $1::bigint, i.line_number, $2, i.transaction_id, i.booked_at, i.booked_on, i.value_date, i.amount,
            i.counterparty_name, i.counterparty_account, i.counterparty_bank, i.memo, i.balance, i.reference_candidates
            """,
            isNewestFirst: isNewestFirst
        )
        return try tx.query(
            Query(
                trustedSQL: """
                    insert into statement_line (statement_id, line_number, account_number, transaction_id, booked_at,
                        booked_on, value_date, amount, counterparty_name, counterparty_account, counterparty_bank, memo,
                        balance, reference_candidates)
                    \(lines)
                    """,
                binding: [id, account, first, last]
            )
        ).affected
    }

    /// The lines `i` of `incoming_line` that no earlier statement contained, in the order in which they are stored.
    ///
    /// A line is known if an earlier statement has one with the same bank transaction id, day and amount or, if either
    /// has no id, with the same day, amount, memo and running balance, as many times as it occurred there; the words of a line
    /// whose personal data were erased are taken for the same. Only lines of
    /// the file's days are searched, because there may be years of others.
    ///
    /// - Parameter columns: what is selected; the values to bind are the statement that the lines belong to (0 if it is
    ///   not stored), the account, and the first and the last day of the file.
    static func newLines(_ columns: String, isNewestFirst: Bool) -> String {
        """
        with coming as (
            select i.*, coalesce(i.memo, '') as words, nullif(i.transaction_id, '') is null as is_nameless,
                row_number() over (
                    partition by i.booked_on, i.amount, coalesce(i.memo, ''), i.balance,
                        nullif(i.transaction_id, '') is null
                    order by i.line_number) as nth
            from incoming_line i
        ),
        known as (
            -- Of an erased line the words are not known; null is like no words of another.
            select l.booked_on, l.amount, case when l.salt is not null then coalesce(l.memo, '') end as words, l.balance,
                count(*) as lines,
                count(*) filter (where nullif(l.transaction_id, '') is null) as nameless
            from statement_line l
            where l.account_number = $2 and l.statement_id <> $1::bigint and l.balance is not null
                and l.booked_on between $3::date and $4::date
            group by 1, 2, 3, 4
        )
        select \(columns)
        from coming i left join known k using (booked_on, amount, words, balance)
            left join known e on e.words is null and e.booked_on = i.booked_on and e.amount = i.amount
                and e.balance = i.balance
        where not exists (
                select 1 from statement_line l
                where l.account_number = $2 and l.statement_id <> $1::bigint
                    and l.booked_on between $3::date and $4::date
                    and l.transaction_id = nullif(i.transaction_id, '') and l.amount = i.amount
                    and l.booked_on = i.booked_on)
            and i.nth > coalesce(case when i.is_nameless then k.lines else k.nameless end, 0)
            and case when i.is_nameless then e.lines else nullif(e.nameless, 0) end is null
        order by i.line_number \(isNewestFirst ? "desc" : "asc")
        """
    }
}
