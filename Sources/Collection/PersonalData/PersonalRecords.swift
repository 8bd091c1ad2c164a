import Casework
import Postgres
public import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where somebody's data are, as `find` shows and `erase` goes through them.
public struct PersonalRecords: Sendable {
    /// More than any payer has; a subject that has more is not one person.
    static let most = 500

    struct Request: Sendable {
        let id: UUID
        let facts: ErasureFacts.Request
        let json: JSON
    }

    struct Text: Sendable {
        let id: Int64
        let json: JSON
    }

    struct OfCase: Sendable {
        let facts: ErasureFacts.OfCase
        let json: JSON
    }

    struct OfRefund: Sendable {
        let id: UUID
        let facts: ErasureFacts.OfRefund
        let json: JSON
    }

    let requests: [Request]
    let notices: [Text]
    let lines: [Text]
    let cases: [OfCase]
    let refunds: [OfRefund]

    var facts: ErasureFacts {
        ErasureFacts(requests: requests.map(\.facts), cases: cases.map(\.facts), refunds: refunds.map(\.facts))
    }

    /// Whether nothing is kept of the subject.
    public var isEmpty: Bool {
        requests.isEmpty && notices.isEmpty && lines.isEmpty && cases.isEmpty && refunds.isEmpty
    }

    /// The places with their values, to be masked for whoever sees them.
    public var json: JSON {
        [
            "payment_requests": .array(requests.map(\.json)), "notices": .array(notices.map(\.json)),
            "statement_lines": .array(lines.map(\.json)), "cases": .array(cases.map(\.json)),
            "refunds": .array(refunds.map(\.json)),
        ]
    }
}

extension PersonalRecords {
    /// Reads what is kept of a subject that is not erased already; the requests are locked, so that none is paid meanwhile.
    init(of subject: PersonalDataSubject, _ tx: borrowing Transaction) throws {
        requests = try PersonalRecords.requests(of: subject, tx)
        let ids = requests.map(\.id)
        var lineIDs: [Int64] = []
        var noticeIDs: [Int64] = []
        if case .account(let account) = subject {
            lineIDs = try PersonalRecords.lines(ofAccount: account, tx)
            noticeIDs = try PersonalRecords.ids(
                """
                select notice_id from line_outcome
                where line_id = any (\(lineIDs)::bigint[]) and notice_id is not null and outcome <> 'grouped'
                union select notice_id from line_notice where line_id = any (\(lineIDs)::bigint[])
                """,
                tx
            )
        } else {
            noticeIDs = try PersonalRecords.notices(of: ids, tx)
            lineIDs = try PersonalRecords.lines(of: ids, noticeIDs, tx)
        }
        notices = try PersonalRecords.notices(noticeIDs, tx)
        lines = try PersonalRecords.lines(lineIDs, tx)
        cases = try PersonalRecords.cases(ids, noticeIDs, lineIDs, tx)
        refunds = try PersonalRecords.refunds(ids, cases.map(\.facts.id), subject, tx)
    }

    private static func ids(_ query: Query, _ tx: borrowing Transaction) throws -> [Int64] {
        let rows = try tx.query(query)
        guard rows.count <= most else { throw tooMany }
        return try rows.map { try $0.get(0) }
    }

    private static let tooMany = ServiceError(
        .invalidParameter,
        Phrase(
            vi: "tìm thấy hơn \(most) bản ghi, không thể của một người; hãy nêu mã thanh toán",
            en: "more than \(most) records were found, which is not one person's; name a reference"
        )
    )

    private static func requests(of subject: PersonalDataSubject, _ tx: borrowing Transaction) throws -> [Request] {
        let columns = """
            id, reference, status, payer_name, payer_evidence_number, return_url,
            (select json_agg(json_build_object('channel', c.channel, 'address', c.address) order by c.id)
                from payer_contact c where c.payment_request_id = payment_request.id and c.address is not null)
            """
        let condition: String
        switch subject {
        case .reference: condition = "reference = $1"
        case .dossier: condition = "dossier_code = $1"
        case .identity: condition = "payer_evidence_number = $1"
        case .account: return []
        }
        let rows = try tx.query(
            Query(
                trustedSQL: """
                    select \(columns) from payment_request where \(condition) order by id limit \(most + 1) for update
                    """,
                binding: [subject.value]
            )
        )
        guard rows.count <= most else { throw tooMany }
        return try rows.map { row in
            let facts = ErasureFacts.Request(reference: try row.get(1), state: try row.code(2))
            return Request(
                id: try row.get(0),
                facts: facts,
                json: [
                    "reference": .string(facts.reference), "status": .string(facts.state.rawValue),
                    "payer": [
                        "name": .optional(try row.get(3, as: String?.self)),
                        "evidence": ["number": .optional(try row.get(4, as: String?.self))],
                    ],
                    "contacts": try row.get(6, as: JSON?.self) ?? [],
                    "has_return_url": .bool(try row.get(5, as: String?.self) != nil),
                ]
            )
        }
    }

    /// What was reported for requests, also by statements that were undone since.
    private static func notices(of requests: [UUID], _ tx: borrowing Transaction) throws -> [Int64] {
        try ids(
            """
            select notice_id from request_notice where payment_request_id = any (\(requests)::uuid[])
            union
            select row_id from undone_row where source = 'bank_notice'
                and (content ->> 'payment_request_id')::uuid = any (\(requests)::uuid[])
            """,
            tx
        )
    }

