public import Casework
import Postgres

extension CounterPayments {
    /// The requests that somebody at the counter asks about, the newest first: those of the reference that was scanned, or
    /// of the dossier. Requests that the caller does not act for are not among them.
    public func find(_ scanned: ScannedText, for caller: Caller) async throws -> [PaymentRequest] {
        guard !scanned.isEmpty else { return [] }
        let sql = """
            select \(PaymentRequest.columns) from payment_request
            where reference = any($1::text[]) or ($2::boolean and dossier_code = any($3::text[]))
            order by created_at desc, id desc limit 50
            """
        let found = try await requests.database.query(
            Query(trustedSQL: sql, binding: [scanned.references, scanned.references.isEmpty, scanned.codes])
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
