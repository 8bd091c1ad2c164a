import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Refunds: asked for by one person, approved by another, executed, and seen leaving the bank.
public struct Refunds: Sendable {
    let database: Database
    private let requests: PaymentRequests
    private let graceSeconds: Int64

    public init(_ requests: PaymentRequests, graceSeconds: Int64) {
        database = requests.database
        self.requests = requests
        self.graceSeconds = graceSeconds
    }

    /// A repeated Idempotency-Key, found out when the answer was about to be kept: everything is rolled back.
    private struct KeyIsTaken: Error {}

    /// Asks for a refund; the money is claimed from now on, so that no other refund can have it.
    ///
    /// - Parameters:
    ///   - agencies: those the caller acts for; `nil` for all.
    ///   - caller: whose Idempotency-Key it is.
    public func request(
        _ draft: RefundDraft,
        by person: Person,
        within agencies: [String]? = nil,
        idempotency: PaymentRequests.Idempotency? = nil,
        caller: Caller? = nil
    ) async throws -> PaymentRequests.Answer {
        if let idempotency, let caller, let first = try await requests.firstAnswer(idempotency, caller) { return first }
        let grace = graceSeconds
        do {
            let body = try await database.transaction { tx in
                let claim = try RefundClaim(draft, graceSeconds: grace, within: agencies, tx)
                let id = try RefundWriter.insert(claim, draft, requestedBy: person, approvedBy: nil, tx)
                let body = try Refunds.find(id, tx).json.serialized
                if let idempotency, let caller {
                    let kept = try tx.query(PaymentRequests.keeping(body, idempotency, caller))
                    guard kept.count == 1 else { throw KeyIsTaken() }
                }
                return body
            }
            return PaymentRequests.Answer(body: body, isRepeated: false)
        } catch is KeyIsTaken {
            if let idempotency, let caller, let first = try await requests.firstAnswer(idempotency, caller) {
                return first
            }
            throw ServiceError(
                .overloaded,
                Phrase(
                    vi: "Yêu cầu này đang được xử lý. Vui lòng gửi lại sau ít phút.",
                    en: "The same request is being handled right now. Send it again shortly."
                )
            )
        }
    }

    /// Approves a refund that another person asked for.
    ///
    /// - Parameter beneficiary: where the money goes, where the request did not say or said it wrongly.
    public func approve(
        _ id: UUID,
        by person: Person,
        beneficiary: Beneficiary? = nil,
        within agencies: [String]? = nil
    ) async throws -> Refund {
        try await change(id, within: agencies) { found, tx in
            guard found.state == .requested else {
                throw Refunds.wrongState(found, wanted: .approved, from: .requested)
            }
            guard try Refunds.requester(id, tx) != person.id else {
                throw ServiceError(
                    .forbidden,
                    Phrase(
                        vi: "Khoản hoàn phải do người khác với người đề nghị duyệt. Hãy nhờ người khác duyệt.",
                        en:
                            "A refund is approved by another person than the one who asked for it. Have someone else approve it."
                    )
                )
            }
            let named = beneficiary ?? found.beneficiary
            try tx.query(
                """
                update refund set state = 'approved', approved_by = \(person.id), approved_by_name = \(person.name),
                    approved_at = now(), beneficiary_bin = \(named?.bankBIN)::text,
                    beneficiary_account = \(named?.account)::text, beneficiary_name = \(named?.name)::text
                where id = \(id)::uuid
                """
            )
            try Audit.record(
                tx,
                person,
                "refund.approve",
                "refund:\(id.text)",
                ["amount": .money(found.amount), "beneficiary": named?.json ?? .null]
            )
        }
    }

    /// Ends a refund that has not been executed; its money may be claimed again.
    public func reject(_ id: UUID, note: String, by person: Person, within agencies: [String]? = nil) async throws
        -> Refund
    {
        try await change(id, within: agencies) { found, tx in
            guard [.requested, .approved].contains(found.state) else {
                throw Refunds.wrongState(found, wanted: .rejected, from: .requested, .approved)
            }
            try tx.query(
                """
                update refund set state = 'rejected', rejected_by = \(person.id), rejected_by_name = \(person.name),
                    rejected_at = now(), note = concat_ws(E'\\n', note, \(note)::text)
                where id = \(id)::uuid
                """
            )
            for part in found.parts {
                guard let caseID = part.caseID else { continue }
                // The money lies in suspense again, so somebody must decide about it again.
                let reopened = try tx.query(
                    """
                    update reconciliation_case set state = 'open', ended_at = null, ended_by = null, action = null,
                        note = null
                    where id = \(caseID)::bigint and state = 'resolved' and action = 'refund' returning 1
                    """
                )
                if !reopened.isEmpty {
                    try CaseHistory.record(tx, caseID, .reopened, person, ["refund_id": .string(id.text)])
                }
            }
            try Audit.record(tx, person, "refund.reject", "refund:\(id.text)", ["note": .string(note)])
        }
    }

