import PaymentQR
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A case as its actions need it, locked for the rest of the transaction.
struct CaseRow {
    let id: Int64
    let kind: String
    let state: String
    let accountNumber: String?
    let paymentRequestID: UUID?
    let statementLineID: Int64?

    /// Throws `notFound` where there is none, or none of these agencies.
    static func lock(_ id: Int64, within agencies: [String]?, _ tx: borrowing Transaction) throws -> CaseRow {
        try Locks.shareReconciliation(ofCase: id, tx)
        let rows = try tx.query(
            """
            select kind, state, account_number, payment_request_id, statement_line_id from reconciliation_case
            where id = \(id)::bigint and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
            for update
            """
        )
        guard let row = rows.first else { throw ServiceError(.notFound, .none(.caseFile, id)) }
        let (kind, state, account, request, line) = try row.decode(
            String.self,
            String.self,
            String?.self,
            UUID?.self,
            Int64?.self
        )
        return CaseRow(
            id: id,
            kind: kind,
            state: state,
            accountNumber: account,
            paymentRequestID: request,
            statementLineID: line
        )
    }
}

/// A payment that a notice booked already and no line has proved, of the amount of a line in suspense.
struct CaseProof {
    let noticeID: Int64
    let requestID: UUID
    let reference: String

    /// `nil` where the request has no such payment.
    static func find(
        _ name: String,
        of row: CaseRow,
        amount: Money,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> CaseProof? {
        guard let line = row.statementLineID else { return nil }
        let rows = try tx.query(
            """
            select a.id, r.id, r.reference
            from payment_request r join awaited_notice a on a.payment_request_id = r.id
                join statement_line l on l.id = \(line)::bigint and l.account_number = a.account_number
                    and l.amount = a.amount
            where (r.id = \(UUID(uuidString: name))::uuid or r.reference = \(CreditorReference(name)?.text)::text)
                and (\(agencies)::text[] is null or r.agency_code = any(\(agencies)::text[]))
                and a.amount = \(amount)::bigint
                and not exists (select 1 from line_notice n where n.line_id = l.id)
            order by a.id limit 1
            """
        )
        guard let found = rows.first else { return nil }
        let (notice, request, reference) = try found.decode(Int64.self, UUID.self, String.self)
        return CaseProof(noticeID: notice, requestID: request, reference: reference)
    }
}

/// A payment request that money in suspense may pay.
struct CaseTarget {
    let id: UUID
    let reference: String
    let status: String
    /// What it still waits for.
    let due: Money

    /// Finds it by its id or its reference, however that is written; throws with the pointer to the field that named it.
    static func find(
        _ name: String,
        at pointer: String,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> CaseTarget {
        let id = UUID(uuidString: name)
        let reference = CreditorReference(name)?.text
        let rows = try tx.query(
            """
            select id, reference, status, greatest(amount_due - (amount_applied - fee_refund_claimed), 0), fee_refund_claimed from payment_request
            where (id = \(id)::uuid or reference = \(reference)::text)
                and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
            for update
            """
        )
        guard let row = rows.first else {
            throw ServiceError(
                .invalidBody,
                at: pointer,
                Phrase(
                    vi:
                        "không có yêu cầu thanh toán \(name.prefix(60)); hãy nêu mã (id) hoặc mã thanh toán (reference)",
                    en: "there is no payment request \(name.prefix(60)); give its id or its reference"
                )
            )
        }
        let (found, text, status, due, refunded) = try row.decode(
            UUID.self,
            String.self,
            String.self,
            Money.self,
            Money.self
        )
        guard ["pending", "expired"].contains(status), due > .zero, refunded == .zero else {
            throw ServiceError(
                .invalidBody,
                at: pointer,
                Phrase(
                    vi:
                        "yêu cầu \(text) ở trạng thái “\(Vocabulary.requestState[status][.vietnamese])” nên không nhận thêm tiền; hãy gắn vào yêu cầu khác, hoàn lại hoặc xử lý vào thu nhập",
                    en:
                        "the request \(text) is \(Vocabulary.requestState[status][.english]) and no longer accepts payments; link the money to another request, refund it or write it off"
                )
            )
        }
        return CaseTarget(id: found, reference: text, status: status, due: due)
    }
}
