public import Postgres
import Values

/// One box that finds payments, cases, refunds and accounts by whatever people have of them.
public struct Finder: Sendable {
    /// How many of each kind are shown.
    public static let maximum = 8
    /// The fewest characters of a name that are looked for.
    public static let fewest = 3

    private let database: Database

    public init(_ database: Database) { self.database = database }

    /// Whose things are looked through.
    public struct Scope: Sendable {
        /// Only those of these agencies; `nil` for all.
        public let agencies: [String]?
        /// Only these accounts; `nil` for all.
        public let accounts: [String]?
        /// Whether the name of who paid may be looked for and shown.
        public let seesPayers: Bool
        public let seesCases: Bool
        public let seesRefunds: Bool

        public init(agencies: [String]?, accounts: [String]?, seesPayers: Bool, seesCases: Bool, seesRefunds: Bool) {
            self.agencies = agencies
            self.accounts = accounts
            self.seesPayers = seesPayers
            self.seesCases = seesCases
            self.seesRefunds = seesRefunds
        }
    }

    /// Everything that a text may mean; what fits best first, then what is newest.
    ///
    /// Each question is answered by an index, whatever the text; a search that takes too long all the same is ended by the
    /// database after two seconds.
    public func find(_ term: SearchTerm, in scope: Scope) async throws -> FoundThings {
        guard !term.folded.isEmpty else { return FoundThings() }
        return try await database.read { tx in
            // How many rows a pattern fits is not known to the planner, which then thinks that the first of all rows will do.
            try tx.script("set local statement_timeout = '2s'; set local enable_seqscan = off")
            var found = FoundThings()
            found.payments = try Finder.payments(term, scope, tx)
            if scope.seesCases {
                found.notices = try Finder.notices(term, scope, tx)
                found.cases = try Finder.cases(term, scope, tx)
            }
            if scope.seesRefunds { found.refunds = try Finder.refunds(term, scope, tx) }
            found.accounts = try Finder.accounts(term, scope, tx)
            return found
        }
    }

    /// By reference, also that of a basket, number of a receipt, dossier (whole or its beginning), name of the payer with or
    /// without accents, and amount.
    private static func payments(_ term: SearchTerm, _ scope: Scope, _ tx: borrowing Transaction) throws
        -> [FoundThings.Payment]
    {
        var parts: [String] = []
        var values: [any Bindable] = [scope.agencies, term.days?.lowerBound, term.days?.upperBound]
        let columns = "id, reference, dossier_code, payer_name, amount_due, status, created_at"
        let mine = """
            ($1::text[] is null or agency_code = any($1)) and ($2::date is null
                or created_at >= ($2::date::timestamp at time zone 'Asia/Ho_Chi_Minh')
                and created_at < (($3::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'))
            """
        func add(
            _ rank: Int,
            _ condition: String,
            _ value: any Bindable,
            order: String = "",
            of requests: String = "payment_request"
        ) {
            values.append(value)
            let which = condition.replacing("$$", with: "$\(values.count)")
            parts.append(
                "(select \(rank) as rank, \(columns) from \(requests) where \(which) and \(mine) \(order) limit \(maximum))"
            )
        }
        if let reference = term.reference {
            add(0, "reference = $$", reference)
            add(
                1,
                """
                id in (select i.payment_request_id from basket b join basket_item i on i.basket_id = b.id
                    where b.reference = $$)
                """,
                reference
            )
        }
        if let receipt = ReceiptNumber(term.text) {
            values += [receipt.kind.rawValue, receipt.serial] as [any Bindable]
            add(0, Finder.ofReceipt(kind: values.count - 1, serial: values.count), receipt.number)
        }
        if let code = term.code {
            add(1, "dossier_code = $$", term.text)
            add(2, "dossier_code ~>=~ $$ and dossier_code ~<~ ($$ || '~')", code)
            // References sort by their bytes, so their own index serves.
            if code.hasPrefix("RF") { add(1, "reference >= $$ and reference < ($$ || '~')", code) }
        }
        if let amount = term.amount { add(3, "amount_due = $$::bigint", amount, order: "order by created_at desc") }
        if scope.seesPayers, term.folded.utf8.count >= fewest, term.folded.contains(where: \.isLetter) {
            for place in try NamePlace.all(of: term.folded, enough: maximum, tx) {
                if place == .pairs { values.append(NamePlace.pairs(of: term.folded)) }
                let requests = place.requests(values.count)
                let order = place == .latest ? "order by created_at desc" : ""
                add(2, place.holds("$$"), Finder.escaped(term.folded), order: order, of: requests)
            }
        }
        if scope.seesPayers, let priced = term.priced {
            values.append(priced.amount)
            let amount = "amount_due = $\(values.count)::bigint"
            add(0, "\(NamePlace.parts.holds("$$")) and \(amount)", Finder.escaped(priced.name))
        }
        guard !parts.isEmpty else { return [] }
        return try requests(in: parts, columns, values, seesPayers: scope.seesPayers, tx)
    }

