import PaymentQR
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a refund may take, worked out under locks: the parts it is made of, or why there are none.
struct RefundClaim {
    let amount: Money
    let accountNumber: String
    let paymentRequestID: UUID?
    let parts: [RefundPart]

    init(
        _ draft: RefundDraft,
        graceSeconds: Int64,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws {
        switch draft.source {
        case .suspense(let id): try self.init(suspenseOf: id, amount: draft.amount, within: agencies, tx)
        case .request(let id):
            try self.init(request: id, draft, graceSeconds: graceSeconds, within: agencies, tx)
        }
    }

    /// All or some of what one case holds.
    init(suspenseOf id: Int64, amount: Money?, within agencies: [String]?, _ tx: borrowing Transaction) throws {
        let row = try CaseRow.lock(id, within: agencies, tx)
        let left = try CaseMoney.lock(id, tx).left
        guard left > .zero else {
            throw ServiceError(
                .invalidBody,
                at: "/case_id",
                Phrase(
                    vi: "vụ việc \(id) không giữ khoản tiền thu nào; hãy hoàn số đã thu của yêu cầu thanh toán",
                    en: "case \(id) holds no money that came in; refund what was received for its request instead"
                )
            )
        }
        let amount = amount ?? left
        guard amount <= left else { throw RefundClaim.tooMuch(amount, left) }
        self.amount = amount
        accountNumber = row.accountNumber ?? ""
        paymentRequestID = row.paymentRequestID
        parts = [RefundPart(caseID: id, amount: amount)]
    }

    /// What was received for a request: money in suspense first, which was never owed, then its fee.
    private init(
        request id: UUID,
        _ draft: RefundDraft,
        graceSeconds: Int64,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws {
        // The lock lets refunds of one request be worked out one after the other.
        let rows = try tx.query(
            Query(
                trustedSQL: "select \(PaymentRequest.columns) from payment_request where id = $1::uuid for update",
                binding: [id]
            )
        )
        guard let row = rows.first else { throw RefundClaim.noRequest }
        let request = try PaymentRequest(row)
        guard agencies?.contains(request.agencyCode) ?? true else { throw RefundClaim.noRequest }
        var parts: [RefundPart] = []
        let holding = try tx.query(
            "select id from reconciliation_case where payment_request_id = \(id)::uuid and case_held(id) > 0 order by id"
        )
        for found in try holding.map({ try $0.get(0, as: Int64.self) }) {
            let left = try CaseMoney.lock(found, tx).left
            if left > .zero { parts.append(RefundPart(caseID: found, amount: left)) }
        }
        let fee = try FeeClaim(request, reason: draft.reason, graceSeconds: graceSeconds, tx)
        if fee.available > .zero { parts.append(RefundPart(caseID: nil, amount: fee.available)) }
        let available = parts.map(\.amount).total()
        let amount = draft.amount ?? available
        guard amount > .zero, amount <= available else {
            // Where a policy or a state holds back what would have sufficed, that is what to say.
            if let refusal = fee.refusal, amount <= available + fee.heldBack || amount == .zero {
                throw ServiceError(.invalidBody, at: refusal.pointer, refusal.reason)
            }
            throw RefundClaim.tooMuch(amount, available)
        }
        self.amount = amount
        accountNumber = request.accountNumber
        paymentRequestID = id
        var rest = amount
        self.parts = parts.compactMap { part in
            let taken = min(part.amount, rest)
            rest -= taken
            return taken > .zero ? RefundPart(caseID: part.caseID, amount: taken) : nil
        }
    }

    private static let noRequest = ServiceError(.notFound, .none(.paymentRequest))

    private static func tooMuch(_ amount: Money, _ available: Money) -> ServiceError {
        available == .zero
            ? ServiceError(
                .invalidBody,
                at: "/amount",
                Phrase(vi: "không còn khoản đã thu nào để hoàn", en: "nothing that was received is left to refund")
            )
            : ServiceError(
                .invalidBody,
                at: "/amount",
                Phrase(
                    vi:
                        "\(amount.formatted) vượt quá số có thể hoàn là \(available.formatted); hãy đề nghị bằng hoặc ít hơn số đó",
                    en:
                        "\(amount.formatted(in: .english)) is more than the \(available.formatted(in: .english)) that can be refunded; ask for that or less"
                )
            )
    }
}

/// How much of a request's fee may be claimed now.
private struct FeeClaim {
    let available: Money
    /// What was received and not claimed, and may not go back.
    let heldBack: Money
    /// Why not.
    let refusal: ServiceError.Fault?

    init(_ request: PaymentRequest, reason: String, graceSeconds: Int64, _ tx: borrowing Transaction) throws {
        let claimed = try tx.query("select fee_refund_claimed from payment_request where id = \(request.id)::uuid")
            .row().get(0, as: Money.self)
        let received = min(request.amountReceived, request.amountDue)
        let rest = received - claimed
        // An expired request may still be paid within its grace period; then its fee is owed.
        let mayStillBePaid =
            request.status == .pending
            || (request.status == .expired && Instant.now() <= request.expiresAt.adding(seconds: graceSeconds))
        if mayStillBePaid {
            available = .zero
            heldBack = rest
            refusal =
                rest == .zero
                ? nil
                : ServiceError.Fault(
                    "/payment_request_id",
                    Phrase(
                        vi:
                            "yêu cầu còn có thể được nộp đến \(request.expiresAt.adding(seconds: graceSeconds).formatted); hãy hoàn sau thời điểm đó",
                        en:
                            "the request may still be paid until \(request.expiresAt.adding(seconds: graceSeconds).formatted); refund it after that"
                    )
                )
            return
        }
        let policy = RefundPolicyCheck(
            lines: try RefundPolicyCheck.lines(of: request, tx),
            reason: reason,
            wasNeverOwed: try FeeClaim.wasNeverOwed(request, reason: reason, tx)
        )
        available = max(min(rest, policy.allowed(of: received) - claimed), .zero)
        heldBack = rest - available
        refusal = heldBack > .zero ? policy.refusal : nil
    }

    /// A request that ended unpaid owed nothing; nor does the second payment of one dossier, by another request.
    private static func wasNeverOwed(_ request: PaymentRequest, reason: String, _ tx: borrowing Transaction) throws
        -> Bool
    {
        if [.expired, .cancelled].contains(request.status) { return true }
        guard reason == RefundPolicyCheck.duplicate else { return false }
        return try !tx.query(
            """
            select 1 from payment_request
            where dossier_code = \(request.dossierCode) and procedure_code = \(request.procedureCode)
                and agency_code = \(request.agencyCode) and id <> \(request.id)::uuid and status = 'paid'
                and amount_due > 0 and fee_refund_claimed = 0
            order by id limit 1
            -- Two payments of one dossier must not each be refunded because of the other.
            for update
            """
        ).isEmpty
    }
}

/// Writes a refund and its parts.
enum RefundWriter {
    /// - Parameter approvedBy: set where two persons have decided already.
    static func insert(
        _ claim: RefundClaim,
        _ draft: RefundDraft,
        requestedBy: Person,
        approvedBy: Person?,
        _ tx: borrowing Transaction
    ) throws -> UUID {
        let now = Instant.now()
        let id = UUID.version7(at: now)
        var caseID: Int64?
        if case .suspense(let found) = draft.source { caseID = found }
        let state: Refund.State = approvedBy == nil ? .requested : .approved
        try tx.query(
            """
            insert into refund (id, end_to_end_id, payment_request_id, case_id, account_number, amount, reason, note,
                beneficiary_bin, beneficiary_account, beneficiary_name, state, requested_by, requested_by_name,
                requested_at, approved_by, approved_by_name, approved_at)
            values (\(id)::uuid, \(endToEndID()), \(claim.paymentRequestID)::uuid, \(caseID)::bigint,
                \(claim.accountNumber), \(claim.amount)::bigint, \(draft.reason), \(draft.note)::text,
                \(draft.beneficiary?.bankBIN)::text, \(draft.beneficiary?.account)::text,
                \(draft.beneficiary?.name)::text, \(state.rawValue), \(requestedBy.id), \(requestedBy.name),
                \(now)::timestamptz, \(approvedBy?.id)::text, \(approvedBy?.name)::text,
                \(approvedBy.map { _ in now })::timestamptz)
            """
        )
        for (index, part) in claim.parts.enumerated() {
            let request = part.caseID == nil ? claim.paymentRequestID : nil
            try tx.query(
                """
                insert into refund_part (refund_id, part, payment_request_id, case_id, amount)
                values (\(id)::uuid, \(index + 1)::integer, \(request)::uuid, \(part.caseID)::bigint,
                    \(part.amount)::bigint)
                """
            )
            if let caseID = part.caseID {
                try CaseHistory.record(
                    tx,
                    caseID,
                    .performed,
                    requestedBy,
                    ["action": "refund", "refund_id": .string(id.text), "amount": .money(part.amount)]
                )
                _ = try CaseMoney.end(caseID, action: "refund", note: draft.reason, by: requestedBy, tx)
            }
        }
        try Audit.record(
            tx,
            requestedBy,
            "refund.request",
            "refund:\(id.text)",
            ["amount": .money(claim.amount), "reason": .string(draft.reason)]
        )
        if let approvedBy {
            try Audit.record(
                tx,
                approvedBy,
                "refund.approve",
                "refund:\(id.text)",
                ["amount": .money(claim.amount), "beneficiary": draft.beneficiary?.json ?? .null]
            )
        }
        return id
    }

    /// Letters and digits that a bank carries unharmed and a memo can be searched for.
    private static func endToEndID() -> String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        var generator = SystemRandomNumberGenerator()
        return "KHR" + String(decoding: (0..<14).map { _ in alphabet[Int(generator.next() & 31)] }, as: UTF8.self)
    }
}
