import Collection
import Hummingbird
import Identity
import Logging
import Values

/// The login by an OpenID Connect provider: to it, and back from it.
struct ProviderPages {
    let pages: Pages
    let logins: ProviderLogins
    let provider: OpenIDProvider
    let limits: CallLimits

    func add(to routes: RouteTable) {
        pages.get(routes, "/login/oidc", begin)
        pages.get(routes, forPersonsAt: "/second-factor/oidc") { call, session in
            try await leave(call, again: session)
        }
        pages.get(routes, "/login/oidc/callback", come)
    }

    @Sendable private func begin(_ call: PageCall) async throws -> Response {
        // Another site may lead here, but does not log anybody in: whom it brings presses the button of the login.
        if let site = call.request.headers[.secFetchSite], site != "same-origin", site != "none" {
            return .redirect(to: "/login?next=" + call.inAddress(call.next(call.request.parameter("next"))))
        }
        return try await leave(call, again: nil)
    }

    /// Leads to the provider.
    private func leave(_ call: PageCall, again session: PersonSession?) async throws -> Response {
        let address = call.context.address
        try limits.checkAttempts(of: address)
        // Each is a row; who means it well comes back from the provider.
        limits.failed(address)
        let next = call.next(call.request.parameter("next"))
        do {
            let attempt = try await logins.begin(next: next, again: session)
            var response = Response.redirect(to: try await provider.address(for: attempt, again: session != nil))
            PageCookie.set(
                PageCookie.provider,
                attempt.token,
                on: &response,
                maximumAge: Int(IDTokenRules.pendingSeconds),
                sameSite: .lax
            )
            return response
        } catch let fault as ProviderFault {
            return try await refuse(fault, call)
        }
    }

    /// What the provider sends a browser back with.
    @Sendable private func come(_ call: PageCall) async throws -> Response {
        try limits.checkAttempts(of: call.context.address)
        let opened: OpenedSession
        let next: String
        do { (opened, next) = try await take(call) } catch let fault as ProviderFault {
            limits.failed(call.context.address)
            return try await refuse(fault, call)
        }
        // Not by a redirect: browsers do not send the session's cookie on a way that began at another site.
        let onward = opened.session.factorAt == nil ? "/login/code?next=" + call.inAddress(next) : next
        var response = pages.render(
            "onward",
            call,
            title: PageTexts.texts(call.language)["loginTitle"] ?? "",
            ["onward": onward, "onwardText": PageTexts.texts(call.language)["continue"] ?? ""]
        )
        PageCookie.set(PageCookie.session, opened.token, on: &response)
        PageCookie.clear(PageCookie.provider, on: &response)
        return response
    }

    private func take(_ call: PageCall) async throws -> (OpenedSession, next: String) {
        let attempt = ProviderAttempt(token: call.request.cookies[PageCookie.provider]?.value ?? "")
        let answer = ProviderAnswer(call.request.uri)
        let begun = try await logins.take(attempt, state: answer.state)
        if let error = answer.error {
            call.context.logger.notice("the provider refused a login", metadata: ["error": "\(error.prefix(100))"])
        }
        let code = try answer.code(from: provider.options)
        let claims = try await provider.claims(for: code, of: attempt, since: begun.isAnew ? begun.begunAt : nil)
        let opened = try await logins.finish(claims, of: begun, levels: provider.options.levels, call.origin)
        return (opened, begun.next)
    }

    /// A page that says what was wrong, and leads to the login.
    private func refuse(_ fault: ProviderFault, _ call: PageCall) async throws -> Response {
        call.context.logger.warning("login by the provider failed", metadata: ["what": "\(fault.word)"])
        if !fault.isOfPerson { try await logins.record(fault, call.origin) }
        var response = pages.render(
            "message",
            call,
            title: ProviderPages.title[call.language],
            status: fault == .unavailable ? .serviceUnavailable : .forbidden,
            [
                "detail": fault.phrase[call.language], "onward": "/login",
                "onwardText": PageTexts.toLogin[call.language],
            ]
        )
        PageCookie.clear(PageCookie.provider, on: &response)
        return response
    }

    private static let title = Phrase(vi: "Chưa đăng nhập được", en: "You are not logged in")
}
