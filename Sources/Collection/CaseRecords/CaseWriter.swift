import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Opens and closes cases without a person.
enum CaseWriter {
    /// Opens cases; a subject that already has its case keeps it. The amount of an open `underpaid` case is updated to
    /// what remains.
    static func open(_ cases: [CaseRecord], now: Instant) -> [Query] {
        guard !cases.isEmpty else { return [] }
        let (underpaid, others) = (cases.filter { $0.kind == .underpaid }, cases.filter { $0.kind != .underpaid })
        var queries: [Query] = []
        if !others.isEmpty { queries.append(insert(others, now)) }
        if !underpaid.isEmpty { queries.append(insertUnderpaid(underpaid, now)) }
        return queries
    }

    private static func insert(_ cases: [CaseRecord], _ now: Instant) -> Query {
        """
        insert into reconciliation_case (kind, account_number, agency_code, payment_request_id, notice_id,
            statement_line_id, statement_id, content_hash, connection_id, amount, evidence, reason, opened_at)
        select kind, account_number, agency_code, payment_request_id, notice_id, statement_line_id, statement_id,
            content_hash, connection_id, amount, evidence::jsonb, reason::jsonb, \(now)::timestamptz
        from unnest(\(records(cases))::case_record[]) on conflict do nothing
        """
    }

    private static func insertUnderpaid(_ cases: [CaseRecord], _ now: Instant) -> Query {
        """
        insert into reconciliation_case as c (kind, account_number, agency_code, payment_request_id, notice_id,
            statement_line_id, statement_id, content_hash, amount, evidence, reason, opened_at)
        select kind, account_number, agency_code, payment_request_id, notice_id, statement_line_id, statement_id,
            content_hash, amount, evidence::jsonb, reason::jsonb, \(now)::timestamptz
        from unnest(\(records(cases))::case_record[])
        on conflict (payment_request_id) where kind = 'underpaid' do update
            set amount = excluded.amount, reason = excluded.reason where c.state = 'open'
        """
    }

    /// Opens cases of gaps between statements; the amount of an existing case is updated to the gap.
    static func openGaps(_ cases: [CaseRecord], now: Instant) -> [Query] {
        guard !cases.isEmpty else { return [] }
        return [
            """
            insert into reconciliation_case as c (kind, account_number, statement_id, amount, evidence, reason, opened_at)
            select kind, account_number, statement_id, amount, evidence::jsonb, reason::jsonb, \(now)::timestamptz
            from unnest(\(records(cases))::case_record[])
            on conflict (statement_id) where kind = 'statement_gap' do update
                set amount = excluded.amount, evidence = excluded.evidence, reason = excluded.reason
                where c.amount <> excluded.amount
            """
        ]
    }

    /// Closes the cases of statements that no longer have a gap.
    static func closeGaps(of statements: [Int64], now: Instant) -> Query {
        """
        update reconciliation_case set state = 'closed', ended_at = \(now)::timestamptz, ended_by = 'system',
            action = 'statement_came'
        where kind = 'statement_gap' and statement_id = any(\(statements)::bigint[]) and state = 'open'
        """
    }

    private static func records(_ cases: [CaseRecord]) -> Records {
        Records(cases, fields: 12) { opened, record in
            record.put(opened.kind.rawValue)
            record.put(opened.accountNumber)
            record.put(opened.agencyCode)
            record.put(opened.requestID)
            record.put(opened.noticeID)
            record.put(opened.lineID)
            record.put(opened.statementID)
            record.put(bytes: opened.contentHash)
            record.put(opened.connectionID)
            record.put(opened.amount)
            record.put(opened.evidence.serialized)
            record.put(opened.reason.json.serialized)
        }
    }

    /// Closes the `underpaid` cases of requests for which nothing remains.
    static func closeUnderpaid(of requests: [UUID], now: Instant) -> Query {
        """
        update reconciliation_case set state = 'closed', ended_at = \(now)::timestamptz, ended_by = 'system',
            action = 'paid_in_full'
        where kind = 'underpaid' and payment_request_id = any(\(requests)::uuid[]) and state = 'open'
        """
    }

    /// Closes the cases of payments that were missing at the bank, by their notices.
    static func closeMissing(_ notices: [Int64], now: Instant) -> Query {
        """
        update reconciliation_case set state = 'closed', ended_at = \(now)::timestamptz, ended_by = 'system',
            action = 'line_came'
        where kind = 'missing_at_bank' and notice_id = any(\(notices)::bigint[]) and state = 'open'
        """
    }

    /// Closes one case.
    static func close(_ id: Int64, action: String, now: Instant) -> Query {
        """
        update reconciliation_case set state = 'closed', ended_at = \(now)::timestamptz, ended_by = 'system',
            action = \(action)
        where id = \(id)::bigint and state = 'open'
        """
    }
}
