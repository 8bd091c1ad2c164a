import Collection
import Hummingbird
import Identity
import Values

/// What is asked about one account of a bank.
struct AccountRoutes {
    let explanations: DayExplanations
    let jurisdiction: Jurisdiction

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/accounts/:number/days/:day/explanation", use: gate(.readReports, explain))
    }

    @Sendable private func explain(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let account = try context.parameters.require("number")
        guard let day = context.parameters.get("day").flatMap({ Day($0) }) else {
            throw ServiceError(.invalidParameter, at: "day", .existingDay)
        }
        try await jurisdiction.authorize(account: account, for: caller)
        let explanation = try await explanations.explain(account: account, day: day)
        return .json(explanation.json(in: context.language))
    }
}
