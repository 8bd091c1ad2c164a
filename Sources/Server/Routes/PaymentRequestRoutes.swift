import Collection
import FeeSchedule
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Values

/// Quotes, payment requests and counter payments.
struct PaymentRequestRoutes {
    let requests: PaymentRequests
    let counterPayments: CounterPayments
    let refunds: Refunds
    let publicURL: String

    func add(to router: RouteTable, _ gate: Gate) {
        router.post("/v1/quotes", use: gate(.quote, quote))
        router.post("/v1/payment-requests", use: gate(.createPaymentRequest, create))
        router.get("/v1/payment-requests", use: gate.showing(.readPaymentRequest, list))
        router.get("/v1/payment-requests/:id", use: gate.showing(.readPaymentRequest, read))
        router.post("/v1/payment-requests/:id/cancel", use: gate(.cancelAndRefund, cancel))
        router.post("/v1/counter-payments", use: gate(.takeCounterPayment, takeAtCounter))
    }

    @Sendable private func quote(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        let draft = try PaymentRequestDraft.quote(try Request.json(try await request.bytes()), today: Instant.now().day)
        let assessment = try await requests.quote(draft, caller: caller)
        return .json(assessment.quoteJSON(channel: draft.channel, in: context.language))
    }

    @Sendable private func create(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        let body = try await request.bytes()
        let idempotency = try request.idempotency(body)
        let draft = try PaymentRequestDraft(try Request.json(body), today: Instant.now().day)
        let answer = try await requests.create(
            draft,
            caller: caller,
            idempotency: idempotency,
            in: context.language
        )
        return .kept(answer, .created)
    }

    @Sendable private func read(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let found = try await requests.find(try request.requestName(context))
        try await requests.authorize(found, for: caller)
        // A portal is shown what it sent itself, without the payer.
        let disclosure = Disclosure(.paymentRequest, of: "request:\(found.id.text)")
        return (.json(shown(found, to: caller, in: context.language)), caller.holds(.readPayer) ? disclosure : nil)
    }

    /// What proves a payer's category is for staff: a portal has no need to read it back.
    private func shown(_ request: PaymentRequest, to caller: Caller, in language: Language) -> JSON {
        guard caller.holds(.readPayer) else { return request.json(publicURL: publicURL, now: .now(), in: language) }
        let answer = request.staffJSON(publicURL: publicURL, now: .now(), in: language)
        return request.createdBy == caller.id ? answer : CallSight.current.ofOthers.shown(answer)
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let reference = request.parameter("reference")
        let dossier = request.parameter("dossier_code")
        guard reference != nil || dossier != nil else {
            throw ServiceError(
                .invalidParameter,
                at: "reference",
                Phrase(
                    vi: "hãy nêu reference hoặc dossier_code cần tìm",
                    en: "name a reference or a dossier_code to look for"
                )
            )
        }
        let limit = try request.limit(default: 50)
        let after = try request.cursor { UUID(uuidString: $0) }
        let found = try await requests.list(
            reference: reference,
            dossierCode: dossier,
            after: after,
            onlyOf: caller.onlyOf,
            limit: limit
        )
        var visible: [PaymentRequest] = []
        for request in found {
            do {
                try await requests.authorize(request, for: caller)
                visible.append(request)
            } catch let error as ServiceError where error.code == .notFound {}
        }
        let next: JSON = found.count == limit ? .optional(found.last?.id.text) : .null
        let disclosure = Disclosure(.paymentRequests, count: visible.count, query: request.uri.query ?? "")
        return (
            .json([
                "items": .array(visible.map { shown($0, to: caller, in: context.language) }), "next_cursor": next,
            ]), caller.holds(.readPayer) ? disclosure : nil
        )
    }

    @Sendable private func cancel(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        let bytes = try await request.bytes()
        let withdrawal = try bytes.isEmpty ? nil : Refunds.Withdrawal(cancelling: try Request.json(bytes))
        // Whoever works with refunds may cancel what is refunded, and nothing else.
        if withdrawal == nil { try caller.require(.cancelPaymentRequest) }
        let found = try await requests.find(try request.requestName(context))
        let id = found.id
        try await requests.authorize(found, for: caller)
        guard let withdrawal else {
            let cancelled = try await requests.cancel(id, by: caller.person)
            return .json(cancelled.json(publicURL: publicURL, now: .now(), in: context.language))
        }
        let cancelled = try await refunds.cancel(id, withdrawal, by: caller.person)
        return .json(cancelled.json(publicURL: publicURL, in: context.language))
    }

    @Sendable private func takeAtCounter(
        _ request: Request,
        _ context: KhopContext,
        _ caller: Caller
    ) async throws -> Response {
        let body = try await request.bytes()
        let idempotency = try request.idempotency(body)
        let taken = try CounterPayments.Taken(try Request.json(body))
        switch try await counterPayments.take(
            taken,
            caller: caller,
            idempotency: idempotency,
            in: context.language
        ) {
        case .paid(let answer): return .kept(answer, .created)
        case .otherAmount(let assessment, let due):
            var problem = Problem(
                .amountDiffers,
                Phrase(
                    vi:
                        "Nộp qua \(taken.channel.rawValue) phải nộp \(due.formatted), không phải \(taken.amount.formatted). Cho người nộp xem cách tính, rồi gửi đúng số phải nộp.",
                    en:
                        "By \(taken.channel.rawValue) \(due) đồng are due, not \(taken.amount). Show the assessment to the payer, then send the amount due."
                )
            )
            problem.more = [
                .init("amount_due", .money(due)),
                .init("assessment", assessment.quoteJSON(channel: taken.channel, in: context.language)),
            ]
            return problem.response(context)
        }
    }
}
