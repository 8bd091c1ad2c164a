import Postgres
import Settlement
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the database knows about a batch, and what else is needed to write its decisions.
struct SettlementFacts {
    var facts = Facts()
    /// Where a request's money is posted, and its agency.
    var homes: [UUID: Home] = [:]
    /// The clearing account of each counter payment, by its notice.
    var clearingAccounts: [Int64: Int32] = [:]
    /// Requests that lines waiting for confirmation would pay.
    var waited: [UUID] = []
    /// An unused id for each notice.
    var newIDs: [Int64] = []
    /// Requests that have received money, even if it was refunded since.
    private var paidBefore: [UUID] = []

    /// The requests among them that are paid at a counter.
    private var counterRequests: [UUID] = []

    struct Home: Sendable {
        let revenueAccount: Int32
        let agencyCode: String
    }

    /// The id of each notice, or of the report recorded before it.
    func ids(for verdicts: [Verdict]) -> [Int64?] {
        var ids: [Int64?] = []
        for (place, verdict) in verdicts.enumerated() {
            guard let decision = verdict.decision else {
                ids.append(nil)
                continue
            }
            guard !decision.isRecorded else {
                ids.append(newIDs[place])
                continue
            }
            switch decision.earlier {
            case .notice(let id)?: ids.append(id)
            case .placeInBatch(let earlier)?: ids.append(ids[earlier])
            case nil: ids.append(nil)
            }
        }
        return ids
    }

    // What a batch names is looked up row by row, by lateral joins whose order the planner cannot change: a plain join
    // planned while the table is empty would scan the whole table for every batch once it has filled.

    /// Locks the requests that the batch names and reads the facts about it in one round trip; a second one is needed only for
    /// batches that name requests with earlier payments.
    static func read(_ notices: [Notice], at now: Instant, _ tx: borrowing Transaction) throws -> SettlementFacts {
        var known = SettlementFacts()
        let rows = try tx.pipeline([
            lockRequests(Array(Set(notices.flatMap(\.references)))), recordedReports(notices),
            reportedTransfers(notices), earlierLines(notices),
            signedDays(notices),
            """
            select nextval('bank_notice_id_seq') from generate_series(1, \(notices.count)::integer)
            """,
            baskets(notices),
        ])
        for row in rows[0] { try known.add(request: row) }
        for row in rows[1] {
            let notice = notices[try row.get(0, as: Int.self) - 1]
            let hash = try row.get(2, as: Bytes.self)
            known.facts.reports[notice.report] = Facts.RecordedReport(
                noticeID: try row.get(1),
                contentHash: hash.bytes,
                accountNumber: try row.get(4),
                requestID: try row.get(3)
            )
        }
        for row in rows[2] {
            let transfer = notices[try row.get(0, as: Int.self) - 1].transfer
            if try row.get(2) {
                known.facts.transfers[transfer] = try row.get(1)
            } else {
                known.facts.toldTransfers[transfer] = try row.get(1)
            }
        }
        for row in rows[3] {
            let key = notices[try row.get(0, as: Int.self) - 1].transfer
            guard known.facts.lines[key] == nil else { continue }
            known.facts.lines[key] = Facts.EarlierLine(
                id: try row.get(1),
                caseID: try row.get(2),
                proposalID: try row.get(3),
                rest: try row.get(4),
                recoveries: try row.get(5, as: String.self).split(separator: ",").compactMap { Int64($0) }
            )
        }
        for row in rows[4] {
            known.facts.signedDays.insert(AccountDay(accountNumber: try row.get(0), day: try row.get(1)))
        }
        known.newIDs = try rows[5].map { try $0.get(0) }
        for row in rows[6] { try known.add(basket: row) }
        try known.addRenewals(at: now, tx)
        try known.addWaiting(tx)
        try known.addBasketLines(tx)
        try known.addRecoveries(tx)
        try known.addCounterPayments(notices, tx)
        return known
    }

    static func lockRequests(_ references: [String]) -> Query {
        """
        select id, reference, status, amount_due, amount_applied - fee_refund_claimed, account_number, created_at,
            expires_at, revenue_account, agency_code, amount_received > 0, channel, exists (
                select 1 from recovery_proposal w where w.payment_request_id = payment_request.id and w.state = 'waiting')
        from payment_request where reference = any(\(references)::text[] || coalesce((
            -- The requests of the baskets among them: all in one order, or two batches would wait for each other.
            select array_agg(r.reference::text) from unnest(\(references)::text[]) as k (reference)
                cross join lateral (select id from basket where reference = k.reference limit 1) b
                cross join lateral (select payment_request_id from basket_item where basket_id = b.id offset 0) m
                cross join lateral (select reference from payment_request where id = m.payment_request_id limit 1) r),
            '{}'))
        order by id for update
        """
    }

