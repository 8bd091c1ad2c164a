import Collection
import HTTPTypes
import Hummingbird
import Values

/// The button that leads a payer on to the national payment platform.
struct PlatformPayRoutes {
    let platform: PlatformPayments
    let transport: any ProviderTransport
    let limits: CallLimits
    let renderer: PayRenderer

    func add(to router: RouteTable) { router.post("/pay/:token/platform", use: begin) }

    @Sendable private func begin(_ request: Request, _ context: KhopContext) async throws -> Response {
        // Nobody else knows the address; and the page sends no referrer, so that browsers name no origin either.
        guard [nil, "same-origin"].contains(request.headers[.secFetchSite]) else {
            throw ServiceError(.forbidden, PageTexts.foreign)
        }
        try limits.pageCalled(from: context.address)
        try limits.checkAttempts(of: context.address)
        let token = context.parameters.get("token") ?? ""
        let language = PageCall(request, context).language
        do {
            let address = try await platform.begin(token: token, from: context.address, over: transport)
            return renderer.onward(address, from: "/pay/" + token, in: language)
        } catch let error as ServiceError where error.code == .notFound {
            limits.failed(context.address)
            throw error
        }
    }
}
