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
        let view: PayerView
        do { view = try await pages.view(token: token) } catch let error as ServiceError where error.code == .notFound {
            limits.failed(context.address)
            throw error
        }
        guard view.state.asksForMoney else {
            throw ServiceError(
                .conflict,
                Phrase(vi: "Khoản này không còn chờ tiền.", en: "This payment does not wait for money any more.")
            )
        }
        let asked = view.request
        try await bank.pay(
            PlayedDay.Open(reference: asked.reference, remaining: asked.amountRemaining),
            on: asked.accountNumber,
            as: kind,
            to: context.ownAddress
        )
        return .redirect(to: "/pay/\(token)?lang=" + PageCall(request, context).language.rawValue)
    }
}
