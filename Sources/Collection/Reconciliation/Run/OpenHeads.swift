import Matching
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The lines and notices that no run has decided, with the fields that the exact match needs; there may be a million of
/// each.
struct OpenHeads: Sendable {
    var lines: [ExactMatch.LineHead] = []
    var notices: [OpenNotice] = []
    /// The notices that earlier runs have recorded as unconfirmed.
    private(set) var recorded: Set<Int64> = []

    /// The ids of the lines at these positions.
    func open(_ places: [Int]) -> [Int64] { places.map { lines[$0].id } }

    /// The transfers among these that an exact match of the heads shows, each with its request if known.
    func transfers(shownBy exact: ExactMatch, among keys: Set<LineKey>) -> [LineKey: UUID?] {
        guard !keys.isEmpty else { return [:] }
        var shown: [LineKey: UUID?] = [:]
        for pair in exact.pairs {
            guard let key = lines[pair.line].key, keys.contains(key) else { continue }
            shown[key] = .some(notices[pair.notice].requestID)
        }
        return shown
    }

    /// What there is when it is read, or up to an end.
    static func read(
        _ account: String,
        through: Day,
        since state: ReconciliationState,
        upTo end: End = End(),
        _ tx: borrowing Transaction
    ) throws -> OpenHeads {
        var heads = OpenHeads()
        try heads.readLines(account, through, state, end, tx)
        try heads.readNotices(account, state, end, tx)
        return heads
    }

    /// The latest line and the latest notice that a run looks at.
    struct End: Sendable {
        var line = Int64.max
        var notice = Int64.max

        /// The latest of any account. The transaction must hold the locks of the account's statements and settlement, so
        /// that no earlier line or notice of the account is still to come.
        static func read(_ tx: borrowing Transaction) throws -> End {
            let (line, notice) = try tx.query(
                """
                select (select coalesce(max(id), 0) from statement_line), (select coalesce(max(id), 0) from bank_notice)
                """
            ).row().decode(Int64.self, Int64.self)
            return End(line: line, notice: notice)
        }
    }

    mutating func readLines(
        _ account: String,
        _ through: Day,
        _ state: ReconciliationState,
        _ end: End,
        _ tx: borrowing Transaction
    ) throws {
        // Usually nothing that arrived since the last run has been decided yet: then nothing needs to be looked up.
        let isUntouched = try tx.query(
            "select not exists (select 1 from line_outcome where line_id > \(state.line)::bigint)"
        ).row().get(0, as: Bool.self)
        let undecided = "(select o.line_id from line_outcome o where o.line_id = l.id) is null"
        var sql = """
            select l.id, nullif(l.transaction_id, ''), l.amount, l.booked_at from statement_line l
            where l.account_number = $1 and l.booked_on <= $2::date and l.id > $3::bigint and l.id <= $4::bigint
            """
        if !isUntouched { sql += " and \(undecided)" }
        // Lines of days that earlier runs left out.
        if let before = state.through, through > before {
            sql += """
                 union all select l.id, nullif(l.transaction_id, ''), l.amount, l.booked_at from statement_line l
                where l.account_number = $1 and l.booked_on <= $2::date and l.booked_on > $5::date and l.id <= $3::bigint
                    and \(undecided)
                """
        }
        var values: [any Bindable] = [account, through, state.line, end.line]
        if let before = state.through, through > before { values.append(before) }
        try tx.stream(Query(trustedSQL: sql, binding: values)) { row in
            let amount = try row.get(2, as: Money.self)
            lines.append(
                ExactMatch.LineHead(
                    id: try row.get(0),
                    key: try row.get(1, as: String?.self).map { LineKey(transactionID: $0, amount: amount) },
                    bookedAt: try row.get(3)
                )
            )
        }
    }

