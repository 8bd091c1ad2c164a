import Collection
import Hummingbird
import Values

/// `/lookup`: a payment looked up without its link.
struct LookUpRoutes {
    let pages: PayerPages
    let tariff: Tariff
    let limits: CallLimits
    let renderer: PayRenderer

    func add(to router: RouteTable) {
        router.get("/lookup") { request, context in
            let page = LookUpPage(
                .asked,
                reference: "",
                dossier: "",
                payer: "",
                in: PageCall(request, context).language
            )
            return renderer.lookUp(page, in: PageCall(request, context).language)
        }
        router.post("/lookup", use: answer)
    }

    /// What was asked stands in the body, never in an address that is kept in histories and logs. Whoever guesses is held up
    /// after a few hundred tries, as with pay links.
    @Sendable private func answer(_ request: Request, _ context: KhopContext) async throws -> Response {
        try limits.pageCalled(from: context.address)
        try limits.checkAttempts(of: context.address)
        let form = try await PageForm(request)
        let language = PageCall(request, context).language
        let (reference, dossier, payer) = (form["reference"], form["dossier"], form["payer"])
        func page(_ outcome: LookUpPage.Outcome) -> Response {
            let page = LookUpPage(outcome, reference: reference, dossier: dossier, payer: payer, in: language)
            return renderer.lookUp(page, in: language)
        }
        guard let wanted = LookUp(reference: reference, dossier: dossier, payer: payer) else {
            return page(.unreadable)
        }
        let views = try await pages.find(wanted)
        if views.isEmpty { limits.failed(context.address) }
        let schedule = try await tariff.current().schedule
        // A reference alone may have been seen by anybody, in a bank's app or on a printed notice.
        let knowsPayer = if case .dossier = wanted { true } else { false }
        return page(.found(views.map { ($0, PayNames($0.request, schedule)) }, knowsPayer: knowsPayer))
    }
}
