import Casework
import FeeSchedule
import PaymentQR
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads the facts that decisions about refunds are based on, under their locks.
enum RefundStore {
    static func find(_ id: UUID, _ tx: borrowing Transaction) throws -> Refund? {
        try tx.query(Query(trustedSQL: "\(Refund.select) where f.id = $1::uuid", binding: [id])).first.map(Refund.init)
    }

    /// Locks a refund for the rest of the transaction; `nil` if it does not exist or does not belong to these agencies.
    static func lock(_ id: UUID, within agencies: [String]?, _ tx: borrowing Transaction) throws -> Refund? {
        guard try !tx.query("select 1 from refund where id = \(id)::uuid for update").isEmpty,
            let refund = try find(id, tx), refund.isOf(agencies)
        else { return nil }
        return refund
    }

    /// The request of a refund to be requested, not locked yet; `nil` if it does not exist or does not belong to these
    /// agencies.
    static func request(
        id: UUID?,
        reference: CreditorReference?,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> UUID? {
        try tx.query(
            """
            select id from payment_request
            where (id = \(id)::uuid or reference = \(reference?.text)::text)
                and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
            """
        ).first?.get(0)
    }

    /// What was received for a request, by where it is; locks the money of cases first, then the request.
    static func money(of id: UUID, reason: String, _ tx: borrowing Transaction) throws -> RefundPlan.RequestMoney {
        let cases = try tx.query(
            "select id from reconciliation_case where payment_request_id = \(id)::uuid and case_held(id) > 0 order by id"
        ).map { try $0.get(0, as: Int64.self) }
        let inSuspense = try cases.map { RefundPart(caseID: $0, amount: try left(of: $0, tx)) }
        guard let request = try RequestStore.lock(ids: [id], within: nil, tx).first else {
            throw ServiceError(.notFound, .none(.paymentRequest))
        }
        return RefundPlan.RequestMoney(
            request: request,
            inSuspense: inSuspense,
            policies: FeePolicies(try policies(of: id, tx)),
            isPaidTwice: reason == FeePolicies.duplicate ? try isPaidTwice(id, tx) : false
        )
    }

    /// Locks the money of a case, so that two refunds cannot claim it; returns what is left of it.
    static func left(of caseID: Int64, _ tx: borrowing Transaction) throws -> Money {
        try tx.query("insert into case_money (case_id) values (\(caseID)::bigint) on conflict do nothing")
        let (held, used) = try tx.query(
            "select held, used from case_money where case_id = \(caseID)::bigint for update"
        ).row().decode(Money.self, Money.self)
        return held - used
    }

    /// The refund policies of a request's lines: those kept with it, otherwise those of the catalogue that assessed it.
    private static func policies(of id: UUID, _ tx: borrowing Transaction) throws -> [FeePolicies.Line] {
        let lines = try tx.query("select lines from payment_request where id = \(id)::uuid").row().get(0, as: JSON.self)
        return try (lines.array ?? []).map { line in
            let stored = StoredJSON(json: line, what: "a line of the request \(id.text)")
            let code = try stored.text("fee_code")
            let kept = line["refund_policy"]
            let policy = try kept == nil ? policy(of: code, inCatalogueOf: id, tx) : kept?.string
            return FeePolicies.Line(
                feeCode: code,
                policy: policy.flatMap { RefundPolicy(rawValue: $0) },
                payable: try stored.money("payable")
            )
        }
    }

    /// The strictest of the prices that may have been meant.
    private static func policy(of code: String, inCatalogueOf id: UUID, _ tx: borrowing Transaction) throws -> String? {
        try tx.query(
            """
            select f.refund_policy
            from fee f, payment_request r
            where r.id = \(id)::uuid and f.fee_code = \(code) and f.added_in <= r.catalogue_version
                and (f.ended_in is null or f.ended_in > r.catalogue_version)
                and f.valid_from <= r.assessed_on and (f.valid_to is null or f.valid_to >= r.assessed_on)
            order by array_position(array['never', 'not_eligible', '', 'always'], f.refund_policy) limit 1
            """
        ).first?.get(0)
    }

    /// Whether another request of the same dossier is paid.
    private static func isPaidTwice(_ id: UUID, _ tx: borrowing Transaction) throws -> Bool {
        try !tx.query(
            """
            select 1 from payment_request other, payment_request own
            where own.id = \(id)::uuid and other.dossier_code = own.dossier_code
                and other.procedure_code = own.procedure_code and other.agency_code = own.agency_code
                and other.id <> own.id and other.status = 'paid' and other.amount_due > 0
                and other.fee_refund_claimed = 0
            order by other.id limit 1
            -- Two payments of one dossier must not each be refunded because of the other.
            for update of other
            """
        ).isEmpty
    }
}

extension Refund {
    /// Whether it belongs to one of these agencies; `nil` for all.
    func isOf(_ agencies: [String]?) -> Bool {
        guard let agencies else { return true }
        return agencyCode.map(agencies.contains) ?? false
    }
}
