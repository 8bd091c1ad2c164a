import Identity
public import Postgres
public import Values
import Workflow

/// Reads what waits today.
public struct Overviews: Sendable {
    /// How far back days without a sign-off are counted.
    public static let daysBack: Int32 = 60

    let database: Database

    public init(_ database: Database) { self.database = database }

    /// - Parameters:
    ///   - caller: whose roles decide what waits for them.
    ///   - accounts: only these accounts; `nil` for all.
    ///   - agencies: only cases and refunds of these agencies; `nil` for all.
    public func read(for caller: Caller, accounts: [String]?, agencies: [String]?, now: Instant = .now()) async throws
        -> Overview
    {
        try await database.read { tx in
            let (groups, byAccount) = try Overviews.openCases(agencies, tx)
            // What an account has is told to whoever sees the account, whichever agency a case is of.
            let open = try agencies == nil ? byAccount : Overviews.openCases(nil, tx).byAccount
            return Overview(
                day: now.day,
                accounts: try Overviews.accounts(accounts, open, on: now.day, tx),
                groups: groups,
                waiting: try Overviews.waiting(for: caller, accounts, agencies, groups, tx)
            )
        }
    }

    /// The open cases by kind.
    ///
    /// - Parameter agencies: only cases of these agencies; `nil` for all.
    public func groups(within agencies: [String]?) async throws -> [Overview.CaseGroup] {
        try await database.read { tx in try Overviews.openCases(agencies, tx).groups }
    }

    /// The accounts with what they last heard.
    ///
    /// - Parameter accounts: only these; `nil` for all.
    public func accounts(_ accounts: [String]?, now: Instant = .now()) async throws -> [Overview.Account] {
        try await database.read { tx in
            try Overviews.accounts(accounts, try Overviews.openCases(nil, tx).byAccount, on: now.day, tx)
        }
    }

    /// Whether a statement of the account was ever imported, and not undone.
    public func hasStatements(account: String) async throws -> Bool {
        try await database.query(
            """
            select exists (select 1 from statement
                where account_number = \(account) and undone_at is null and last_day is not null)
            """
        ).row().get(0)
    }

    /// - Parameter open: how many open cases each account has.
    private static func accounts(
        _ accounts: [String]?,
        _ open: [String: Int64],
        on day: Day,
        _ tx: borrowing Transaction
    ) throws -> [Overview.Account] {
        try tx.query(
            """
            with unsigned as (
                select c.account_number, count(*) as days, min(c.day) as first from (
                    select distinct s.account_number, d::date as day
                    from statement s cross join lateral generate_series(
                        greatest(s.first_day, \(day)::date - \(daysBack)::integer),
                        least(s.last_day, \(day)::date - 1), interval '1 day') d
                    where s.undone_at is null and s.last_day >= \(day)::date - \(daysBack)::integer) c
                where not exists (select 1 from reconciliation_sign_off o
                    where o.account_number = c.account_number and o.day = c.day)
                group by 1)
            select a.account_number, a.bank_bin, a.name,
                (select max(b.received_at) from bank_notice b
                    where b.account_number = a.account_number and b.source = 'callback' and b.booked_on = (
                        select max(l.booked_on) from bank_notice l where l.account_number = a.account_number)),
                (select max(s.last_day) from statement s
                    where s.account_number = a.account_number and s.undone_at is null),
                coalesce(t.amount, 0)::bigint, coalesce(t.payments, 0), coalesce(u.days, 0), u.first
            from bank_account a
                left join unsigned u using (account_number)
                cross join lateral (
                    select sum(b.amount) as amount, count(*) as payments from bank_notice b
                    where b.account_number = a.account_number and b.booked_on = \(day)::date
                        and b.applied_amount + b.suspense_amount + b.cleared_amount > 0) t
            where \(accounts)::text[] is null or a.account_number = any(\(accounts)::text[])
            order by a.account_number
            """
        ).map { row in
            let number = try row.get(0, as: String.self)
            return Overview.Account(
                number: number,
                bankBIN: try row.get(1),
                name: try row.get(2),
                lastCallbackAt: try row.get(3),
                statementsThrough: try row.get(4),
                receivedToday: try row.get(5),
                paymentsToday: try row.get(6),
                openCases: open[number] ?? 0,
                unsignedDays: try row.get(7),
                firstUnsigned: try row.get(8)
            )
        }
    }