    mutating func add(request row: Row) throws {
        let (
            id, reference, status, due, applied, account, created, expires, revenue, agency, hasReceived, channel,
            isWaited
        ) =
            try row.decode(
                UUID.self,
                String.self,
                String.self,
                Money.self,
                Money.self,
                String.self,
                Instant.self,
                Instant.self,
                Int32.self,
                String.self,
                Bool.self,
                String.self,
                Bool.self
            )
        if hasReceived { paidBefore.append(id) }
        if isWaited { waited.append(id) }
        if channel.hasPrefix("counter_"), hasReceived { counterRequests.append(id) }
        facts.requests[reference] = Facts.Request(
            id: id,
            reference: reference,
            status: try PaymentRequestState(stored: status),
            amountDue: due,
            netApplied: applied,
            accountNumber: account,
            createdAt: created,
            expiresAt: expires
        )
        homes[id] = Home(revenueAccount: revenue, agencyCode: agency)
    }

    private static func recordedReports(_ notices: [Notice]) -> Query {
        let callbacks = notices.enumerated().filter { $0.element.source == .callback }
        return """
            select k.place, b.id, b.content_hash, b.payment_request_id, b.account_number
            from unnest(\(callbacks.map { $0.offset + 1 })::integer[], \(callbacks.map(\.element.issuerID))::integer[],
                \(callbacks.map(\.element.transactionID))::text[]) as k (place, issuer, transaction)
                cross join lateral (
                    select * from bank_notice where issuer_id = k.issuer
                        and provider_transaction_id = k.transaction and source = 'callback' limit 1) b
            """
    }

    /// Notices that brought a transfer, and callbacks that reported a transfer that a line had brought.
    private static func reportedTransfers(_ notices: [Notice]) -> Query {
        let credits = notices.enumerated().filter(\.element.isCredit)
        return """
            select k.place, b.id, b.is_counted
            from unnest(\(credits.map { $0.offset + 1 })::integer[], \(credits.map(\.element.accountNumber))::text[],
                \(credits.map(\.element.bankReference))::text[], \(credits.map(\.element.amount))::bigint[])
                as k (place, account, reference, amount)
                cross join lateral (
                    -- The account in a form that no index has: else one by account and day fits a table that looks empty.
                    (select c.id, true as is_counted from bank_notice c
                    where c.bank_reference = k.reference and c.account_number || '' = k.account and c.amount = k.amount
                        and c.applied_amount + c.suspense_amount + c.cleared_amount > 0 limit 1)
                    union all
                    -- The first of them; "order by t.id limit 1" would walk the primary key while the table looks empty.
                    (select (array_agg(t.id order by t.id))[1], false from bank_notice t
                    where t.bank_reference = k.reference and t.account_number || '' = k.account and t.amount = k.amount
                        and t.source = 'callback' and t.outcome = 'duplicate' and t.cleared_amount = 0
                    having count(*) > 0)
                    union all
                    -- Its line has confirmed what a cashier entered.
                    (select i.notice_id, true from clearing_item i
                    where i.account_number = k.account and i.cleared_reference = k.reference and i.amount = k.amount
                    limit 1)) b
            """
    }

    /// Lines in the books that brought a transfer before its callback: in suspense, with a case or waiting for
    /// confirmation, or paid to requests.
    private static func earlierLines(_ notices: [Notice]) -> Query {
        let callbacks = notices.enumerated().filter { $0.element.source == .callback && $0.element.isCredit }
        return """
            select k.place, l.id, c.id, p.id,
                case when c.id is not null then l.amount - coalesce(m.used, 0) else coalesce(p.amount, 0) end,
                case when o.pass = 'several_requests' then coalesce((
                    select string_agg(n.notice_id::text, ',') from line_notice n where n.line_id = l.id), '') else '' end
            from unnest(\(callbacks.map { $0.offset + 1 })::integer[], \(callbacks.map(\.element.accountNumber))::text[],
                \(callbacks.map(\.element.bankReference))::text[], \(callbacks.map(\.element.amount))::bigint[])
                as k (place, account, reference, amount)
                cross join lateral (select * from line_outcome where transaction_id = k.reference offset 0) o
                cross join lateral (
                    select * from statement_line where id = o.line_id and account_number = k.account and amount = k.amount
                    offset 0) l
                left join reconciliation_case c on c.statement_line_id = l.id
                    and c.kind in ('amount_mismatch', 'duplicate_line', 'unmatched')
                left join case_money m on m.case_id = c.id
                left join recovery_proposal p on p.line_id = l.id and p.amount = l.amount and p.state = 'waiting'
            where o.pass = 'several_requests' or (o.suspense_amount = l.amount
                and (o.outcome = 'recovered' or not exists (select 1 from line_notice n where n.line_id = l.id)))
            order by l.id
            """
    }

