import Collection
import HTTPTypes
import Hummingbird
import Identity
import Values

/// Several requests that are paid with one code.
struct BasketRoutes {
    let baskets: Baskets
    let publicURL: String

    func add(to router: RouteTable, _ gate: Gate) {
        router.post("/v1/baskets", use: gate(.createPaymentRequest, make))
        router.get("/v1/baskets/:id", use: gate(.readPaymentRequest, read))
        router.post("/v1/baskets/:id/cancel", use: gate(.cancelPaymentRequest, cancel))
    }

    @Sendable private func make(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let body = try await request.bytes()
        let idempotency = try request.idempotency(body)
        let draft = try BasketDraft(try Request.json(body))
        return .kept(try await baskets.make(draft, caller: caller, idempotency: idempotency), .created)
    }

    private func name(_ context: KhopContext) throws -> RequestName {
        guard let name = RequestName(context.parameters.get("id") ?? "") else {
            throw ServiceError(.notFound, .none(.basket))
        }
        return name
    }

    @Sendable private func read(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let basket = try await baskets.find(try name(context), for: caller)
        return .json(basket.json(publicURL: publicURL, now: .now()))
    }

    @Sendable private func cancel(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        let basket = try await baskets.cancel(try name(context), by: caller)
        return .json(basket.json(publicURL: publicURL, now: .now()))
    }
}
