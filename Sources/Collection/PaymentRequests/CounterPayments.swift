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
    private let requests: PaymentRequests
    private let graceSeconds: Int64

    public init(_ requests: PaymentRequests, graceSeconds: Int64) {
        self.requests = requests
        self.graceSeconds = graceSeconds
    }

    /// What a counter reports.
    public struct Taken: Sendable {
        public var request: RequestName
        public var channel: Channel
        public var amount: Money
        public var receiptNumber: String?

        /// Reads the body of `POST /v1/counter-payments`.
        public init(_ json: JSON) throws {
            var body = BodyReader(json)
            let request = body.requestName("payment_request_id")
            let channel = Channel(rawValue: body.text("channel", 1...30)).flatMap { $0 == .online ? nil : $0 }
            if channel == nil, body.isGiven("channel") {
                body.fault("/channel", .oneOf(["counter_cash", "counter_card", "counter_qr", "counter_transfer"]))
            }
            let amount = body.integer("amount", 1...Money.maximum.dong, BodyReader.wholeDong)
            receiptNumber = body.optionalText("receipt_number", 50)
            try body.finish()
            guard let request, let channel, let amount else {
                throw ServiceError(
                    .invalidBody,
                    Phrase(vi: "Không đọc được nội dung gửi lên.", en: "The body cannot be read.")
                )
            }
            self.request = request
            self.channel = channel
            self.amount = Money(amount)
        }
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
        guard [.pending, .expired].contains(request.status(at: now)) else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi:
                        "Yêu cầu ở trạng thái “\(Vocabulary.requestState[request.status.rawValue][.vietnamese])”, không còn phải nộp gì.",
                    en:
                        "The request is \(Vocabulary.requestState[request.status.rawValue][.english]); nothing remains to be paid for it."
                )
            )
        }
        let catalogue = try await requests.tariff.current()
        let assessment: Assessment
        // Paid in time and by the channel it was created for, a request costs what it states.
        let isAsAsked = request.channel == taken.channel && request.status(at: now) == .pending
        do {
            assessment = try catalogue.schedule.assess(
                request.assessmentRequest(channel: taken.channel, on: isAsAsked ? request.assessedOn : now.day)
            )
        } catch {
            throw ServiceError(.notAssessable, at: error.pointer, error.reason)
        }
        let price = isAsAsked ? request.amountDue : assessment.amountDue
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
        return try await requests.database.transaction { tx in
            let due = try CounterPayments.lockUnchanged(request, tx).remaining(of: price)
            guard taken.amount == due else { return .otherAmount(due: due) }
            if !isAsAsked {
                try tx.query(
                    """
                    update payment_request set channel = \(taken.channel.rawValue), assessed_on = \(assessment.day)::date,
                        amount_due = \(price)::bigint, discount_total = \(assessment.discountTotal)::bigint,
                        charge_due = \(AssessedLines.charges(assessment.linesJSON))::bigint,
                        lines = \(assessment.linesJSON)::json
                    where id = \(request.id)::uuid
                    """
                )
            }
            try settle(taken, request, now, tx)
            let detail = Audit.change(
                ["channel": .string(request.channel.rawValue), "amount_due": .money(request.amountDue)],
                ["channel": .string(taken.channel.rawValue), "amount_due": .money(price)],
                ["amount": .money(taken.amount), "receipt_number": .optional(taken.receiptNumber)]
            )
            try Audit.record(tx, actor, "counter_payment.take", "request:\(request.id.text)", detail)
            let body = try CounterPayments.read(request.id, tx).json(publicURL: publicURL, now: now, in: language)
                .serialized
            if let kept { try tx.query(KeptAnswers.keeping(body, kept.key, kept.caller)) }
            return .booked(body)
        }
    }

    /// Cash is at the counter. Other payments are in the agency's clearing account until the bank confirms them.
    private func settle(_ taken: Taken, _ request: PaymentRequest, _ now: Instant, _ tx: borrowing Transaction) throws {
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
    }

    /// Locks the request; throws if it has changed since it was assessed. Money that refunds have claimed does not
    /// count as received.
    private static func lockUnchanged(_ request: PaymentRequest, _ tx: borrowing Transaction) throws -> RequestFacts {
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