    private static func signedDays(_ notices: [Notice]) -> Query {
        let days = Set(notices.map(\.occurredAt.day))
        return """
            select account_number, day from reconciliation_sign_off
            where account_number = any(\(Array(Set(notices.map(\.accountNumber))))::text[])
                and day = any(\(Array(days))::date[])
            """
    }

    /// What cashiers entered for the requests of the batch, or with the receipt number of a notice without a request.
    private mutating func addCounterPayments(_ notices: [Notice], _ tx: borrowing Transaction) throws {
        let strangers = notices.filter { notice in
            notice.source == .callback && notice.isCredit && !notice.references.contains { facts.requests[$0] != nil }
        }
        guard !counterRequests.isEmpty || !strangers.isEmpty else { return }
        let rows = try tx.query(
            """
            select i.notice_id, i.payment_request_id, coalesce(r.reference, i.receipt_number), i.amount, i.account_number, i.receipt_number,
                i.ledger_account
            from clearing_item i left join payment_request r on r.id = i.payment_request_id
            where i.cleared_at is null and (i.payment_request_id = any(\(counterRequests)::uuid[])
                or (i.account_number, i.receipt_number) in (
                    select * from unnest(\(strangers.map(\.accountNumber))::text[], \(strangers.map(\.bankReference))::text[])))
            order by i.notice_id for update of i
            """
        )
        for row in rows {
            let payment = Facts.CounterPayment(
                noticeID: try row.get(0),
                requestID: try row.get(1),
                reference: try row.get(2),
                amount: try row.get(3),
                accountNumber: try row.get(4),
                receiptNumber: try row.get(5)
            )
            facts.counterPayments.append(payment)
            clearingAccounts[payment.noticeID] = try row.get(6, as: Int32.self)
        }
    }

    /// A recovery is confirmed by the callback that settlement matched to it, by a callback of the same transfer or, if
    /// its line paid several requests, by a callback of the whole line.
    private mutating func addRecoveries(_ tx: borrowing Transaction) throws {
        guard !paidBefore.isEmpty else { return }
        let rows = try tx.query(
            """
            select b.payment_request_id, b.id, b.amount from bank_notice b
            where b.payment_request_id = any(\(paidBefore)::uuid[]) and b.applied_amount > 0
                and (b.source = 'statement' or exists (
                    select 1 from clearing_item i where i.notice_id = b.id and i.cleared_by_line is not null))
                and not exists (select 1 from bank_notice d where d.duplicate_of = b.id)
                and not exists (select 1 from bank_notice d
                    where d.account_number = b.account_number and d.bank_reference = b.bank_reference
                        and d.amount = b.amount and d.source = 'callback' and d.outcome = 'duplicate')
                and not exists (select 1 from line_notice n
                        join line_outcome o on o.line_id = n.line_id and o.pass = 'several_requests'
                        join statement_line l on l.id = o.line_id
                        join bank_notice d on d.account_number = l.account_number
                            and d.bank_reference = o.transaction_id and d.amount = l.amount
                    where n.notice_id = b.id and d.source = 'callback' and d.outcome = 'duplicate')
            order by b.id
            """
        )
        for row in rows {
            facts.recoveries[try row.get(0, as: UUID.self), default: []].append(
                Facts.Recovery(noticeID: try row.get(1), amount: try row.get(2))
            )
        }
    }
}

extension PaymentRequestState {
    /// Reads a state that the database holds; its own constraint allows no other.
    init(stored text: String) throws {
        guard let state = PaymentRequestState(rawValue: text) else {
            throw PostgresError.unreadable("\(text) is not a state of payment requests")
        }
        self = state
    }
}
