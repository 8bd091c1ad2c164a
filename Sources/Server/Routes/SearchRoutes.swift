import Collection
import Hummingbird
import Identity
import Values

/// One question that finds payments, cases, refunds and accounts.
struct SearchRoutes {
    let finder: Finder
    let jurisdiction: Jurisdiction

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/search", use: gate(.search, search))
    }

    @Sendable private func search(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        guard let typed = request.parameter("q"), typed.count <= SearchTerm.longest else {
            throw ServiceError(
                .invalidParameter,
                at: "q",
                Phrase(
                    vi: "hãy nêu điều cần tìm, từ 1 đến \(SearchTerm.longest) ký tự: ?q=…",
                    en: "say what to look for in 1 to \(SearchTerm.longest) characters: ?q=…"
                )
            )
        }
        let scope = try await Finder.Scope(caller, jurisdiction)
        return .json(try await finder.find(SearchTerm(typed, today: Instant.now().day), in: scope).json)
    }
}

extension Finder.Scope {
    /// What a caller may look through.
    init(_ caller: Caller, _ jurisdiction: Jurisdiction) async throws {
        self.init(
            agencies: try await jurisdiction.agencies(under: nil, caller: caller),
            accounts: try await jurisdiction.accounts(for: caller),
            seesPayers: caller.holds(.readPayer),
            seesCases: caller.holds(.readCases),
            seesRefunds: caller.holds(.readRefunds)
        )
    }
}
