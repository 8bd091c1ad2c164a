import PaymentQR
import Postgres
import Values

/// Requests that the money of a case may have been meant for. Offered to a person, never applied.
enum CaseSuggestions {
    /// How many are offered.
    private static let maximum = 10

    private static func plain(_ text: String) -> String {
        text.foldedToASCII.uppercased().filter { $0.isLetter || $0.isNumber }
    }

    /// The nearest by amount, name and time, with what tells them apart and how many others would fit as well.
    static func members(_ id: Int64, _ tx: borrowing Transaction) throws -> JSON {
        let found = try tx.query(
            """
            select c.account_number, coalesce(l.booked_at, b.occurred_at, c.opened_at),
                case_held(c.id) - coalesce(m.used, 0),
                concat_ws(' ', l.memo, l.counterparty_name, b.memo)
            from reconciliation_case c left join case_money m on m.case_id = c.id
                left join bank_notice b on b.id = c.notice_id left join statement_line l on l.id = c.statement_line_id
            where c.id = \(id)::bigint and c.state = 'open' and c.payment_request_id is null
            """
        ).first
        guard let found else { return [] }
        let (account, at, left, words) = try found.decode(String?.self, Instant.self, Money.self, String.self)
        guard let account, left > .zero else { return [] }
        let memo = Memo(words)
        let candidates = try rows(of: id, account, at, left, tx).map { row in
            try candidate(row, for: left, at: at, saying: memo)
        }
        let sameAmount = Int64(candidates.count { $0.isSameAmount })
        // As good as the amount alone: how many requests wait for exactly this.
        return .array(
            candidates.sorted { $0.score > $1.score }.prefix(maximum).map { candidate in
                .object((candidate.json.members ?? []) + [.init("requests_of_same_amount", .integer(sameAmount))])
            }
        )
    }

    /// Requests that wait for about this amount, and those that a notice of exactly this amount has paid.
    private static func rows(of id: Int64, _ account: String, _ at: Instant, _ left: Money, _ tx: borrowing Transaction)
        throws -> Rows
    {
        // Half a thousand candidates of about the amount are enough to choose ten from.
        try tx.query(
            """
            (select r.id::text, r.reference, r.dossier_code, r.procedure_code, coalesce(r.payer_name, ''),
                r.amount_due - (r.amount_applied - r.fee_refund_claimed), r.status, r.created_at, null::bigint
            from payment_request r
            where r.account_number = \(account) and r.status in ('pending', 'expired')
                and r.created_at between \(at)::timestamptz - interval '31 days' and \(at)::timestamptz + interval '1 day'
                and abs(r.amount_due - (r.amount_applied - r.fee_refund_claimed) - \(left)::bigint) <= \(left)::bigint / 10
            order by abs(r.amount_due - (r.amount_applied - r.fee_refund_claimed) - \(left)::bigint), r.created_at desc limit 500)
            union all
            -- What a notice booked and no line has proved: the line may be that one's.
            (select r.id::text, r.reference, r.dossier_code, r.procedure_code, coalesce(r.payer_name, ''),
                r.amount_due - (r.amount_applied - r.fee_refund_claimed), r.status, a.occurred_at, a.id
            from awaited_notice a join payment_request r on r.id = a.payment_request_id
            where a.account_number = \(account) and a.amount = \(left)::bigint
                and a.booked_on between (\(at)::timestamptz - interval '10 days')::date
                    and (\(at)::timestamptz + interval '2 days')::date
                and exists (select 1 from reconciliation_case c
                    where c.id = \(id)::bigint and c.kind in ('amount_mismatch', 'duplicate_line', 'unmatched'))
            order by a.id desc limit 100)
            """
        )
    }

    /// What a memo says: its words, and all of it without what a bank may have lost.
    private struct Memo {
        let words: Set<String>
        let plain: String

        init(_ text: String) {
            words = Set(text.foldedToASCII.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
            plain = CaseSuggestions.plain(text)
        }
    }

    private static func candidate(_ row: Row, for left: Money, at: Instant, saying memo: Memo) throws -> (
        score: Int64, isSameAmount: Bool, json: JSON
    ) {
        let (request, reference, dossier, procedure, name, due, status, created, notice) = try row.decode(
            String.self,
            String.self,
            String.self,
            String.self,
            String.self,
            Money.self,
            String.self,
            Instant.self,
            Int64?.self
        )
        let isSameAmount = notice != nil || due == left
        let parts = name.foldedToASCII.uppercased().split(separator: " ").map(String.init)
        let alike = parts.isEmpty ? 0 : Int64(parts.count { memo.words.contains($0) } * 100 / parts.count)
        let hours = abs(at.unixSeconds - created.unixSeconds) / 3600
        // Codes have points and dashes, which the memo may have lost.
        let code = plain(dossier)
        let namesDossier = code.count >= 4 && memo.plain.contains(code)
        let score = (isSameAmount ? 1000 : 0) + alike * 5 + (namesDossier ? 1000 : 0) - min(hours, 400)
        return (
            score, isSameAmount,
            [
                "payment_request_id": .string(request), "reference": .string(reference),
                "dossier_code": .string(dossier), "procedure_code": .string(procedure),
                "payer_name": .string(name), "still_due": .money(due), "status": .string(status),
                "created_at": .text(created), "same_amount": .bool(isSameAmount),
                "name_likeness": .integer(alike), "names_dossier": .bool(namesDossier),
                // The notice that booked it: linking the line to it moves nothing, but proves it.
                "notice_id": notice.map { .integer($0) } ?? .null,
            ]
        )
    }
}