    /// Books an approved refund; from now on it stands in the next payment file.
    public func execute(_ id: UUID, by person: Person, within agencies: [String]? = nil) async throws -> Refund {
        try await change(id, within: agencies) { found, tx in
            guard found.state == .approved else { throw Refunds.wrongState(found, wanted: .executed, from: .approved) }
            try tx.query(
                "select execute_refund(\(id)::uuid, \(person.id), \(person.name), \(Instant.now())::timestamptz)"
            )
            try Audit.record(
                tx,
                person,
                "refund.execute",
                "refund:\(id.text)",
                ["amount": .money(found.amount), "end_to_end_id": .string(found.endToEndID)]
            )
        }
    }

    /// The refund of an id, or throws `notFound`.
    public func find(_ id: UUID, within agencies: [String]? = nil) async throws -> Refund {
        try await database.read { tx in
            let found = try Refunds.find(id, tx)
            try Refunds.authorize(found, agencies)
            return found
        }
    }

    /// Refunds, oldest first.
    ///
    /// - Parameters:
    ///   - after: the id of the last refund of the page before.
    ///   - limit: 1 to 500.
    public func list(
        state: String? = nil,
        paymentRequest: UUID? = nil,
        caseID: Int64? = nil,
        within agencies: [String]? = nil,
        after: UUID? = nil,
        limit: Int = 100
    ) async throws -> [Refund] {
        if let state, Refund.State(rawValue: state) == nil {
            let known = Refund.State.allCases.map(\.rawValue)
            throw ServiceError(.invalidParameter, at: "state", .oneOf(known))
        }
        let sql = """
            \(Refund.select)
            where ($1::text is null or f.state = $1) and ($2::uuid is null or f.payment_request_id = $2)
                and ($3::bigint is null or exists (
                    select 1 from refund_part p where p.refund_id = f.id and p.case_id = $3))
                and ($4::text[] is null or coalesce(r.agency_code, c.agency_code) = any($4))
                and ($5::uuid is null or f.id > $5)
            order by f.id limit $6::integer
            """
        let rows = try await database.query(
            Query(
                trustedSQL: sql,
                binding: [state, paymentRequest, caseID, agencies, after, max(1, min(limit, 500))]
            )
        )
        return try rows.map(Refund.init)
    }

    private func change(
        _ id: UUID,
        within agencies: [String]?,
        _ body: @Sendable (Refund, borrowing Transaction) throws -> Void
    ) async throws -> Refund {
        try await database.transaction { tx in
            guard try !tx.query("select 1 from refund where id = \(id)::uuid for update").isEmpty else {
                throw ServiceError(.notFound, .none(.refund, id.text))
            }
            let found = try Refunds.find(id, tx)
            try Refunds.authorize(found, agencies)
            try body(found, tx)
            return try Refunds.find(id, tx)
        }
    }

    static func find(_ id: UUID, _ tx: borrowing Transaction) throws -> Refund {
        let rows = try tx.query(Query(trustedSQL: "\(Refund.select) where f.id = $1::uuid", binding: [id]))
        guard let row = rows.first else { throw ServiceError(.notFound, .none(.refund, id.text)) }
        return try Refund(row)
    }

    private static func requester(_ id: UUID, _ tx: borrowing Transaction) throws -> String {
        try tx.query("select requested_by from refund where id = \(id)::uuid").row().get(0)
    }

    private static func authorize(_ refund: Refund, _ agencies: [String]?) throws {
        guard let agencies else { return }
        guard let code = refund.agencyCode, agencies.contains(code) else {
            // Told as absent: a key bound to one district learns nothing of another's refunds.
            throw ServiceError(.notFound, .none(.refund, refund.id.text))
        }
    }

    private static func wrongState(_ refund: Refund, wanted: Refund.State, from: Refund.State...) -> ServiceError {
        func words(_ states: [Refund.State], _ language: Language) -> [String] {
            states.map { Vocabulary.refundState[$0.rawValue][language] }
        }
        let (vi, en) = (words([refund.state, wanted], .vietnamese), words([refund.state, wanted], .english))
        return ServiceError(
            .conflict,
            Phrase(
                vi:
                    "Khoản hoàn ở trạng thái “\(vi[0])”; chỉ chuyển sang “\(vi[1])” từ “\(words(from, .vietnamese).joined(separator: "” hoặc “"))”.",
                en:
                    "The refund is \(en[0]); only one that is \(words(from, .english).joined(separator: " or ")) can be \(en[1])."
            )
        )
    }
}
