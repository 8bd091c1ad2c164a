import Postgres
import Values

/// What is shown of one case beyond its row: the facts it is about, those like it, and what was done.
enum CaseFile {
    static func members(_ id: Int64, _ tx: borrowing Transaction) throws -> [JSON.Member] {
        let events = try list(
            """
            select json_build_object('event', event, 'by', actor_name, 'at', event_time(happened_at), 'detail', detail)
            from case_event where case_id = \(id)::bigint order by id
            """,
            tx
        )
        func these(_ name: String) -> JSON { .array(events.filter { $0["event"]?.string == name }) }
        return [
            .init("notice", try notice(id, tx)), .init("statement_line", try line(id, tx)),
            .init("payment_request", try request(id, tx)), .init("earlier_cases", .array(try earlier(id, tx))),
            .init("proposal", try proposal(id, tx)), .init("refunds", .array(try refunds(id, tx))),
            .init("notes", these("noted")), .init("attachments", these("attached")),
            .init("suggestions", try CaseSuggestions.members(id, tx)), .init("history", .array(events)),
        ]
    }

    private static func list(_ query: Query, _ tx: borrowing Transaction) throws -> [JSON] {
        try tx.query(query).map { try $0.get(0, as: JSON.self) }
    }

    private static func notice(_ id: Int64, _ tx: borrowing Transaction) throws -> JSON {
        try list(
            """
            select json_build_object('id', b.id, 'source', b.source, 'transaction_id', b.provider_transaction_id,
                'outcome', b.outcome, 'amount', b.amount, 'occurred_at', event_time(b.occurred_at), 'received_at', event_time(b.received_at),
                'memo', b.memo)
            from reconciliation_case c join bank_notice b on b.id = c.notice_id where c.id = \(id)::bigint
            """,
            tx
        ).first ?? .null
    }

    private static func line(_ id: Int64, _ tx: borrowing Transaction) throws -> JSON {
        try list(
            """
            select json_build_object('id', l.id, 'statement_id', l.statement_id, 'line_number', l.line_number,
                'transaction_id', l.transaction_id, 'amount', l.amount, 'booked_at', event_time(l.booked_at), 'memo', l.memo,
                'counterparty_name', l.counterparty_name, 'counterparty_account', l.counterparty_account)
            from reconciliation_case c join statement_line l on l.id = c.statement_line_id where c.id = \(id)::bigint
            """,
            tx
        ).first ?? .null
    }

    private static func request(_ id: Int64, _ tx: borrowing Transaction) throws -> JSON {
        try list(
            """
            select json_build_object('id', r.id, 'reference', r.reference, 'dossier_code', r.dossier_code,
                'status', r.status, 'amount_due', r.amount_due, 'amount_received', r.amount_received,
                'amount_refunded', r.amount_refunded, 'expires_at', event_time(r.expires_at))
            from reconciliation_case c join payment_request r on r.id = c.payment_request_id where c.id = \(id)::bigint
            """,
            tx
        ).first ?? .null
    }

    /// The latest 20 before it of the same request.
    private static func earlier(_ id: Int64, _ tx: borrowing Transaction) throws -> [JSON] {
        try list(
            """
            select json_build_object('id', e.id, 'kind', e.kind, 'state', e.state, 'amount', e.amount,
                'opened_at', event_time(e.opened_at), 'action', e.action)
            from reconciliation_case c join reconciliation_case e on e.id < c.id
                and e.payment_request_id = c.payment_request_id
            where c.id = \(id)::bigint order by e.id desc limit 20
            """,
            tx
        )
    }

    private static func proposal(_ id: Int64, _ tx: borrowing Transaction) throws -> JSON {
        try list(
            """
            select json_build_object('action', action, 'arguments', arguments, 'note', note,
                'proposed_by', proposed_by_name, 'proposed_at', event_time(proposed_at))
            from case_proposal where case_id = \(id)::bigint and state = 'waiting'
            """,
            tx
        ).first ?? .null
    }

    private static func refunds(_ id: Int64, _ tx: borrowing Transaction) throws -> [JSON] {
        try list(
            """
            select json_build_object('id', f.id, 'state', f.state, 'amount', p.amount)
            from refund_part p join refund f on f.id = p.refund_id where p.case_id = \(id)::bigint order by f.id
            """,
            tx
        )
    }
}
