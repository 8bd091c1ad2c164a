import Casework
import PaymentQR
import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Refunds: requested by one person, approved by another (above a limit by two others), executed, and confirmed by a debit
/// line.
public struct Refunds: Sendable {
    let database: Database
    let requests: PaymentRequests
    let graceSeconds: Int64

    public init(_ requests: PaymentRequests, graceSeconds: Int64) {
        database = requests.database
        self.requests = requests
        self.graceSeconds = graceSeconds
    }

    /// An Idempotency-Key that turns out to be repeated when the answer is stored: everything is rolled back.
    private struct KeyIsTaken: Error {}

    /// Requests a refund and claims its money, so that no other refund can use it.
    ///
    /// - Parameters:
    ///   - agencies: the agencies that the caller acts for; `nil` for all.
    ///   - caller: the owner of the Idempotency-Key.
    ///   - language: of the answer's sentence.
    public func request(
        _ draft: RefundDraft,
        by person: Person,
        within agencies: [String]? = nil,
        idempotency: IdempotencyKey? = nil,
        caller: Caller? = nil,
        in language: Language = .vietnamese
    ) async throws -> KeptAnswer {
        if let idempotency, let caller, let first = try await requests.answers.first(idempotency, of: caller) {
            return first
        }
        let grace = graceSeconds
        do {
            let body = try await ServiceError.tellingRefusals {
                try await database.transaction { tx in
                    let id = try Refunds.insert(draft, by: person, graceSeconds: grace, within: agencies, tx)
                    let body = try Refunds.find(id, tx).json(in: language).serialized
                    if let idempotency, let caller {
                        let kept = try tx.query(KeptAnswers.keeping(body, idempotency, caller))
                        guard kept.count == 1 else { throw KeyIsTaken() }
                    }
                    return body
                }
            }
            return KeptAnswer(body: body, isRepeated: false)
        } catch is KeyIsTaken {
            if let idempotency, let caller, let first = try await requests.answers.first(idempotency, of: caller) {
                return first
            }
            throw ServiceError(.overloaded, .beingHandled)
        }
    }

