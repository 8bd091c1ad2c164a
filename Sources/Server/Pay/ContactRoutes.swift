import Casework
import Collection
import Hummingbird
import Values

/// A payer asks to be told of a payment, and asks to be told no more.
struct ContactRoutes {
    let pages: PayerPages
    let messages: Messages
    let tariff: Tariff
    let limits: CallLimits
    let renderer: PayRenderer

    func add(to router: RouteTable) {
        router.post("/pay/:token/notify", use: notify)
        router.get("/unsubscribe/:token", use: ask)
        router.post("/unsubscribe/:token", use: unsubscribe)
    }

    /// What a token leads to; whoever tries many that lead nowhere is held up.
    private func allowed<Value>(_ context: KhopContext, _ read: (String) async throws -> Value) async throws -> Value {
        try limits.pageCalled(from: context.address)
        try limits.checkAttempts(of: context.address)
        do {
            return try await read(context.parameters.get("token") ?? "")
        } catch let error as ServiceError where error.code == .notFound {
            limits.failed(context.address)
            throw error
        }
    }

    @Sendable private func notify(_ request: Request, _ context: KhopContext) async throws -> Response {
        // As of the button for a fresh price.
        guard [nil, "same-origin"].contains(request.headers[.secFetchSite]) else {
            throw ServiceError(.forbidden, PageTexts.foreign)
        }
        let language = PageCall(request, context).language
        let view = try await allowed(context) { try await pages.view(token: $0) }
        guard messages.channels.contains(.email) else {
            throw ServiceError(
                .notFound,
                Phrase(vi: "Nơi này không gửi e-mail.", en: "No e-mail is sent here.")
            )
        }
        let typed = try await PageForm(request)["email"]
        var fault: Phrase?
        if let contact = WantedContact(.email, typed, in: language) {
            do {
                try await messages.add(contact, to: view.request.id, from: context.origin(of: request))
            } catch let error as ServiceError where error.code == .conflict { fault = error.phrase }
        } else {
            let form = WantedContact.form(.email)
            fault = Phrase(vi: "Địa chỉ e-mail \(form[.vietnamese]).", en: "The e-mail address \(form[.english]).")
        }
        guard let fault else {
            return .redirect(to: "/pay/\(view.request.token)?lang=\(language.rawValue)#notify")
        }
        let told = try await messages.told(of: view.request.id)
        let names = PayNames(view.request, try await tariff.current().schedule)
        let form = NotifyForm(view, told, typed: String(typed.prefix(254)), fault: fault, in: language)
        var response = renderer.page(view, names, notify: form, in: language)
        response.status = .unprocessableContent
        return response
    }

    @Sendable private func ask(_ request: Request, _ context: KhopContext) async throws -> Response {
        let language = PageCall(request, context).language
        let (found, token) = try await allowed(context) { (try await messages.subscription($0), $0) }
        return renderer.unsubscribing(UnsubscribePage(found, token: token, in: language), token, in: language)
    }

    /// The button, or one press in a mail program (RFC 8058), which sends no cookies and follows no links: the token is all
    /// that it needs.
    @Sendable private func unsubscribe(_ request: Request, _ context: KhopContext) async throws -> Response {
        let language = PageCall(request, context).language
        let (found, token) = try await allowed(context) { token in
            try await messages.unsubscribe(token, from: context.origin(of: request))
            return (try await messages.subscription(token), token)
        }
        return renderer.unsubscribing(UnsubscribePage(found, token: token, in: language), token, in: language)
    }
}
