import Collection
import HTTPTypes
import Hummingbird
import Logging
import Mustache
import Values

/// The pages for people: their templates in one layout, their security, and what they answer where something is wrong.
struct Pages: Sendable {
    let sessions: Sessions
    private let publicURL: String
    /// Whether persons can log in by a provider of accounts.
    let hasProvider: Bool
    private let library: MustacheLibrary

    init(sessions: Sessions, publicURL: String, hasProvider: Bool = false) throws {
        self.sessions = sessions
        self.hasProvider = hasProvider
        self.publicURL = publicURL
        var library = MustacheLibrary()
        for (name, bytes) in Pages.templates {
            try library.register(String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
    }

    /// By the name that they are rendered by.
    static let templates: [(name: String, bytes: [UInt8])] = [
        ("layout", PackageResources.layout_mustache), ("login", PackageResources.login_mustache),
        ("login_link", PackageResources.login_link_mustache),
        ("code", PackageResources.code_mustache), ("invite", PackageResources.invite_mustache),
        ("recovery", PackageResources.recovery_mustache), ("account", PackageResources.account_mustache),
        ("message", PackageResources.message_mustache), ("onward", PackageResources.onward_mustache),
    ]

    typealias Handler = @Sendable (PageCall) async throws -> Response
    typealias SessionHandler = @Sendable (PageCall, PersonSession) async throws -> Response

    /// A page that anybody may open.
    func get(_ routes: RouteTable, _ path: String, _ handler: @escaping Handler) {
        routes.get(path) { request, context in await answer(PageCall(request, context), handler) }
    }

    /// A form that anybody may send, from a page of ours.
    func post(
        _ routes: RouteTable,
        _ path: String,
        _ handler: @escaping @Sendable (PageCall, PageForm) async throws -> Response
    ) {
        routes.post(path) { request, context in
            await answer(PageCall(request, context)) { call in
                try await handler(call, try await form(call))
            }
        }
    }

    /// A page for those who are logged in; others are led to the login.
    func get(_ routes: RouteTable, forPersonsAt path: String, _ handler: @escaping SessionHandler) {
        get(routes, path) { call in
            guard let session = try await session(of: call) else {
                return .redirect(to: "/login?next=" + call.request.uri.path)
            }
            return try await handler(call, session)
        }
    }

    /// A form for those who are logged in, with the token that only their pages have.
    func post(
        _ routes: RouteTable,
        forPersonsAt path: String,
        _ handler: @escaping @Sendable (PageCall, PersonSession, PageForm) async throws -> Response
    ) {
        post(routes, path) { call, form in
            guard let session = try await session(of: call) else { return .redirect(to: "/login") }
            guard form["csrf"] == PageCookie.csrf(call.token) else { throw ServiceError(.forbidden, PageTexts.foreign) }
            return try await handler(call, session, form)
        }
    }

    /// The session of the cookie; `nil` without a good one.
    func session(of call: PageCall) async throws -> PersonSession? {
        do { return try await sessions.authenticate(call.token, .browser, from: call.origin) } catch let error
            as ServiceError where error.code == .unauthenticated
        { return nil }
    }

    private func form(_ call: PageCall) async throws -> PageForm {
        guard PageOrigin.isOurs(call.request, publicURL: publicURL) else {
            throw ServiceError(.forbidden, PageTexts.foreign)
        }
        return try await PageForm(call.request)
    }

    private func answer(_ call: PageCall, _ handler: Handler) async -> Response {
        var response: Response
        do { response = try await handler(call) } catch {
            let told = ServiceError(unexpected: error)
            if told.code == .internalFailure || told.code == .databaseUnavailable {
                call.context.logger.error("page failed", metadata: ["error": "\(error)"])
            }
            let problem = Problem(told)
            response = render(
                "message",
                call,
                title: problem.type.title[call.language],
                status: problem.type.status,
                ["detail": problem.detail[call.language]]
            )
            if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        }
        if call.request.parameter("lang") != nil {
            PageCookie.set(PageCookie.language, call.language.rawValue, on: &response, maximumAge: 31_536_000)
        }
        return response
    }

    /// A page by its template.
    ///
    /// - Parameter person: who is logged in, for the head of the page.
    func render(
        _ template: String,
        _ call: PageCall,
        title: String,
        status: HTTPResponse.Status = .ok,
        person: KnownPerson? = nil,
        isNarrow: Bool = true,
        _ values: [String: Any] = [:]
    ) -> Response {
        var model = values
        let other: Language = call.language == .vietnamese ? .english : .vietnamese
        model["lang"] = call.language.rawValue
        model["otherLang"] = other.rawValue
        model["otherName"] = other == .english ? "English" : "Tiếng Việt"
        model["title"] = title
        model["t"] = PageTexts.texts(call.language)
        model["isNarrow"] = isNarrow
        model["csrf"] = PageCookie.csrf(call.token)
        if let person { model["person"] = ["name": person.name] }
        var response = Response.text(
            library.render(model, withTemplate: template) ?? "",
            "text/html; charset=utf-8",
            status
        )
        Pages.secure(&response)
        response.headers[.contentLanguage] = call.language.rawValue
        return response
    }

    /// No scripts, no frames, nothing of others, nothing kept.
    static func secure(_ response: inout Response) {
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.headers[.cacheControl] = "no-store"
        response.headers[HTTPField.Name("Referrer-Policy")!] = "same-origin"
        response.headers[HTTPField.Name("Cross-Origin-Opener-Policy")!] = "same-origin"
        response.headers[HTTPField.Name("Cross-Origin-Resource-Policy")!] = "same-origin"
    }
}

extension Response {
    /// Leads to another page, by GET.
    static func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }
}
