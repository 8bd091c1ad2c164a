import Collection
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Values

/// Refunds: requested by one person, approved by another, executed, and sent to the bank in a file.
struct RefundRoutes {
    let refunds: Refunds
    let jurisdiction: Jurisdiction

    func add(to router: RouteTable, _ gate: Gate) {
        router.post("/v1/refunds", use: gate(.requestRefund, ask))
        router.get("/v1/refunds", use: gate.showing(.readRefunds, list))
        router.get("/v1/refunds/:id", use: gate.showing(.readRefunds, read))
        router.post("/v1/refunds/:id/adopt", use: gate(.requestRefund, adopt))
        router.post("/v1/refunds/:id/approve", use: gate(.approveRefund, approve))
        router.post("/v1/refunds/:id/reject", use: gate(.approveRefund, reject))
        router.post("/v1/refunds/:id/execute", use: gate(.executeRefund, execute))
        router.post("/v1/refund-files", use: gate(.takePaymentFile, file))
    }

    @Sendable private func ask(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let body = try await request.bytes()
        let idempotency = try request.idempotency(body)
        let answer = try await refunds.request(
            try RefundDraft(try Request.json(body)),
            by: caller.person,
            within: try await jurisdiction.agencies(under: nil, caller: caller),
            idempotency: idempotency,
            caller: caller,
            in: context.language
        )
        return .kept(answer, .created)
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let limit = try request.limit()
        let found = try await refunds.list(
            state: try request.code("state"),
            paymentRequest: try request.parameter("payment_request_id", RequestName.form) { RequestName($0) },
            caseID: try request.parameter(
                "case_id",
                Phrase(vi: "phải là mã của một vụ việc", en: "must be the id of a case")
            ) { Int64($0) },
            within: try await jurisdiction.agencies(under: request.parameter("locality"), caller: caller),
            after: try request.cursor { UUID(uuidString: $0) },
            limit: limit
        )
        let next: JSON = found.count == limit ? .optional(found.last?.id.text) : .null
        return (
            .json(["items": .array(found.map { $0.json(in: context.language) }), "next_cursor": next]),
            Disclosure(.refunds, count: found.count, query: request.uri.query ?? "")
        )
    }

    @Sendable private func read(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let agencies = try await jurisdiction.agencies(under: nil, caller: caller)
        let found = try await refunds.find(try request.identifier(context, .refund), within: agencies)
        return (.json(found.json(in: context.language)), Disclosure(.refund, of: "refund:\(found.id.text)"))
    }

    /// A person takes over what a program asked for.
    @Sendable private func adopt(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        let adopted = try await refunds.adopt(
            try request.identifier(context, .refund),
            by: caller.person,
            within: try await jurisdiction.agencies(under: nil, caller: caller)
        )
        return .json(adopted.json(in: context.language))
    }

    @Sendable private func approve(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let bytes = try await request.bytes()
        var body = BodyReader(bytes.isEmpty ? [:] : try Request.json(bytes))
        body.know("note", "beneficiary", "paid_by_hand")
        // Not read: naming a payee is refused whatever it says.
        let namesPayee = body.isGiven("beneficiary") || body.flag("paid_by_hand")
        try body.finish()
        let approved = try await refunds.approve(
            try request.identifier(context, .refund),
            by: caller.person,
            namesPayee: namesPayee,
            within: try await jurisdiction.agencies(under: nil, caller: caller)
        )
        return .json(approved.json(in: context.language))
    }

    @Sendable private func reject(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let note = body.text("note", 1...2000)
        try body.finish()
        let rejected = try await refunds.reject(
            try request.identifier(context, .refund),
            note: note,
            by: caller.person,
            within: try await jurisdiction.agencies(under: nil, caller: caller)
        )
        return .json(rejected.json(in: context.language))
    }

    @Sendable private func execute(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let executed = try await refunds.execute(
            try request.identifier(context, .refund),
            by: caller.person,
            within: try await jurisdiction.agencies(under: nil, caller: caller)
        )
        return .json(executed.json(in: context.language))
    }

    /// A payment file of the account's executed refunds that are not in any file yet.
    @Sendable private func file(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        guard caller.localities == nil else {
            throw ServiceError(.forbidden, .fileOfWholeAccount)
        }
        guard let account = request.parameter("account") else {
            throw ServiceError(
                .invalidParameter,
                at: "account",
                Phrase(vi: "hãy nêu tài khoản chi: ?account=…", en: "name the account that pays: ?account=…")
            )
        }
        let wanted = request.given("format") ?? "pain001"
        let format = PaymentFile.Format(rawValue: wanted)
        guard format != nil || wanted == "json" else {
            throw ServiceError(.invalidParameter, at: "format", .oneOf(["pain001", "csv", "json"]))
        }
        let file = try await refunds.paymentFile(
            account: account,
            messageID: request.parameter("message_id"),
            by: caller.person
        )
        guard let format else { return .json(file.json(in: context.language)) }
        let type = format == .csv ? "text/csv; charset=utf-8" : "application/xml; charset=utf-8"
        var response = Response.text(file.text(format), type)
        response.headers[.contentDisposition] = "attachment; filename=\"\(file.name(format))\""
        // The bank's formats have no room for it: `format=json` says which and why.
        response.headers[.leftOut] = String(file.leftOut.count)
        return response
    }
}

extension HTTPField.Name {
    /// How many executed refunds of the account are not in the payment file.
    static let leftOut = HTTPField.Name("Khop-Left-Out")!
}

extension Phrase {
    static let fileOfWholeAccount = Phrase(
        vi:
            "Tệp chi trả gồm các khoản hoàn của cả tài khoản; người chỉ làm việc cho một địa bàn không được lấy tệp này.",
        en: "A payment file holds the refunds of a whole account; whoever acts for a locality alone may not take it."
    )
}
