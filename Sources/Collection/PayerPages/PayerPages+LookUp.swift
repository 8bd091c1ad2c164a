import Postgres
import Values

extension PayerPages {
    /// How many requests are shown of a dossier.
    private static let maximumFound = 10

    /// What was asked about, of a dossier the newest first; of the reference of a basket, its requests. Empty if nothing fits. A dossier with another payer is told no differently
    /// from one that does not exist. Names are compared without accents and case.
    public func find(_ wanted: LookUp) async throws -> [PayerView] {
        try await database.read { tx in
            let sql = "select \(PaymentRequest.columns) from payment_request where "
            let query =
                switch wanted {
                case .reference(let reference):
                    Query(
                        trustedSQL: sql + """
                            id in (
                                select id from payment_request where reference = $1
                                union all
                                select i.payment_request_id from basket b join basket_item i on i.basket_id = b.id
                                where b.reference = $1)
                            order by created_at, id
                            """,
                        binding: [reference]
                    )
                case .receipt(let number):
                    Query(
                        trustedSQL: sql + """
                            id = (select r.payment_request_id from receipt r join receipt_series s on s.id = r.series_id
                                where s.kind = $1 and s.serial = $2 and r.number = $3::integer and r.code = $4::bigint
                                limit 1)
                            """,
                        binding: [number.kind.rawValue, number.serial, number.number, number.code]
                    )
                case .dossier(let code, let payer):
                    Query(
                        trustedSQL: sql + """
                            dossier_code = $1 and folded(payer_name) = folded($2)
                            order by created_at desc limit \(PayerPages.maximumFound)
                            """,
                        binding: [code, payer]
                    )
                }
            let now = Instant.now()
            var found: [PayerView] = []
            for row in try tx.query(query) { found.append(try PayerPages.view(of: PaymentRequest(row), at: now, tx)) }
            return found
        }
    }
}
