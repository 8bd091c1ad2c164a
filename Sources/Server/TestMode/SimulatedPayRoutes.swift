import BankCallbacks
import Casework
import Collection
import HTTPTypes
import Hummingbird
import Values

/// The button of a payment page of a test installation: pays without a bank.
struct SimulatedPayRoutes {
    let pages: PayerPages
    let bank: TestBank
    let limits: CallLimits

    /// What may be tried with one payment.
    static let kinds: [TransferKind] = [.onTime, .short, .over, .twice, .silent]

    /// Of a test installation alone: the description of the API is the live one's.
    func add(to routes: RouteTable) { routes.post("/pay/:token/simulate", use: pay) }

    @Sendable private func pay(_ request: Request, _ context: KhopContext) async throws -> Response {
        // Nobody else knows the address; and the page sends no referrer, so that browsers name no origin either.
        guard [nil, "same-origin"].contains(request.headers[.secFetchSite]) else {
            throw ServiceError(.forbidden, PageTexts.foreign)
        }
        try limits.pageCalled(from: context.address)
        try limits.checkAttempts(of: context.address)
        let token = context.parameters.get("token") ?? ""
        let form = try await PageForm(request)
        guard let kind = Self.kinds.first(where: { $0.rawValue == form["kind"] }) else {
            throw ServiceError(.invalidParameter, at: "kind", .oneOf(Self.kinds.map(\.rawValue)))
        }
        guard let open = try await waiting(token, context) else {
            throw ServiceError(
                .conflict,
                Phrase(vi: "Khoản này không còn chờ tiền.", en: "This payment does not wait for money any more.")
            )
        }
        try await bank.pay(open.payment, on: open.account, as: kind, to: context.ownAddress)
        return .redirect(to: "/pay/\(token)?lang=" + PageCall(request, context).language.rawValue)
    }

    /// What waits for money at a link, of one request or of several that are paid together; `nil` if it waits no more.
    private func waiting(_ token: String, _ context: KhopContext) async throws -> (
        payment: PlayedDay.Open, account: String
    )? {
        do {
            let view = try await pages.view(token: token)
            let asked = view.request
            guard view.state.asksForMoney else { return nil }
            return (PlayedDay.Open(reference: asked.reference, remaining: asked.amountRemaining), asked.accountNumber)
        } catch let error as ServiceError where error.code == .notFound {
            guard let basket = try await pages.basket(token: token) else {
                limits.failed(context.address)
                throw error
            }
            let now = Instant.now()
            guard basket.state(at: now) == .open else { return nil }
            let payment = PlayedDay.Open(reference: basket.reference, remaining: basket.amountRemaining(at: now))
            return (payment, basket.accountNumber)
        }
    }
}
