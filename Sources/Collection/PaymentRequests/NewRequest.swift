import Casework
import FeeSchedule
import Postgres
import Values
import Workflow

/// A payment request to be written, with the answer that is kept for its idempotency key.
struct NewRequest: Sendable {
    let request: PaymentRequest
    /// The catalogue that it was assessed by; it is written only while that is the one in force.
    let catalogueVersion: Int32
    let idempotency: IdempotencyKey?
    let body: String
    /// Where the payer wants to be told of it, as JSON; `nil` if nowhere.
    var contacts: String?

    /// Writes a group in one statement and one commit. Returns the ids of the requests that were written: not those whose
    /// key is taken, and none if the catalogue has changed.
    static func insert(_ requests: [NewRequest]) -> Query {
        let records = Records(requests, fields: 33) { new, record in
            new.put(into: &record)
        }
        return """
            with given as materialized (
                select *, row_number() over (partition by created_by, idempotency_key) as turn
                from unnest(\(records)::request_record[])
                where catalogue_version = (select max(id) from catalogue_version)
            ),
            wanted as materialized (select * from given where idempotency_key is null or turn = 1),
            key as (
                insert into idempotency_key (owner_id, key, request_hash, status, body)
                select created_by, idempotency_key, request_hash, 201, body from wanted where idempotency_key is not null
                on conflict on constraint idempotency_key_pkey do nothing
                returning owner_id, key
            ),
            made as (
                insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
                    payer_category, payer_name, payer_evidence_kind, payer_evidence_number, assessed_on, amount_due,
                    discount_total, status, paid_at, paid_on, settled_by, expires_at, created_at, created_by, return_url,
                    bank_bin, account_number, account_name, revenue_account, catalogue_version, items, lines, charge_due)
                select w.id, w.reference, w.token, w.dossier_code, w.agency_code, w.procedure_code, w.channel,
                    w.payer_category, w.payer_name, w.payer_evidence_kind, w.payer_evidence_number, w.assessed_on,
                    w.amount_due, w.discount_total, w.status, w.paid_at, w.paid_on, w.settled_by, w.expires_at,
                    w.created_at, w.created_by, w.return_url, w.bank_bin, w.account_number, w.account_name, a.id,
                    w.catalogue_version, w.items::json, w.lines::json, w.charge_due
                from wanted w left join ledger_account a on a.kind = 'revenue' and a.owner = w.agency_code
                where w.idempotency_key is null
                    or exists (select 1 from key k where k.owner_id = w.created_by and k.key = w.idempotency_key)
                returning id
            ),
            contacts as (
                insert into payer_contact (payment_request_id, channel, address, mark, language, given_by, given_at)
                select w.id, c.channel, c.address, decode(c.mark, 'hex'), c.language, 'portal', w.created_at
                from wanted w join made m on m.id = w.id
                    cross join lateral json_to_recordset(w.contacts::json)
                        c (channel text, address text, mark text, language text)
                where w.contacts is not null
            )
            select id from made
            """
    }

    /// The fields of `request_record`, in their order.
    private func put(into record: inout RecordWriter) {
        record.put(request.id)
        record.put(request.reference)
        record.put(request.token)
        record.put(request.dossierCode)
        record.put(request.agencyCode)
        record.put(request.procedureCode)
        record.put(request.channel.rawValue)
        record.put(request.payerCategory)
        record.put(request.payerName)
        record.put(request.payerEvidence?.kind.rawValue)
        record.put(request.payerEvidence?.number)
        record.put(request.assessedOn)
        record.put(request.amountDue)
        record.put(request.discountTotal)
        record.put(request.status.rawValue)
        record.put(request.paidAt)
        record.put(request.paidAt?.day)
        record.put(request.settledBy?.rawValue)
        record.put(request.expiresAt)
        record.put(request.createdAt)
        record.put(request.createdBy)
        record.put(request.returnURL)
        record.put(request.bankBIN)
        record.put(request.accountNumber)
        record.put(request.accountName)
        record.put(catalogueVersion)
        record.put(request.items?.serialized)
        record.put(request.lines.serialized)
        record.put(idempotency?.key)
        record.put(bytes: idempotency?.requestHash ?? [])
        record.put(body)
        record.put(AssessedLines.charges(request.lines))
        record.put(contacts)
    }
}