    /// The open cases by kind, and how many each account has.
    ///
    /// - Parameter agencies: only cases of these agencies; `nil` for all.
    private static func openCases(_ agencies: [String]?, _ tx: borrowing Transaction) throws -> (
        groups: [Overview.CaseGroup], byAccount: [String: Int64]
    ) {
        let rows = try tx.query(
            """
            with kind as (
                select kind, ((now() at time zone 'Asia/Ho_Chi_Minh')::date - due_days)::timestamp
                        at time zone 'Asia/Ho_Chi_Minh' as on_time_since,
                    (now() at time zone 'Asia/Ho_Chi_Minh')::date as today
                from case_kind),
            waiting as (
                select c.kind, count(*) as cases from case_proposal w join reconciliation_case c on c.id = w.case_id
                where w.state = 'waiting' and c.state = 'open'
                    and (\(agencies)::text[] is null or c.agency_code = any(\(agencies)::text[])) group by 1)
            select c.kind, count(*), coalesce(w.cases, 0),
                count(*) filter (where case when c.due_on is null then c.opened_at < k.on_time_since
                    else c.due_on < k.today end),
                sum(c.amount)::bigint, min(c.opened_at), c.account_number
            from reconciliation_case c join kind k using (kind) left join waiting w using (kind)
            where c.state = 'open' and (\(agencies)::text[] is null or c.agency_code = any(\(agencies)::text[]))
            group by c.kind, w.cases, c.account_number
            """
        )
        var groups: [CaseKind: Overview.CaseGroup] = [:]
        var byAccount: [String: Int64] = [:]
        for row in rows {
            let part = Overview.CaseGroup(
                kind: try row.code(0),
                count: try row.get(1),
                awaiting: try row.get(2),
                overdue: try row.get(3),
                amount: try row.get(4),
                oldestAt: try row.get(5)
            )
            groups[part.kind] = groups[part.kind].map { $0.joined(with: part) } ?? part
            if let account = try row.get(6, as: String?.self) { byAccount[account, default: 0] += part.count }
        }
        return (groups.values.sorted { $0.oldestAt < $1.oldestAt }, byAccount)
    }

    private static func waiting(
        for caller: Caller,
        _ accounts: [String]?,
        _ agencies: [String]?,
        _ groups: [Overview.CaseGroup],
        _ tx: borrowing Transaction
    ) throws -> Overview.Waiting {
        let me = caller.person.id
        let row = try tx.query(
            """
            select
                (select count(*) from case_proposal p join reconciliation_case c on c.id = p.case_id
                    where p.state = 'waiting' and p.proposed_by <> \(me)
                        and (p.action <> 'refund' or \(caller.holds(.approveRefund))::boolean)
                        and (\(agencies)::text[] is null or c.agency_code = any(\(agencies)::text[]))),
                (select count(*) from refund f left join payment_request r on r.id = f.payment_request_id
                        left join reconciliation_case c on c.id = f.case_id
                    where f.state = 'requested' and \(me) not in (f.requested_by, coalesce(f.adopted_by, ''),
                            coalesce(f.approved_by, ''))
                        and coalesce(f.adopted_by_person, f.requested_by_person) is not null
                        and (\(agencies)::text[] is null or coalesce(r.agency_code, c.agency_code) = any(\(agencies)::text[]))),
                (select count(*) from refund f left join payment_request r on r.id = f.payment_request_id
                        left join reconciliation_case c on c.id = f.case_id
                    where f.state = 'approved' and (\(agencies)::text[] is null
                        or coalesce(r.agency_code, c.agency_code) = any(\(agencies)::text[]))),
                (select count(distinct p.statement_id) from recovery_proposal p join statement s on s.id = p.statement_id
                    where p.state = 'waiting' and p.imported_by <> \(me) and (\(accounts)::text[] is null
                        or s.account_number = any(\(accounts)::text[]))),
                (select count(*) from reconciliation_sign_off o
                    where o.day > (now() at time zone 'Asia/Ho_Chi_Minh')::date - \(daysBack)::integer
                        and o.signed_by <> \(me) and not exists (select 1 from reconciliation_countersignature c
                            where c.account_number = o.account_number and c.day = o.day)
                        and (\(accounts)::text[] is null or o.account_number = any(\(accounts)::text[])))
            """
        ).row()
        var waiting = Overview.Waiting()
        if caller.holds(.resolveCases) { waiting.proposals = try row.get(0) }
        if caller.holds(.approveRefund) { waiting.refundsToApprove = try row.get(1) }
        if caller.holds(.executeRefund) { waiting.refundsToExecute = try row.get(2) }
        if caller.holds(.confirmRecoveries) { waiting.statementsToConfirm = try row.get(3) }
        if caller.holds(.signOffReconciliation) { waiting.daysToCountersign = try row.get(4) }
        if caller.holds(.adoptCatalogue), caller.localities == nil {
            waiting.cataloguesToAdopt = try tx.query(
                """
                select count(*) from catalogue_proposal p where p.proposed_by <> \(me)
                    and not exists (select 1 from catalogue_decision d where d.proposal_id = p.id)
                """
            ).row().get(0)
        }
        try work(of: caller, accounts, groups, into: &waiting, tx)
        if caller.holds(.approveShift) { waiting.shiftsToApprove = try shiftsToApprove(by: caller, agencies, tx) }
        if caller.holds(.takeRemittance) { try remittances(of: caller, agencies, into: &waiting, tx) }
        return waiting
    }

