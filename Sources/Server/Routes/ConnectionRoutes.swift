import Collection
import Hummingbird
import Identity
import Values

/// The connections of banks and gateways, each with how it is.
struct ConnectionRoutes {
    let signs: ConnectionSigns
    let jurisdiction: Jurisdiction

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/connections", use: gate(.readConnections, list))
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let accounts = try await jurisdiction.accounts(for: caller).map(Set.init)
        let all = try await signs.list()
        let seen = all.filter { accounts?.contains($0.connection.accountNumber) ?? true }
        return .json(["items": .array(seen.map { $0.json(in: context.language) })])
    }
}
