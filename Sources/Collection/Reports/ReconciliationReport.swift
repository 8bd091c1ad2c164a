public import Matching
import Postgres
public import Values
public import Workflow

/// The reconciliation record of an account's day (biên bản đối soát): the bank's balance, the books' balance, and what
/// explains the difference.
public struct ReconciliationReport: Sendable {
    /// One item of the difference; its amount is the books minus the bank.
    public typealias Item = DayDifference.Item

    /// The day's lines of one outcome.
    public struct Group: Sendable, Hashable {
        public let isCredit: Bool
        public let outcome: String
        public let count: Int64
        public let amount: Money
    }

    /// A second person's signature under a signed day.
    public struct Countersignature: Sendable, Hashable {
        public let by: String
        public let at: Instant
        /// How many members of the record had changed since the first signature, and what was said about them.
        public let changes: Int
        public let note: String?
    }

    public let accountNumber: String
    public let day: Day
    /// The bank's balance before and after the day's lines.
    public let opening: Money
    public let closing: Money
    /// The closing balance stated by the latest statement that ends on the day; `nil` if none states one.
    public let statedClosing: Money?
    public let groups: [Group]
    /// The balance of the books at the end of the day.
    public let books: Money
    public let items: [Item]
    /// The lines up to the day that wait for another person's confirmation, and their total.
    public let awaiting: (lines: Int, total: Money)
    /// The account's cases about the day or an earlier one that have not ended.
    public let openCases: Int
    public let casesOpened: [JSON]
    public let casesClosed: [JSON]
    public let runs: [JSON]
    public let generatedAt: Instant
    /// Who signed the day off and when, with the record as signed; `nil` if nobody has.
    public var signOff: (by: String, at: Instant, report: JSON)?
    /// Who signed it off, such as `person:…`; `nil` if nobody has.
    public var signer: String?
    /// The second person's signature; `nil` if only one has signed, or nobody.
    public var countersigned: Countersignature?
    /// Whose account it is, and the BIN of its bank.
    public var accountName = ""
    public var bankBIN = ""
    /// What was open when the day was signed off and what the signer said about it; `nil` if nothing was open.
    public var acknowledged: Reason?

    /// The warning, for whoever signs the day off, that lines wait for another person, if any do.
    public var awaits: Reason? {
        guard awaiting.lines > 0 else { return nil }
        return .dayAwaitsConfirmation(day, account: accountNumber, lines: awaiting.lines, total: awaiting.total)
    }

    public var difference: Money { books - closing }

    /// The same difference from the bank's side, for people.
    ///
    /// - Parameter limit: how many items of a kind are told one by one.
    public func explanation(limit: Int) -> DayExplanation {
        DayExplanation(accountNumber: accountNumber, day: day, bank: closing, books: books, items: items, limit: limit)
    }

    /// What the items leave unexplained; anything but 0 must be investigated.
    public var unexplained: Money { difference - items.map(\.amount).total() }
}

extension Reports {
    /// Returns the reconciliation record of an account's day as it is now. The account must be one that an agency is paid on.
    public func reconciliation(account: String, day: Day) async throws -> ReconciliationReport {
        try await Accounts.require(account, in: database)
        return try await database.read { tx in
            try Reports.allowTime(tx)
            return try Reports.record(tx, account, day)
        }
    }

    static func record(_ tx: borrowing Transaction, _ account: String, _ day: Day) throws
        -> ReconciliationReport
    {
        let balances = try DayBalances.read(account, day, tx)
        let signed = try signatures(tx, account, day)
        var report = ReconciliationReport(
            accountNumber: account,
            day: day,
            opening: balances.opening,
            closing: balances.closing,
            statedClosing: balances.statedClosing,
            groups: try groups(tx, account, day),
            books: balances.books,
            items: try DayDifference.read(account, day, tx),
            awaiting: try awaiting(tx, account, day),
            openCases: try openCases(tx, account, day),
            casesOpened: try cases("opened_at", tx, account, day),
            casesClosed: try cases("ended_at", tx, account, day),
            runs: try runs(tx, account, day),
            generatedAt: .now(),
            signOff: signed?.signOff,
            signer: signed?.signer,
            countersigned: signed?.countersigned
        )
        let holder = try tx.query("select name, bank_bin from bank_account where account_number = \(account)").row()
        (report.accountName, report.bankBIN) = try holder.decode(String.self, String.self)
        return report
    }

    private static func groups(_ tx: borrowing Transaction, _ account: String, _ day: Day) throws
        -> [ReconciliationReport.Group]
    {
        try tx.query(
            """
            select l.amount > 0, coalesce(o.outcome, 'not_reconciled'), count(*), sum(l.amount)::bigint
            from statement_line l left join line_result o on o.line_id = l.id
            where l.account_number = \(account) and l.booked_on = \(day)::date group by 1, 2 order by 1 desc, 2
            """
        ).map { row in
            let (isCredit, outcome, count, amount) = try row.decode(Bool.self, String.self, Int64.self, Money.self)
            return ReconciliationReport.Group(isCredit: isCredit, outcome: outcome, count: count, amount: amount)
        }
    }

    private static func awaiting(_ tx: borrowing Transaction, _ account: String, _ day: Day) throws -> (
        lines: Int, total: Money
    ) {
        try tx.query(
            """
            select count(distinct l.id), coalesce(sum(p.amount), 0)::bigint
            from recovery_proposal p join statement s on s.id = p.statement_id
                join statement_line l on l.id = p.line_id
            where p.state = 'waiting' and s.account_number = \(account) and l.booked_on <= \(day)::date
            """
        ).row().decode(Int.self, Money.self)
    }

