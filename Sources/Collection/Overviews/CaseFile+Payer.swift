import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension CaseFile {
    /// What else the payer of a case has to do with us.
    public struct PayerRecord: Sendable {
        /// Another request in the same name.
        public struct Request: Sendable {
            public let id: UUID
            public let reference: String
            public let dossierCode: String
            public let state: PaymentRequestState
            public let amountDue: Money
            public let createdAt: Instant
        }

        /// The latest first, ``maximum`` at most.
        public let requests: [Request]
        /// Other cases: of those requests, or of money from the same account; the latest first, ``maximum`` at most.
        public let cases: [Earlier]

        /// How many of each are shown.
        static let maximum = 10

        public init(requests: [Request], cases: [Earlier]) {
            self.requests = requests
            self.cases = cases
        }
    }
}

extension Cases {
    /// What else the payer of a case, by the name of its request or of the transfer and by the account that paid, has to do
    /// with us.
    ///
    /// - Parameter agencies: only requests and cases of these agencies; `nil` for all.
    public func payer(of file: CaseFile, within agencies: [String]?) async throws -> CaseFile.PayerRecord {
        let name = file.head.subject.payerName ?? file.head.subject.counterpartyName ?? ""
        let account = file.line?.counterpartyAccount ?? ""
        return try await database.read { tx in
            let requests = name.isEmpty ? [] : try Cases.requests(of: name, but: file.head.requestID, agencies, tx)
            let cases = try tx.query(
                """
                select c.id, c.kind, c.state, c.amount, c.opened_at, c.action from reconciliation_case c
                where c.id <> \(file.head.id)::bigint
                    and (\(agencies)::text[] is null or c.agency_code = any(\(agencies)::text[]))
                    and c.id = any (array(
                        select o.id from reconciliation_case o
                        where o.payment_request_id = any(\(requests.map(\.id))::uuid[])
                        union
                        -- The words of open cases have an index; ended ones are found by their requests.
                        select o.id from reconciliation_case o
                        where o.state = 'open' and \(account) <> '' and o.evidence ->> 'counterparty_account' = \(account)
                            and folded(coalesce(o.evidence ->> 'transaction_id', '') || ' '
                                || coalesce(o.evidence ->> 'memo', '') || ' '
                                || coalesce(o.evidence ->> 'counterparty_name', '') || ' '
                                || coalesce(o.evidence ->> 'counterparty_account', ''))
                                like '%' || folded(\(Finder.escaped(account))) || '%'))
                order by c.id desc limit \(Int32(CaseFile.PayerRecord.maximum))
                """
            ).map { row in
                CaseFile.Earlier(
                    id: try row.get(0),
                    kind: try row.code(1),
                    state: try row.code(2),
                    amount: try row.get(3),
                    openedAt: try row.get(4),
                    action: try row.get(5)
                )
            }
            return CaseFile.PayerRecord(requests: requests, cases: cases)
        }
    }

    /// The requests in a name, whatever its accents and capitals.
    private static func requests(
        of name: String,
        but own: UUID?,
        _ agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> [CaseFile.PayerRecord.Request] {
        try tx.query(
            """
            select id, reference, dossier_code, status, amount_due, created_at from payment_request
            where folded(payer_name) like '%' || folded(\(Finder.escaped(name))) || '%'
                and folded(payer_name) = folded(\(name)) and id is distinct from \(own)::uuid
                and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
            order by created_at desc limit \(Int32(CaseFile.PayerRecord.maximum))
            """
        ).map { row in
            CaseFile.PayerRecord.Request(
                id: try row.get(0),
                reference: try row.get(1),
                dossierCode: try row.get(2),
                state: try row.code(3),
                amountDue: try row.get(4),
                createdAt: try row.get(5)
            )
        }
    }
}
