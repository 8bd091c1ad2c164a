import Collection
import Hummingbird
import Identity
import Values

/// Stored mappings of statements: listed, read and made by programs of the province's own.
struct StatementMappingRoutes {
    let mappings: StatementMappings
    let jurisdiction: Jurisdiction

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/statement-mappings", use: gate(.readCases, list))
        router.post("/v1/statement-mappings", use: gate(.mapStatements, save))
        router.get("/v1/statement-mappings/:id", use: gate(.readCases, read))
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let found = try await mappings.list(within: try await jurisdiction.accounts(for: caller))
        return .json(["items": .array(found.map(\.listed))])
    }

    @Sendable private func read(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let stored = try await mappings.find(try request.number(context, .statementMapping))
        if let account = stored.account { try await jurisdiction.authorize(account: account, for: caller) }
        return .json(stored.listed)
    }

    @Sendable private func save(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let account = body.optionalText("account_number", 40)
        let mapping = body.optionalObject("mapping")
        if mapping == nil { body.fault("/mapping", .isMissing) }
        try body.finish()
        if let account {
            try await jurisdiction.authorize(account: account, for: caller)
        } else {
            try caller.requireWholeProvince()
        }
        let draft = StatementMappings.Draft(json: mapping ?? .null, account: account, sample: nil)
        return .json(try await mappings.save(draft, by: caller.person).listed, status: .created)
    }
}