    mutating func readNotices(
        _ account: String,
        _ state: ReconciliationState,
        _ end: End,
        _ tx: borrowing Transaction
    ) throws {
        let isUntouched = try tx.query(
            """
            select not exists (select 1 from line_outcome where notice_id >= \(state.notice)::bigint
                    and outcome in ('matched', 'recovered', 'amount_mismatch'))
                and not exists (select 1 from line_notice where notice_id >= \(state.notice)::bigint)
                and not exists (select 1 from unconfirmed_notice where notice_id >= \(state.notice)::bigint)
            """
        ).row().get(0, as: Bool.self)
        let columns = """
            b.id, b.connection_id, b.bank_reference, b.amount, b.booked_on, b.payment_request_id, \(OpenHeads.basket)
            """
        let open = isUntouched ? "" : " and \(OpenHeads.isOpen)"
        let sql = """
            select \(columns), false, false from (
                select * from bank_notice where id >= $2::bigint and id <= $3::bigint offset 0) b
            where b.account_number = $1 and b.source = 'callback' and b.applied_amount + b.suspense_amount + b.cleared_amount > 0\(open)
            union all
            select \(columns), u.is_missing, true from unconfirmed_notice u
                cross join lateral (select * from bank_notice where id = u.notice_id limit 1) b
            where u.account_number = $1
            """
        try tx.stream(Query(trustedSQL: sql, binding: [account, state.notice, end.notice])) { row in
            let notice = try OpenNotice(row)
            notices.append(notice)
            if try row.get(8) { recorded.insert(notice.id) }
        }
    }

    /// What cashiers entered as paid to the account without cash, and the bank has not confirmed.
    static func counterPayments(_ account: String, _ tx: borrowing Transaction) throws -> [OpenNotice] {
        try tx.query(Query(trustedSQL: counterPayments, binding: [account])).map { try OpenNotice($0) }
    }

    /// Those for some requests, with one of the transactions on their slip, or whose slip's number a memo has.
    static func counterPayments(
        _ account: String,
        for requests: [UUID],
        or transactions: [String],
        shownBy lines: [Line],
        _ tx: borrowing Transaction
    ) throws -> [OpenNotice] {
        let amounts = Array(Set(lines.filter(\.isCredit).map(\.amount)))
        let named = """
             and (i.payment_request_id = any($2::uuid[]) or i.receipt_number = any($3::text[])
                or i.receipt_number is not null and i.amount = any($4::bigint[]))
            """
        let byAmount = Dictionary(grouping: lines, by: \.amount)
        let (requests, transactions) = (Set(requests), Set(transactions))
        let found = try tx.query(
            Query(
                trustedSQL: counterPayments + named,
                binding: [account, Array(requests), Array(transactions), amounts]
            )
        )
        return try found.map { try OpenNotice($0) }.filter { notice in
            notice.requestID.map(requests.contains) ?? false || transactions.contains(notice.bankReference)
                || (byAmount[notice.amount] ?? []).contains { notice.isShown(byMemoOf: $0) }
        }
    }

    private static let counterPayments = """
        select i.notice_id, null::integer, coalesce(i.receipt_number, 'counter:' || i.notice_id), i.amount, i.booked_on,
            i.payment_request_id, null::uuid, exists (
                select 1 from reconciliation_case c where c.kind = 'missing_at_bank' and c.notice_id = i.notice_id
                    and c.action is distinct from 'statement_undone')
        from clearing_item i where i.account_number = $1 and i.cleared_at is null
        """

    /// The basket that a notice `b` names; looked up only for the few that name no request.
    static let basket = """
        case when b.payment_request_id is null then (
            select n.basket_id from basket_notice n where n.notice_id = b.id) end
        """

    /// A notice `b` that no line has confirmed and no earlier run has recorded as unconfirmed.
    static let isOpen = """
        (select o.line_id from line_outcome o where o.notice_id = b.id
            and o.outcome in ('matched', 'recovered', 'amount_mismatch')) is null
        and (select n.line_id from line_notice n where n.notice_id = b.id) is null
        and (select u.notice_id from unconfirmed_notice u where u.notice_id = b.id) is null
        """
}

extension OpenNotice {
    init(_ row: Row) throws {
        self.init(
            id: try row.get(0),
            connectionID: try row.get(1),
            bankReference: try row.get(2),
            amount: try row.get(3),
            day: try row.get(4),
            requestID: try row.get(5),
            basketID: try row.get(6),
            hasCase: try row.get(7)
        )
    }
}