    private static func requests(
        in parts: [String],
        _ columns: String,
        _ values: [any Bindable],
        seesPayers: Bool,
        _ tx: borrowing Transaction
    ) throws -> [FoundThings.Payment] {
        let sql = """
            select distinct on (rank, created_at, id) \(columns) from (\(parts.joined(separator: " union all "))) f
            order by rank, created_at desc, id limit \(maximum)
            """
        var seen: Set<String> = []
        return try tx.query(Query(trustedSQL: sql, binding: values)).map { row in
            FoundThings.Payment(
                id: try row.get(0),
                reference: try row.get(1),
                dossierCode: try row.get(2),
                payerName: seesPayers ? try row.get(3) : nil,
                amountDue: try row.get(4),
                state: try row.code(5),
                createdAt: try row.get(6)
            )
        }.filter { seen.insert($0.reference).inserted }
    }

    /// SQL that holds for a request that has a receipt of a number.
    private static func ofReceipt(kind: Int, serial: Int) -> String {
        """
        id in (select r.payment_request_id from receipt r join receipt_series s on s.id = r.series_id
            where s.kind = $\(kind) and s.serial = $\(serial) and r.number = $$::integer)
        """
    }

    /// What stands for itself in a pattern of LIKE.
    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
    }

    /// By the bank's id of the transaction: of a notice, or of a line of a statement.
    private static func notices(_ term: SearchTerm, _ scope: Scope, _ tx: borrowing Transaction) throws
        -> [FoundThings.Notice]
    {
        guard let code = term.code else { return [] }
        return try tx.query(
            """
            select b.id, b.provider_transaction_id, b.amount, b.account_number, b.occurred_at, b.outcome,
                b.payment_request_id, (select min(c.id) from reconciliation_case c where c.notice_id = b.id
                    and c.kind in ('overpaid', 'late', 'unknown_reference', 'other_account', 'missing_at_bank')
                    and c.action is distinct from 'statement_undone')
            from bank_notice b
            where b.id in (
                select id from bank_notice where source = 'callback' and issuer_id in (select id from issuer)
                    and provider_transaction_id in (\(code), \(term.text))
                union all
                select o.notice_id from line_outcome o
                where o.transaction_id in (\(code), \(term.text)) and o.notice_id is not null)
                and (\(scope.accounts)::text[] is null or b.account_number = any(\(scope.accounts)::text[]))
                and (\(term.days?.lowerBound)::date is null
                    or b.booked_on between \(term.days?.lowerBound)::date and \(term.days?.upperBound)::date)
            order by b.id desc limit \(maximum)
            """
        ).map { row in
            FoundThings.Notice(
                id: try row.get(0),
                transactionID: try row.get(1),
                amount: try row.get(2),
                accountNumber: try row.get(3),
                occurredAt: try row.get(4),
                outcome: try row.get(5),
                requestID: try row.get(6),
                caseID: try row.get(7)
            )
        }
    }

    /// By number, those of a request by its reference, and open ones by amount or by what the bank's line or notice says.
    private static func cases(_ term: SearchTerm, _ scope: Scope, _ tx: borrowing Transaction) throws
        -> [FoundThings.CaseFound]
    {
        try tx.query(
            """
            select distinct on (f.id) f.id, f.kind, f.amount, f.state = 'open', f.opened_at from (
                (select * from reconciliation_case where id = \(term.caseNumber)::bigint)
                union all
                (select c.* from payment_request r join reconciliation_case c on c.payment_request_id = r.id
                    where r.reference = \(term.reference) order by c.id desc limit \(maximum))
                union all
                (select * from reconciliation_case where state = 'open' and amount = \(term.amount)::bigint
                    order by id desc limit \(maximum))
                union all
                -- As the index has it; where thousands fit, the newest of some of them do.
                (select * from (
                        select * from reconciliation_case
                        where state = 'open' and length(\(term.folded)) >= \(fewest)
                            and folded(coalesce(evidence ->> 'transaction_id', '') || ' '
                                || coalesce(evidence ->> 'memo', '') || ' '
                                || coalesce(evidence ->> 'counterparty_name', '') || ' '
                                || coalesce(evidence ->> 'counterparty_account', ''))
                            like '%' || \(escaped(term.folded)) || '%'
                        limit 1000) said
                    order by id desc limit \(maximum))) f
            where (\(scope.agencies)::text[] is null or f.agency_code = any(\(scope.agencies)::text[]))
                and (\(term.days?.lowerBound)::date is null or (f.opened_at at time zone 'Asia/Ho_Chi_Minh')::date
                    between \(term.days?.lowerBound)::date and \(term.days?.upperBound)::date)
            order by f.id desc limit \(maximum)
            """
        ).map { row in
            FoundThings.CaseFound(
                id: try row.get(0),
                kind: try row.code(1),
                amount: try row.get(2),
                isOpen: try row.get(3),
                openedAt: try row.get(4)
            )
        }
    }

    /// By the mark in the bank's transfer, the account or name that is paid, and the amount; the latest first.
    private static func refunds(_ term: SearchTerm, _ scope: Scope, _ tx: borrowing Transaction) throws
        -> [FoundThings.RefundFound]
    {
        try tx.query(
            """
            select f.id, f.amount, f.state, f.beneficiary_name, f.requested_at
            from refund f left join payment_request r on r.id = f.payment_request_id
                left join reconciliation_case c on c.id = f.case_id
            where (f.end_to_end_id = \(term.code) or f.beneficiary_account = \(term.code)
                    or f.amount = \(term.amount)::bigint or length(\(term.folded)) >= \(fewest)
                    and folded(f.beneficiary_name) like '%' || \(escaped(term.folded)) || '%')
                and (\(scope.agencies)::text[] is null
                    or coalesce(r.agency_code, c.agency_code) = any(\(scope.agencies)::text[]))
                and (\(term.days?.lowerBound)::date is null or (f.requested_at at time zone 'Asia/Ho_Chi_Minh')::date
                    between \(term.days?.lowerBound)::date and \(term.days?.upperBound)::date)
            order by f.requested_at desc limit \(maximum)
            """
        ).map { row in
            FoundThings.RefundFound(
                id: try row.get(0),
                amount: try row.get(1),
                state: try row.code(2),
                beneficiaryName: try row.get(3),
                requestedAt: try row.get(4)
            )
        }
    }

    private static func accounts(_ term: SearchTerm, _ scope: Scope, _ tx: borrowing Transaction) throws
        -> [FoundThings.AccountFound]
    {
        try tx.query(
            """
            select account_number, name from bank_account
            where length(\(term.folded)) >= \(fewest) and (account_number like \(escaped(term.text)) || '%'
                    or folded(name) like '%' || \(escaped(term.folded)) || '%')
                and (\(scope.accounts)::text[] is null or account_number = any(\(scope.accounts)::text[]))
            order by 1 limit \(maximum)
            """
        ).map { FoundThings.AccountFound(number: try $0.get(0), name: try $0.get(1)) }
    }
}
