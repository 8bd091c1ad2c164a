public import Casework
import Postgres

extension CounterPayments {
    /// The requests that somebody at the counter asks about, the newest first: those of the reference that was scanned, or
    /// of the dossier. Requests that the caller does not act for are not among them.
    public func find(_ scanned: ScannedText, for caller: Caller) async throws -> [PaymentRequest] {
        guard !scanned.isEmpty else { return [] }
        let sql = """
            select \(PaymentRequest.columns) from payment_request
            where reference = any($1::text[]) or ($2::boolean and dossier_code = any($3::text[])) or token = $4::text
                or id = any(array(select r.payment_request_id from receipt r join receipt_series s on s.id = r.series_id
                    where s.kind = $5::text and s.serial = $6::text and r.number = $7::integer
                        and ($8::bigint is null or r.code = $8::bigint)))
            order by created_at desc, id desc limit 50
            """
        let receipt = scanned.receipt.flatMap { ReceiptNumber($0) }
        let found = try await requests.database.query(
            Query(
                trustedSQL: sql,
                binding: [
                    scanned.references, scanned.references.isEmpty, scanned.codes, scanned.pageToken,
                    receipt?.kind.rawValue, receipt?.serial, receipt?.number, receipt?.code,
                ]
            )
        ).map(PaymentRequest.init)
        var seen: [PaymentRequest] = []
        for request in found {
            do {
                try await requests.authorize(request, for: caller)
                seen.append(request)
            } catch let error as ServiceError where error.code == .notFound {}
        }
        return seen
    }
}
