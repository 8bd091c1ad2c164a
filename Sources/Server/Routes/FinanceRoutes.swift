import Casework
import Collection
import FeeSchedule
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Values

/// Reconciliation and cases: what finance staff work with.
struct FinanceRoutes {
    let reconciliation: Reconciliation
    let records: StatementRecords
    let cases: Cases
    let actions: CaseActions
    let desk: CaseDesk
    let jurisdiction: Jurisdiction
    let answers: KeptAnswers

    func add(to router: RouteTable, _ gate: Gate) {
        router.post("/v1/reconciliations", use: gate(.reconcile, reconcile))
        router.get("/v1/reconciliations/:id", use: gate(.readCases, readReconciliation))
        router.get("/v1/cases", use: gate.showing(.readCases, listCases))
        router.get("/v1/cases/:id", use: gate.showing(.readCases, readCase))
        router.post("/v1/cases/:id/resolve", use: gate(.resolveCases, resolveCase))
        router.post("/v1/cases/:id/approve", use: gate(.resolveCases, approveCase))
        router.post("/v1/cases/:id/withdraw", use: gate(.resolveCases, withdrawCase))
        router.post("/v1/cases/:id/notes", use: gate(.resolveCases, noteCase))
        router.get("/v1/cases/:id/inquiry", use: gate.showing(.readCases, inquireCase))
    }

    @Sendable private func reconcile(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let bytes = try await request.bytes()
        let idempotency = try request.idempotency(bytes)
        if let first = try await answers.first(idempotency, caller, .created) { return first }
        var body = BodyReader(try Request.json(bytes))
        let account = body.text("account_number", 1...40)
        let through = body.day("through")
        let isRehearsal = body.flag("dry_run")
        try body.finish()
        guard let through else { throw ServiceError(.invalidBody, at: "/through", .isMissing) }
        try await jurisdiction.authorize(account: account, for: caller)
        if isRehearsal {
            return .json(try await reconciliation.rehearse(account: account, through: through).json)
        }
        let run = try await reconciliation.run(account: account, through: through, by: caller.person)
        return try await answers.keep(answer(run, context), idempotency, caller, .created)
    }

    @Sendable private func readReconciliation(
        _ request: Request,
        _ context: KhopContext,
        _ caller: Caller
    ) async throws -> Response {
        let run = try await reconciliation.find(try request.number(context, .reconciliation))
        try await jurisdiction.authorize(account: run.accountNumber, for: caller)
        return .json(try await answer(run, context))
    }

    private func answer(_ run: Reconciliation.Run, _ context: KhopContext) async throws -> JSON {
        let warnings = try await records.warnings(ofRun: run.id)
        return .object(
            [JSON.Member("id", .integer(run.id))] + (run.json.members ?? [])
                + [.init("warnings", .array(warnings.map { $0.warning(in: context.language) }))]
        )
    }

    @Sendable private func listCases(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let limit = try request.limit()
        let after = try request.cursor { Int64($0) } ?? 0
        let agencies = try await jurisdiction.agencies(under: request.parameter("locality"), caller: caller)
        var filter = try Cases.Filter(kind: request.given("kind"), state: request.given("state"))
        filter.assignee = request.parameter("assignee")
        filter.account = request.parameter("account")
        filter.amount = try request.parameter(
            "amount",
            Phrase(vi: "phải là số tiền nguyên, tính bằng đồng", en: "must be a whole amount in đồng")
        ) { Int64($0).map { Money($0) } }
        filter.isOverdue = try request.flag("overdue")
        filter.agencies = agencies
        let cases = try await self.cases.list(filter, after: after, limit: limit)
        let next: JSON = cases.count == limit ? cases.last.map { .integer($0.id) } ?? .null : .null
        return (
            .json(["items": .array(cases.map { $0.json(in: context.language) }), "next_cursor": next]),
            Disclosure(.cases, count: cases.count, query: request.uri.query ?? "")
        )
    }

    @Sendable private func readCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let agencies = try await jurisdiction.agencies(under: nil, caller: caller)
        let id = try request.number(context, .caseFile)
        let found = try await cases.find(id, within: agencies)
        return (.json(found.json(in: context.language)), Disclosure(.caseFile, of: "case:\(id)"))
    }

    @Sendable private func resolveCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .caseFile)
        let decision = try CaseDecision(try Request.json(try await request.bytes()))
        let agencies = try await jurisdiction.agencies(under: nil, caller: caller)
        let found = try await actions.resolve(id, decision, by: caller.person, within: agencies)
        return .json(found.json(in: context.language))
    }

    @Sendable private func approveCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .caseFile)
        let bytes = try await request.bytes()
        var body = BodyReader(bytes.isEmpty ? [:] : try Request.json(bytes))
        let note = body.optionalText("note", 2000)
        try body.finish()
        let agencies = try await jurisdiction.agencies(under: nil, caller: caller)
        let found = try await actions.approve(id, note: note, by: caller.person, within: agencies)
        return .json(found.json(in: context.language))
    }

    @Sendable private func withdrawCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .caseFile)
        var body = BodyReader(try Request.json(try await request.bytes()))
        let note = body.text("note", 1...2000)
        try body.finish()
        let agencies = try await jurisdiction.agencies(under: nil, caller: caller)
        let found = try await actions.withdraw(id, note: note, by: caller.person, within: agencies)
        return .json(found.json(in: context.language))
    }

    @Sendable private func noteCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .caseFile)
        let entries = try CaseDesk.entries(try Request.json(try await request.bytes()))
        let agencies = try await jurisdiction.agencies(under: nil, caller: caller)
        let found = try await desk.write(id, entries, by: caller.person, within: agencies)
        return .json(found.json(in: context.language))
    }

    @Sendable private func inquireCase(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let id = try request.number(context, .caseFile)
        let agencies = try await jurisdiction.agencies(under: nil, caller: caller)
        let inquiry = try await cases.inquiry(id, within: agencies, seenWith: CallSight.current)
        var response = Response.text(inquiry.csv, "text/csv; charset=utf-8")
        response.headers[.contentDisposition] = "attachment; filename=\"\(inquiry.fileName)\""
        return (response, Disclosure(.inquiry, of: "case:\(id)"))
    }
}