    static func insert(
        _ draft: RefundDraft,
        by person: Person,
        graceSeconds: Int64,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> UUID {
        var draft = draft
        let plan: RefundPlan
        switch draft.source {
        case .suspense(let id):
            let facts = try CaseStore.lock(id, within: agencies, tx)
            plan = try RefundPlan.ofCase(facts, amount: draft.amount)
            draft.payee = draft.payee ?? facts.payer.map(RefundPayee.transfer)
        case .request(let id):
            plan = try Refunds.plan(draft, id: id, nil, graceSeconds, agencies, tx)
        case .reference(let reference):
            plan = try Refunds.plan(draft, id: nil, reference, graceSeconds, agencies, tx)
        }
        if draft.payee == nil, let request = plan.requestID {
            draft.payee = try Payer.ofRequest(request, tx).map(RefundPayee.transfer)
        }
        return try RefundWriter.insert(plan, draft, requestedBy: person, approvedBy: nil, tx)
    }

    private static func plan(
        _ draft: RefundDraft,
        id: UUID?,
        _ reference: CreditorReference?,
        _ graceSeconds: Int64,
        _ agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> RefundPlan {
        guard let id = try RefundStore.request(id: id, reference: reference, within: agencies, tx) else {
            throw ServiceError(.notFound, .none(.paymentRequest))
        }
        return try RefundPlan.ofRequest(
            RefundStore.money(of: id, reason: draft.reason, tx),
            amount: draft.amount,
            reason: draft.reason,
            now: .now(),
            graceSeconds: graceSeconds
        )
    }

    /// Approves a refund that another person requested.
    ///
    /// - Parameter namesPayee: whether the approver named a payee, which is refused: only the requester names it.
    public func approve(
        _ id: UUID,
        by person: Person,
        namesPayee: Bool = false,
        within agencies: [String]? = nil
    ) async throws -> Refund {
        try await change(id, within: agencies) { found, tx in
            let approver = try ApproverReader.facts(of: person, agency: found.agencyCode, tx)
            let approval = try RefundRules.approve(found.facts, by: person.id, approver, namesPayee: namesPayee)
            try RefundWriter.write(approval, on: id, by: person, tx)
            let detail: JSON = [
                "amount": .money(found.amount), "beneficiary": found.payee?.beneficiary?.json ?? .null,
                "paid_by_hand": .bool(found.payee?.isByHand ?? false),
                "approvals_needed": .integer(approval.approvalsNeeded),
            ]
            try Audit.record(tx, person, "refund.approve", "refund:\(id.text)", detail)
        }
    }

    /// Lets a person take over what a program asked for: who approves it is another one.
    public func adopt(_ id: UUID, by person: Person, within agencies: [String]? = nil) async throws -> Refund {
        try await change(id, within: agencies) { found, tx in
            try RefundRules.adopt(found.facts, named: (found.adopted ?? found.requested).name)
            try tx.query(
                """
                update refund set adopted_by = \(person.id), adopted_by_name = \(person.name), adopted_at = now()
                where id = \(id)::uuid
                """
            )
            let detail: JSON = [
                "amount": .money(found.amount), "requested_by": .string(found.requested.name),
                "beneficiary": found.payee?.beneficiary?.json ?? .null,
            ]
            try Audit.record(tx, person, "refund.adopt", "refund:\(id.text)", detail)
        }
    }

    /// Ends a refund that has not been executed; its money may be claimed again.
    public func reject(_ id: UUID, note: String, by person: Person, within agencies: [String]? = nil) async throws
        -> Refund
    {
        try await change(id, within: agencies) { found, tx in
            // Before the request, as whoever asks for a refund locks them.
            for caseID in found.parts.compactMap(\.caseID).sorted() { _ = try RefundStore.left(of: caseID, tx) }
            let request = try found.paymentRequestID.flatMap { try RequestStore.lock(ids: [$0], within: nil, tx).first }
            let fee = found.parts.filter { $0.caseID == nil }.map(\.amount).total()
            let state = try RefundRules.reject(found.facts, request: request, fee: fee)
            try tx.query(
                """
                update refund set state = \(state.rawValue), rejected_by = \(person.id),
                    rejected_by_name = \(person.name), rejected_at = now(), note = concat_ws(E'\\n', note, \(note)::text)
                where id = \(id)::uuid
                """
            )
            for caseID in found.parts.compactMap(\.caseID) {
                // The money is in suspense again, so somebody must decide about it again.
                let ended = try tx.query(
                    "select state from reconciliation_case where id = \(caseID)::bigint and action = 'refund' for update"
                )
                guard let ended = try ended.first?.code(0, as: CaseState.self),
                    CaseState.allows(.refundRejected, in: ended)
                else { continue }
                try CaseStateWriter.reopen(
                    caseID,
                    by: person,
                    ["refund_id": .string(id.text), "note": .string(note)],
                    tx
                )
            }
            try Refunds.payIfNothingRemains(found, tx)
            try Audit.record(tx, person, "refund.reject", "refund:\(id.text)", ["note": .string(note)])
        }
    }

    /// The money that a rejected refund releases counts as received again, and may be all that remained.
    private static func payIfNothingRemains(_ found: Refund, _ tx: borrowing Transaction) throws {
        guard let id = found.paymentRequestID, let request = try RequestStore.lock(ids: [id], within: nil, tx).first,
            let event = RefundRules.afterRejection(request)
        else { return }
        try RequestStore.change(request, on: event, paidAt: .now(), tx)
    }

    /// The refund of an id, or throws `notFound`.
    public func find(_ id: UUID, within agencies: [String]? = nil) async throws -> Refund {
        try await database.read { tx in
            let found = try Refunds.find(id, tx)
            guard found.isOf(agencies) else { throw ServiceError(.notFound, .none(.refund, id.text)) }
            return found
        }
    }

    /// Refunds, oldest first.
    ///
    /// - Parameters:
    ///   - after: the id of the last refund of the page before.
    ///   - limit: 1 to 500.
    public func list(
        state: RefundState? = nil,
        paymentRequest: RequestName? = nil,
        caseID: Int64? = nil,
        within agencies: [String]? = nil,
        after: UUID? = nil,
        limit: Int = 100
    ) async throws -> [Refund] {
        let sql = """
            \(Refund.select)
            where ($1::text is null or f.state = $1) and ($2::uuid is null and $7::text is null or r.id = $2 or r.reference = $7)
                and ($3::bigint is null or exists (
                    select 1 from refund_part p where p.refund_id = f.id and p.case_id = $3))
                and ($4::text[] is null or coalesce(r.agency_code, c.agency_code) = any($4))
                and ($5::uuid is null or f.id > $5)
            order by f.id limit $6::integer
            """
        let rows = try await database.query(
            Query(
                trustedSQL: sql,
                binding: [
                    state?.rawValue, paymentRequest?.id, caseID, agencies, after, try Paging.check(limit),
                    paymentRequest?.reference,
                ]
            )
        )
        return try rows.map(Refund.init)
    }

    func change(
        _ id: UUID,
        within agencies: [String]?,
        _ body: @Sendable (Refund, borrowing Transaction) throws -> Void
    ) async throws -> Refund {
        try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                guard let found = try RefundStore.lock(id, within: agencies, tx) else {
                    throw ServiceError(.notFound, .none(.refund, id.text))
                }
                try body(found, tx)
                return try Refunds.find(id, tx)
            }
        }
    }

    static func find(_ id: UUID, _ tx: borrowing Transaction) throws -> Refund {
        guard let found = try RefundStore.find(id, tx) else { throw ServiceError(.notFound, .none(.refund, id.text)) }
        return found
    }
}