    /// The lines that show them. A line that a gateway pays many transfers out in says nothing of one payer.
    private static func lines(of requests: [UUID], _ notices: [Int64], _ tx: borrowing Transaction) throws -> [Int64] {
        try ids(
            """
            select line_id from line_outcome
            where notice_id = any (\(notices)::bigint[]) and outcome <> 'grouped'
            union
            select n.line_id from line_notice n where n.notice_id = any (\(notices)::bigint[])
                and not exists (select 1 from line_outcome o where o.line_id = n.line_id and o.outcome = 'grouped')
            union
            select statement_line_id from reconciliation_case
            where payment_request_id = any (\(requests)::uuid[]) and statement_line_id is not null
            union
            select row_id from undone_row where source = 'line_outcome' and content ->> 'outcome' <> 'grouped'
                and ((content ->> 'payment_request_id')::uuid = any (\(requests)::uuid[])
                    or (content ->> 'notice_id')::bigint = any (\(notices)::bigint[]))
            """,
            tx
        )
    }

    private static func lines(ofAccount account: String, _ tx: borrowing Transaction) throws -> [Int64] {
        try ids(
            """
            select id from statement_line where counterparty_account = \(account)
            union
            select row_id from undone_row
            where source = 'statement_line' and content ->> 'counterparty_account' = \(account)
            """,
            tx
        )
    }

    private static func notices(_ ids: [Int64], _ tx: borrowing Transaction) throws -> [Text] {
        try tx.query(
            """
            select id, memo, raw is not null from bank_notice where id = any (\(ids)::bigint[]) and salt is not null
            union all
            select row_id, content ->> 'memo', false from undone_row
            where source = 'bank_notice' and row_id = any (\(ids)::bigint[]) and content ->> 'salt' is not null
            order by 1
            """
        ).map { row in
            let (id, memo, hasRaw) = try row.decode(Int64.self, String?.self, Bool.self)
            return Text(
                id: id,
                json: ["id": .integer(id), "memo": .optional(memo), "has_message_as_received": .bool(hasRaw)]
            )
        }
    }

    private static func lines(_ ids: [Int64], _ tx: borrowing Transaction) throws -> [Text] {
        try tx.query(
            """
            select id, counterparty_name, counterparty_account, memo from statement_line
            where id = any (\(ids)::bigint[]) and salt is not null
            union all
            select row_id, content ->> 'counterparty_name', content ->> 'counterparty_account', content ->> 'memo'
            from undone_row
            where source = 'statement_line' and row_id = any (\(ids)::bigint[]) and content ->> 'salt' is not null
            order by 1
            """
        ).map { row in
            let (id, name, account, memo) = try row.decode(Int64.self, String?.self, String?.self, String?.self)
            return Text(
                id: id,
                json: [
                    "id": .integer(id), "counterparty_name": .optional(name),
                    "counterparty_account": .optional(account), "memo": .optional(memo),
                ]
            )
        }
    }

    private static func cases(
        _ requests: [UUID],
        _ notices: [Int64],
        _ lines: [Int64],
        _ tx: borrowing Transaction
    ) throws -> [OfCase] {
        try tx.query(
            """
            select id, kind, state = 'open', evidence ->> 'memo', evidence ->> 'counterparty_name'
            from reconciliation_case
            where (payment_request_id = any (\(requests)::uuid[]) or notice_id = any (\(notices)::bigint[])
                or statement_line_id = any (\(lines)::bigint[])) and salt is not null
            order by id
            """
        ).map { row in
            let facts = ErasureFacts.OfCase(id: try row.get(0), isOpen: try row.get(2))
            return OfCase(
                facts: facts,
                json: [
                    "id": .integer(facts.id), "kind": .string(try row.get(1)), "is_open": .bool(facts.isOpen),
                    "memo": .optional(try row.get(3, as: String?.self)),
                    "counterparty_name": .optional(try row.get(4, as: String?.self)),
                ]
            )
        }
    }

    private static func refunds(
        _ requests: [UUID],
        _ cases: [Int64],
        _ subject: PersonalDataSubject,
        _ tx: borrowing Transaction
    ) throws -> [OfRefund] {
        var account: String?
        if case .account(let number) = subject { account = number }
        return try tx.query(
            """
            select id, end_to_end_id, state, requested_at, beneficiary_account, beneficiary_name from refund f
            where (payment_request_id = any (\(requests)::uuid[]) or case_id = any (\(cases)::bigint[])
                or beneficiary_account = \(account) or exists (
                    select 1 from refund_part p where p.refund_id = f.id and p.case_id = any (\(cases)::bigint[])))
                and salt is not null
            order by id
            """
        ).map { row in
            let facts = ErasureFacts.OfRefund(
                mark: try row.get(1),
                state: try row.code(2),
                requestedAt: try row.get(3)
            )
            let id = try row.get(0, as: UUID.self)
            return OfRefund(
                id: id,
                facts: facts,
                json: [
                    "id": .string(id.text), "state": .string(facts.state.rawValue),
                    "beneficiary": [
                        "account_number": .optional(try row.get(4, as: String?.self)),
                        "name": .optional(try row.get(5, as: String?.self)),
                    ],
                ]
            )
        }
    }
}
