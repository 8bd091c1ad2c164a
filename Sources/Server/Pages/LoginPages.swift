import Collection
import HTTPTypes
import Hummingbird
import Identity
import Values

/// The login, in two steps; the logout; and the code given again for what needs a fresh one.
struct LoginPages {
    let pages: Pages
    let logins: Logins

    func add(to routes: RouteTable) {
        pages.get(routes, "/login", form)
        pages.post(routes, "/login", begin)
        pages.get(routes, "/login/code", codeForm)
        pages.post(routes, "/login/code", finish)
        pages.get(routes, forPersonsAt: "/second-factor", againForm)
        pages.post(routes, forPersonsAt: "/second-factor", again)
        pages.post(routes, forPersonsAt: "/logout") { _, session, _ in
            try await pages.sessions.end(session.id, by: session)
            var response = Response.redirect(to: "/login")
            PageCookie.clear(PageCookie.session, on: &response)
            // What was typed and not sent, which the tab keeps in case a session ends.
            response.headers[HTTPField.Name("Clear-Site-Data")!] = "\"storage\""
            return response
        }
    }

    @Sendable private func form(_ call: PageCall) async throws -> Response {
        login(call, next: call.next(call.request.parameter("next")))
    }

    private func login(_ call: PageCall, next: String, email: String = "", fault: ServiceError? = nil) -> Response {
        var response = pages.render(
            "login",
            call,
            title: PageTexts.texts(call.language)["loginTitle"] ?? "",
            status: fault.map { ProblemType($0.code).status } ?? .ok,
            [
                "next": next, "nextInAddress": call.inAddress(next), "email": email, "oidc": pages.hasProvider,
            ].merging(
                fault.map { ["fault": $0.message(in: call.language)] } ?? [:]
            ) { $1 }
        )
        if let seconds = fault?.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    @Sendable private func begin(_ call: PageCall, _ form: PageForm) async throws -> Response {
        let next = call.next(form["next"])
        do {
            let opened = try await logins.begin(email: form["email"], password: form["password"], call.origin)
            var response = Response.redirect(to: "/login/code?next=" + call.inAddress(next))
            PageCookie.set(PageCookie.session, opened.token, on: &response)
            return response
        } catch let error as ServiceError where [.unauthenticated, .tooManyAttempts].contains(error.code) {
            return login(call, next: next, email: form["email"], fault: error)
        }
    }

    @Sendable private func codeForm(_ call: PageCall) async throws -> Response {
        do { _ = try await pages.sessions.pending(call.token, from: call.origin) } catch let error as ServiceError
            where error.code == .unauthenticated
        { return .redirect(to: "/login") }
        return code(call, to: "/login/code", PageTexts.codeWhy, next: call.next(call.request.parameter("next")))
    }

    private func code(
        _ call: PageCall,
        to action: String,
        _ why: Phrase,
        next: String,
        session: PersonSession? = nil,
        fault: ServiceError? = nil
    ) -> Response {
        var values: [String: Any] = [
            "action": action, "why": why[call.language], "next": next, "nextInAddress": call.inAddress(next),
            "oidc": pages.hasProvider && session?.method == .oidc,
        ]
        if let fault { values["fault"] = fault.message(in: call.language) }
        var response = pages.render(
            "code",
            call,
            title: PageTexts.codeTitle[call.language],
            status: fault.map { ProblemType($0.code).status } ?? .ok,
            person: session?.person,
            values
        )
        if let seconds = fault?.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    @Sendable private func finish(_ call: PageCall, _ form: PageForm) async throws -> Response {
        let next = call.next(form["next"])
        guard form["csrf"] == PageCookie.csrf(call.token) else { throw ServiceError(.forbidden, PageTexts.foreign) }
        do {
            let pending = try await pages.sessions.pending(call.token, from: call.origin)
            let opened = try await logins.finish(pending, code: form["code"], call.origin)
            BreakGlass.tell(opened, call.context)
            var response = Response.redirect(to: next)
            PageCookie.set(PageCookie.session, opened.token, on: &response)
            return response
        } catch let error as ServiceError where [.forbidden, .tooManyAttempts].contains(error.code) {
            return code(call, to: "/login/code", PageTexts.codeWhy, next: next, fault: error)
        } catch let error as ServiceError where error.code == .unauthenticated {
            return .redirect(to: "/login")
        }
    }

    @Sendable private func againForm(_ call: PageCall, _ session: PersonSession) async throws -> Response {
        let next = call.next(call.request.parameter("next"))
        return code(call, to: "/second-factor", PageTexts.againWhy, next: next, session: session)
    }

    @Sendable private func again(_ call: PageCall, _ session: PersonSession, _ form: PageForm) async throws -> Response
    {
        let next = call.next(form["next"])
        do {
            let opened = try await pages.sessions.stepUp(session, code: form["code"])
            var response = Response.redirect(to: next)
            if let opened { PageCookie.set(PageCookie.session, opened.token, on: &response) }
            return response
        } catch let error as ServiceError where [.forbidden, .tooManyAttempts].contains(error.code) {
            return code(
                call,
                to: "/second-factor",
                PageTexts.againWhy,
                next: next,
                session: session,
                fault: error
            )
        }
    }
}
