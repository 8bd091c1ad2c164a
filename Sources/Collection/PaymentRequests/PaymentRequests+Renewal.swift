import Casework
import Postgres
import Settlement
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension PaymentRequests {
    /// Asks again for what an expired request asked for, at the prices of today; returns the token of the new request.
    ///
    /// The new request belongs to whoever made the old one. However often somebody presses the button, there is one: the
    /// first takes an idempotency key of its maker's. A request that was made at the command line has no maker to keep a
    /// key for; two at the same instant are then two, of which one is left to expire.
    func renew(_ old: PaymentRequest, by origin: CallOrigin) async throws -> String {
        let key = "khop-renewal-" + old.reference
        let idempotency = old.createdBy.map { _ in IdempotencyKey(key: key, request: Array(key.utf8)) }
        let payer = Person(id: Person.system.id, name: "payer", from: origin)
        for _ in 0..<5 {
            let catalogue = try await tariff.current()
            let now = Instant.now()
            let draft = PaymentRequestDraft(renewing: old, today: now.day)
            let assessment = try assess(draft.assessment, with: catalogue, nil)
            let request = newRequest(draft, assessment, now, by: old.createdBy)
            let new = NewRequest(
                request: request,
                catalogueVersion: catalogue.version,
                idempotency: idempotency,
                body: request.json(publicURL: publicURL, now: .init(microseconds: 0), in: .vietnamese).serialized
            )
            do {
                if try await writer.write(new) {
                    let detail: JSON = ["former": .string(old.reference), "reference": .string(request.reference)]
                    try await database.transaction { tx in
                        // Money may have come for the old one meanwhile: then nobody is to pay the new one.
                        let former = try RequestStore.lock(ids: [old.id], within: nil, tx).first
                        try Audit.record(tx, payer, "payment_request.renew", "request:" + request.id.text, detail)
                        guard let former, former.received > .zero, request.status == .pending else { return }
                        let ended = Decision.EndedRenewal(
                            id: request.id,
                            reference: request.reference,
                            former: former.reference
                        )
                        for query in RenewalWriter.end([ended]) { try tx.query(query) }
                    }
                    try await tellAlike(old.id, request.id)
                    return request.token
                }
            } catch let error as PostgresError where error.constraint == "payment_request_reference_key" {
                continue
            }
            if let first = try await renewal(of: old) { return first }
            try await tariff.reload()
        }
        throw ServiceError.tooManyWait
    }

    /// The token of the first request for the same that was made after this one.
    private func renewal(of old: PaymentRequest) async throws -> String? {
        try await database.query(
            """
            select token from payment_request
            where dossier_code = \(old.dossierCode) and agency_code = \(old.agencyCode)
                and procedure_code = \(old.procedureCode) and created_at > \(old.createdAt)
                and created_by is not distinct from \(old.createdBy)::uuid
                and payer_name is not distinct from \(old.payerName)::text
            order by created_at limit 1
            """
        ).first?.get(0)
    }

    /// Whoever wanted to be told of a request is told of the one that stands in its place.
    private func tellAlike(_ old: UUID, _ new: UUID) async throws {
        _ = try await database.query(
            """
            insert into payer_contact (payment_request_id, channel, address, mark, language, given_by, given_at)
            select \(new)::uuid, channel, address, mark, language, given_by, now() from payer_contact
            where payment_request_id = \(old)::uuid and stopped_at is null
            on conflict on constraint payer_contact_key do nothing
            """
        )
    }
}