    /// What nobody has begun yet: open cases, days to sign, statements that no run has gone through.
    private static func work(
        of caller: Caller,
        _ accounts: [String]?,
        _ groups: [Overview.CaseGroup],
        into waiting: inout Overview.Waiting,
        _ tx: borrowing Transaction
    ) throws {
        if caller.holds(.resolveCases) {
            waiting.overdueCases = groups.map(\.overdue).reduce(0, +)
            waiting.openCases = groups.map { $0.count - $0.awaiting }.reduce(0, +)
        }
        if caller.holds(.signOffReconciliation) { waiting.daysToSign = try daysToSign(accounts, tx) }
        guard caller.holds(.reconcile) else { return }
        waiting.statementsToReconcile = try tx.query(
            """
            select count(*) from statement s
            where s.undone_at is null and s.lines > 0 and s.last_day is not null
                and s.imported_at > now() - make_interval(days => \(daysBack)::integer)
                and (\(accounts)::text[] is null or s.account_number = any(\(accounts)::text[]))
                and not exists (select 1 from reconciliation_run r where r.account_number = s.account_number
                    and r.started_at >= s.imported_at and r.through >= s.last_day)
            """
        ).row().get(0)
    }

    /// Today is left out: it is not over.
    private static func daysToSign(_ accounts: [String]?, _ tx: borrowing Transaction) throws -> Int64 {
        try tx.query(
            """
            select count(*) from (
                select distinct s.account_number, d::date as day
                from statement s cross join lateral generate_series(
                    greatest(s.first_day, (now() at time zone 'Asia/Ho_Chi_Minh')::date - \(daysBack)::integer),
                    least(s.last_day, (now() at time zone 'Asia/Ho_Chi_Minh')::date - 1), interval '1 day') d
                where s.undone_at is null
                    and s.last_day >= (now() at time zone 'Asia/Ho_Chi_Minh')::date - \(daysBack)::integer
                    and (\(accounts)::text[] is null or s.account_number = any(\(accounts)::text[]))) c
            where not exists (select 1 from reconciliation_sign_off o
                where o.account_number = c.account_number and o.day = c.day)
            """
        ).row().get(0)
    }

    private static func remittances(
        of caller: Caller,
        _ agencies: [String]?,
        into waiting: inout Overview.Waiting,
        _ tx: borrowing Transaction
    ) throws {
        let (made, approved) = try tx.query(
            """
            select count(*) filter (where state = 'made' and made_by <> \(caller.id)::uuid),
                count(*) filter (where state = 'approved' and approved_by <> \(caller.id)::uuid)
            from remittance where state in ('made', 'approved')
                and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
            """
        ).row().decode(Int64.self, Int64.self)
        if caller.holds(.approveRemittance) { waiting.remittancesToApprove = made }
        waiting.remittancesToSend = approved
    }

    private static func shiftsToApprove(by caller: Caller, _ agencies: [String]?, _ tx: borrowing Transaction) throws
        -> Int64
    {
        try tx.query(
            """
            select count(*) from shift where state = 'counted' and cashier <> \(caller.id)::uuid
                and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
            """
        ).row().get(0)
    }
}
