import Casework
import Cryptography
public import FeeSchedule
import Postgres
import Settlement
public import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Money taken at a counter.
public struct CounterPayments: Sendable {
    let requests: PaymentRequests
    private let graceSeconds: Int64

    public init(_ requests: PaymentRequests, graceSeconds: Int64) {
        self.requests = requests
        self.graceSeconds = graceSeconds
    }

    /// The result.
    public enum Outcome: Sendable {
        /// The answer of the API with the updated request; for a repeated key, the first answer again.
        case paid(KeptAnswer)
        /// Nothing was taken because the amount for this channel today is different. The cashier explains it before
        /// taking money.
        case otherAmount(Assessment, due: Money)
    }

    /// Books the money if it is the amount due by that channel today; otherwise returns the new assessment.
    ///
    /// Of several concurrent calls with one Idempotency-Key, one books and all return its answer: the answer is stored
    /// in the transaction that books, so a call that then finds the request changed also finds the answer.
    public func take(
        _ taken: Taken,
        caller: Caller?,
        idempotency: IdempotencyKey? = nil,
        in language: Language = .vietnamese
    ) async throws -> Outcome {
        let kept = idempotency.flatMap { key in caller.map { (key: key, caller: $0) } }
        if let kept, let first = try await requests.answers.first(kept.key, of: kept.caller) { return .paid(first) }
        do {
            return try await takeOnce(taken, caller, kept, language)
        } catch let error as ServiceError where error.code == .conflict {
            guard let kept, let first = try await requests.answers.first(kept.key, of: kept.caller) else { throw error }
            return .paid(first)
        }
    }

    private typealias Kept = (key: IdempotencyKey, caller: Caller)

    private func takeOnce(_ taken: Taken, _ caller: Caller?, _ kept: Kept?, _ language: Language) async throws
        -> Outcome
    {
        let request = try await requests.find(taken.request)
        if let caller { try await requests.authorize(request, for: caller) }
        let now = Instant.now()
        let offer = try await offer(of: request, by: taken.channel, at: now)
        let (assessment, price, isAsAsked) = (offer.assessment, offer.price, offer.isAsAsked)
        let actor = caller?.person ?? .system
        switch try await book(
            taken,
            request,
            assessment,
            price: price,
            isAsAsked: isAsAsked,
            by: actor,
            kept,
            now,
            language
        ) {
        case .otherAmount(let due): return .otherAmount(assessment, due: due)
        case .booked(let body): return .paid(KeptAnswer(body: body, isRepeated: false))
        }
    }

    /// The result of the booking transaction.
    private enum Booking {
        /// The answer of the API, which is kept.
        case booked(String)
        case otherAmount(due: Money)
    }

    /// Books the money; if a different amount is due, books nothing and returns that amount.
    private func book(
        _ taken: Taken,
        _ request: PaymentRequest,
        _ assessment: Assessment,
        price: Money,
        isAsAsked: Bool,
        by actor: Person,
        _ kept: Kept?,
        _ now: Instant,
        _ language: Language
    ) async throws -> Booking {
        let publicURL = requests.publicURL
        return try await ServiceError.tellingRefusals {
            try await requests.database.transaction { tx in
                let due = try CounterPayments.lockUnchanged(request, tx).remaining(of: price)
                guard taken.amount == due else { return .otherAmount(due: due) }
                let shift = try CashDrawer.shift(of: actor, at: request.agencyCode, for: taken.channel, tx)
                if let tendered = taken.tendered { _ = try ShiftRules.change(received: tendered, due: due) }
                if !isAsAsked {
                    try CounterPayments.change(request, to: taken.channel, assessment, price: price, tx)
                }
                let notice = try settle(taken, request, now, tx)
                if let shift { try CashDrawer.enter(notice, taken, in: shift, by: actor, at: now, tx) }
                let detail = Audit.change(
                    ["channel": .string(request.channel.rawValue), "amount_due": .money(request.amountDue)],
                    ["channel": .string(taken.channel.rawValue), "amount_due": .money(price)],
                    [
                        "amount": .money(taken.amount), "receipt_number": .optional(taken.receiptNumber),
                        "shift": shift.map { .integer($0) } ?? .null,
                    ]
                )
                try Audit.record(tx, actor, "counter_payment.take", "request:\(request.id.text)", detail)
                let body = try CounterPayments.read(request.id, tx).json(publicURL: publicURL, now: now, in: language)
                    .serialized
                if let kept { try tx.query(KeptAnswers.keeping(body, kept.key, kept.caller)) }
                return .booked(body)
            }
        }
    }

    /// Cash is at the counter. Other payments are in the agency's clearing account until the bank confirms them.
    ///
    /// - Returns: the id of the notice.
    private func settle(_ taken: Taken, _ request: PaymentRequest, _ now: Instant, _ tx: borrowing Transaction) throws
        -> Int64
    {
        let isCash = taken.channel == .counterCash
        let (counter, suspense) = try tx.query(
            """
            select ledger_account_of(\(isCash ? "desk" : "clearing"), \(request.agencyCode)),
                ledger_account_of('suspense', \(request.accountNumber))
            """
        ).row().decode(Int32.self, Int32.self)
        let transaction = "counter:" + UUID.version7(at: now).text
        let row = NoticeRow(
            Notice(
                source: .counter,
                transactionID: transaction,
                contentHash: SHA256.hash(Array(transaction.utf8)),
                amount: taken.amount,
                accountNumber: isCash ? "desk:" + request.agencyCode : request.accountNumber,
                bankReference: transaction,
                references: [request.reference],
                occurredAt: now,
                priceHolds: true
            ),
            memo: taken.receiptNumber,
            debitAccount: counter,
            suspenseAccount: suspense
        )
        let terms = SettlementTerms(now: now, graceSeconds: graceSeconds)
        guard case .settled(let settled)? = try SettlementStore.settle([row], terms: terms, in: tx).first,
            settled.outcome == .settled, let notice = settled.noticeID
        else {
            throw ServiceError(.conflict, .requestChanged)
        }
        if !isCash { try ClearingWriter.enter(notice, in: counter, receiptNumber: taken.receiptNumber, tx) }
        return notice
    }

    /// Locks the request; throws if it has changed since it was assessed. Money that refunds have claimed does not
    /// count as received.
    static func lockUnchanged(_ request: PaymentRequest, _ tx: borrowing Transaction) throws -> RequestFacts {
        guard let facts = try RequestStore.lock(ids: [request.id], within: nil, tx).first,
            facts.state == request.status, facts.received == request.amountReceived
        else { throw ServiceError(.conflict, .requestChanged) }
        return facts
    }

    private static func read(_ id: UUID, _ tx: borrowing Transaction) throws -> PaymentRequest {
        try PaymentRequest(
            tx.query(
                Query(
                    trustedSQL: "select \(PaymentRequest.columns) from payment_request where id = $1::uuid",
                    binding: [id]
                )
            ).row()
        )
    }
}