    /// The account's open cases, but not those about a notice or a line of a later day.
    private static func openCases(_ tx: borrowing Transaction, _ account: String, _ day: Day) throws -> Int {
        try tx.query(
            """
            select count(*) from reconciliation_case c
                left join statement_line l on l.id = c.statement_line_id
                left join bank_notice b on b.id = c.notice_id
            where c.account_number = \(account) and c.state = 'open'
                and coalesce(l.booked_on, b.booked_on, \(day)::date) <= \(day)::date
            """
        ).row().get(0, as: Int.self)
    }

    private static func cases(_ column: String, _ tx: borrowing Transaction, _ account: String, _ day: Day) throws
        -> [JSON]
    {
        try tx.query(
            Query(
                trustedSQL: """
                    select json_build_object('id', id, 'kind', kind, 'amount', amount, 'state', state, 'action', action)
                    from reconciliation_case where account_number = $1 and action is distinct from 'statement_undone'
                        and \(column) >= $2::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
                        and \(column) < ($2::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'
                    order by id limit 1000
                    """,
                binding: [account, day]
            )
        ).map { try $0.get(0, as: JSON.self) }
    }

    private static func runs(_ tx: borrowing Transaction, _ account: String, _ day: Day) throws -> [JSON] {
        try tx.query(
            """
            select json_build_object('id', id, 'started_by', started_by, 'through', through, 'counts', counts)
            from reconciliation_run
            where account_number = \(account) and through >= \(day)::date and finished_at is not null
            order by id limit 100
            """
        ).map { try $0.get(0, as: JSON.self) }
    }

    private struct Signatures {
        let signer: String
        let signOff: (by: String, at: Instant, report: JSON)
        let countersigned: ReconciliationReport.Countersignature?
    }

    private static func signatures(_ tx: borrowing Transaction, _ account: String, _ day: Day) throws -> Signatures? {
        try tx.query(
            """
            select s.signed_by, s.signed_by_name, s.signed_at, s.report, c.signed_by_name, c.signed_at, c.changes, c.note
            from reconciliation_sign_off s left join reconciliation_countersignature c using (account_number, day)
            where account_number = \(account) and day = \(day)::date
            """
        ).first.map { row in
            let second: String? = try row.get(4)
            return Signatures(
                signer: try row.get(0),
                signOff: (try row.get(1), try row.get(2), try row.get(3)),
                countersigned: try second.map { name in
                    ReconciliationReport.Countersignature(
                        by: name,
                        at: try row.get(5),
                        changes: Int(try row.get(6, as: Int32.self)),
                        note: try row.get(7)
                    )
                }
            )
        }
    }
}

extension ReconciliationReport {
    /// What is signed: everything except the time of generation.
    var content: JSON {
        [
            "account_number": .string(accountNumber), "day": .text(day), "opening_balance": .money(opening),
            "closing_balance": .money(closing), "stated_closing_balance": statedClosing.map { .money($0) } ?? .null,
            "groups": .array(
                groups.map {
                    [
                        "direction": $0.isCredit ? "credit" : "debit", "outcome": .string($0.outcome),
                        "count": .integer($0.count), "amount": .money($0.amount),
                    ]
                }
            ),
            "books_balance": .money(books), "difference": .money(difference),
            "items": .array(
                items.map {
                    [
                        "reason": .string($0.reason.reportCode), "values": $0.reason.json["values"] ?? [:],
                        "amount": .money($0.amount), "booked_on": .text($0.bookedOn),
                        "notice_id": $0.noticeID.map { .integer($0) } ?? .null,
                        "statement_line_id": $0.lineID.map { .integer($0) } ?? .null, "detail": .string($0.detail),
                    ]
                }
            ),
            "unexplained": .money(unexplained),
            "warnings": .array([acknowledged, awaits].compactMap { $0 }.map(\.json)),
            "cases_opened": .array(casesOpened),
            "cases_closed": .array(casesClosed), "runs": .array(runs),
        ]
    }

    /// What has changed since the day was signed off: each member as signed and as it is now.
    var adjustments: [JSON] {
        guard let signOff else { return [] }
        let watched = ["opening_balance", "closing_balance", "books_balance", "difference", "groups", "items"]
        let now = content
        return watched.compactMap { name in
            let (was, now) = (signOff.report[name] ?? .null, now[name] ?? .null)
            return was.sorted == now.sorted ? nil : ["member": .string(name), "signed": was, "now": now]
        }
    }

    /// The body of the API: for a signed day, the record as signed and what has changed since.
    public var json: JSON {
        let members = (signOff?.report ?? content).members ?? []
        return .object(
            members + [
                .init("generated_at", .text(generatedAt)), .init("signed_off_by", .optional(signOff?.by)),
                .init("signed_off_at", .optional(signOff?.at.description)),
                .init("countersigned_by", .optional(countersigned?.by)),
                .init("countersigned_at", .optional(countersigned?.at.description)),
                .init("countersigner_note", .optional(countersigned?.note)),
                .init("adjustments", .array(adjustments)),
            ]
        )
    }
}

extension Reason {
    /// The code that reconciliation records have used for an item since the first release.
    var reportCode: String { code == .gapInStatements ? "statement_gap" : code.rawValue }
}
