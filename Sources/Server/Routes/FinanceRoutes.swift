import Collection
import FeeSchedule
import Foundation
import HTTPTypes
import Hummingbird
import Values

/// Statements, reconciliation, cases and reports: what finance staff work with.
struct FinanceRoutes {
    let services: Services

    func add(to router: Router<KhopContext>, _ gate: Gate) {
        router.post("/v1/statements", use: gate(.importStatement, importStatement))
        router.get("/v1/statements/:id", use: gate(.readCases, readStatement))
        router.post("/v1/reconciliations", use: gate(.reconcile, reconcile))
        router.get("/v1/reconciliations/:id", use: gate(.readCases, readReconciliation))
        router.get("/v1/cases", use: gate(.readCases, listCases))
        router.get("/v1/cases/:id", use: gate(.readCases, readCase))
        router.post("/v1/cases/:id/resolve", use: gate(.resolveCases, resolveCase))
        router.post("/v1/cases/:id/approve", use: gate(.resolveCases, approveCase))
        router.post("/v1/cases/:id/withdraw", use: gate(.resolveCases, withdrawCase))
        router.post("/v1/cases/:id/notes", use: gate(.resolveCases, noteCase))
        router.get("/v1/cases/:id/inquiry", use: gate(.readCases, inquireCase))
    }

    @Sendable private func importStatement(
        _ request: Request,
        _ context: KhopContext,
        _ caller: Caller
    ) async throws -> Response {
        guard let account = request.parameter("account") else {
            throw ServiceError(
                .invalidParameter,
                at: "account",
                Phrase(
                    vi: "hãy nêu tài khoản của sao kê: ?account=…",
                    en: "name the account that the statement is of: ?account=…"
                )
            )
        }
        try await services.authorize(account: account, for: caller)
        let format = request.parameter("format") ?? "auto"
        // The body goes to a file first: an import is one transaction and must not wait for a slow sender.
        let path = FileManager.default.temporaryDirectory.path + "/khop-statement-\(UUID().uuidString)"
        defer { unlink(path) }
        try await save(request, to: path)
        let idempotency = try request.idempotency(file: path)
        if let first = try await firstAnswer(idempotency, caller, .accepted) { return first }
        let imported = try await services.statements.importFile(
            path: path,
            account: account,
            format: format,
            by: caller.name
        )
        return try await remembered(imported.json, idempotency, caller, .accepted)
    }

    private func firstAnswer(
        _ idempotency: PaymentRequests.Idempotency?,
        _ caller: Caller,
        _ status: HTTPResponse.Status
    ) async throws -> Response? {
        guard let idempotency, let first = try await services.paymentRequests.firstAnswer(idempotency, caller) else {
            return nil
        }
        return .kept(first, status)
    }

    /// Repeating an import or a run changes nothing, so the response may be kept after it rather than with it.
    private func remembered(
        _ json: JSON,
        _ idempotency: PaymentRequests.Idempotency?,
        _ caller: Caller,
        _ status: HTTPResponse.Status
    ) async throws -> Response {
        if let idempotency { try await services.paymentRequests.remember(json.serialized, idempotency, caller) }
        return .json(json, status: status)
    }

    private func save(_ request: Request, to path: String) async throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else {
            throw ServiceError(
                .internalFailure,
                Phrase(vi: "Không lưu được tệp sao kê.", en: "The statement could not be stored.")
            )
        }
        defer { file.closeFile() }
        var total = 0
        for try await piece in request.body {
            total += piece.readableBytes
            guard total <= StatementImport.maximumBytes else {
                throw ServiceError(
                    .tooLarge,
                    Phrase(
                        vi: "Sao kê tối đa 1 GiB. Hãy chia theo ngày.",
                        en: "A statement may have at most 1 GiB. Split it by days."
                    )
                )
            }
            try file.write(contentsOf: Data(piece.readableBytesView))
        }
    }

    @Sendable private func readStatement(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .statement)
        let statement = try await services.statements.find(id)
        try await services.authorize(account: statement.account, for: caller)
        return .json(statement.json)
    }

    @Sendable private func reconcile(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let bytes = try await request.bytes()
        let idempotency = try request.idempotency(bytes)
        if let first = try await firstAnswer(idempotency, caller, .created) { return first }
        var body = BodyReader(try Request.json(bytes))
        let account = body.text("account_number", 1...40)
        let through = body.day("through")
        try body.finish()
        guard let through else { throw ServiceError(.invalidBody, at: "/through", .isMissing) }
        try await services.authorize(account: account, for: caller)
        let run = try await services.reconciliation.run(account: account, through: through, by: caller.name)
        return try await remembered(FinanceRoutes.withID(run), idempotency, caller, .created)
    }

    @Sendable private func readReconciliation(
        _ request: Request,
        _ context: KhopContext,
        _ caller: Caller
    ) async throws -> Response {
        let run = try await services.reconciliation.find(try request.number(context, .reconciliation))
        try await services.authorize(account: run.accountNumber, for: caller)
        return .json(FinanceRoutes.withID(run))
    }

    private static func withID(_ run: Reconciliation.Run) -> JSON {
        .object([JSON.Member("id", .integer(run.id))] + (run.json.members ?? []))
    }

    @Sendable private func listCases(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        guard let limit = Int(request.parameter("limit") ?? "100"), (1...500).contains(limit) else {
            throw ServiceError(.invalidParameter, at: "limit", .wholeNumber(1...500))
        }
        guard let after = Int64(request.parameter("cursor") ?? "0") else {
            throw ServiceError(
                .invalidParameter,
                at: "cursor",
                Phrase(vi: "phải là next_cursor của trang trước", en: "must be the next_cursor of the page before")
            )
        }
        let agencies = try await services.agencies(under: request.parameter("locality"), caller: caller)
        let cases = try await services.cases.list(
            kind: request.parameter("kind"),
            state: request.parameter("state"),
            agencies: agencies,
            after: after,
            limit: limit,
            assignee: request.parameter("assignee")
        )
        let next = cases.count == limit ? cases.last?["id"] : nil
        return .json(["items": .array(cases), "next_cursor": next ?? .null])
    }

    @Sendable private func readCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let agencies = try await services.agencies(under: nil, caller: caller)
        return .json(try await services.cases.find(try request.number(context, .caseFile), within: agencies))
    }

    @Sendable private func resolveCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .caseFile)
        let decision = try CaseDecision(try Request.json(try await request.bytes()))
        let agencies = try await services.agencies(under: nil, caller: caller)
        return .json(try await services.caseActions.resolve(id, decision, by: caller.person, within: agencies))
    }

    @Sendable private func approveCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .caseFile)
        let agencies = try await services.agencies(under: nil, caller: caller)
        return .json(try await services.caseActions.approve(id, by: caller.person, within: agencies))
    }

    @Sendable private func withdrawCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .caseFile)
        var body = BodyReader(try Request.json(try await request.bytes()))
        let note = body.text("note", 1...2000)
        try body.finish()
        let agencies = try await services.agencies(under: nil, caller: caller)
        return .json(try await services.caseActions.withdraw(id, note: note, by: caller.person, within: agencies))
    }

    @Sendable private func noteCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .caseFile)
        let entries = try CaseDesk.entries(try Request.json(try await request.bytes()))
        let agencies = try await services.agencies(under: nil, caller: caller)
        return .json(try await services.caseDesk.write(id, entries, by: caller.person, within: agencies))
    }

    @Sendable private func inquireCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .caseFile)
        let agencies = try await services.agencies(under: nil, caller: caller)
        var response = Response.text(try await services.cases.inquiry(id, within: agencies), "text/csv; charset=utf-8")
        response.headers[.contentDisposition] = "attachment; filename=\"\(Cases.inquiryFileName(id))\""
        return response
    }
}
