import Collection
import Console
import HTTPTypes
import Hummingbird
import Identity
import Logging
import Values

/// Lets people into the console: who is logged in and may, from a page of ours, with a fresh second factor where it takes
/// one; and tells in a page what went wrong.
struct ConsoleFrontDoor: Sendable {
    let sessions: Sessions
    let limits: CallLimits
    let disclosures: Disclosures
    let renderer: ConsoleRenderer
    let publicURL: String
    let keptForms = KeptForms()

    /// What a page is answered with.
    enum Answer: Sendable {
        case page(any ConsolePage)
        /// A page that tells of something wrong.
        case refused(any ConsolePage, ServiceError)
        /// Another page of the console; what was done is told there.
        case goTo(String)
        /// A file, or a part of a page.
        case raw(Response)
    }

    typealias Handler = @Sendable (ConsoleCall) async throws -> Answer
    typealias FormHandler = @Sendable (ConsoleCall, PageForm) async throws -> Answer

    /// A page for those who hold a permission; `nil` for all who are logged in.
    ///
    /// - Parameter kind: the personal data that it shows, which is recorded before it does.
    func get(
        _ routes: RouteTable,
        _ path: String,
        _ permission: Permission?,
        showing kind: Disclosure.Kind? = nil,
        _ handler: @escaping Handler
    ) {
        routes.get(path) { request, context in
            let call = PageCall(request, context)
            return await answer(call, back: nil) { known in
                var entered = try await enter(call, permission, &known)
                entered.kept = keptForms.take(of: entered.session.person.id, at: request.uri.path)
                known.isKept = !entered.kept.isEmpty
                let answer = try await handler(entered)
                if let kind {
                    let id = context.parameters.get("id")
                    let disclosure = Disclosure(kind, id: id, query: request.uri.query ?? "")
                    try await disclosures.record(disclosure, by: entered.caller.person)
                }
                return answer
            }
        }
    }

    /// A form of the console, for those who hold a permission; `nil` for all who are logged in.
    ///
    /// - Parameter back: the page that the form stands on, from the address that it is sent to; who is not logged in, or
    ///   must give a code first, comes back there.
    /// - Parameter keepsQuery: whether the query of that address is the page's too.
    /// - Parameter note: what the page calls the note of this form, where it has several forms with one.
    func post(
        _ routes: RouteTable,
        _ path: String,
        _ permission: Permission?,
        back: @escaping @Sendable (KhopContext) -> String,
        keepsQuery: Bool = false,
        noteAs note: String = "note",
        _ handler: @escaping FormHandler
    ) {
        routes.post(path) { request, context in
            let call = PageCall(request, context)
            let query = keepsQuery ? request.uri.query.map { "?" + $0 } ?? "" : ""
            return await answer(call, back: back(context) + query) { known in
                guard PageOrigin.isOurs(request, publicURL: publicURL) else {
                    throw ServiceError(.forbidden, PageTexts.foreign)
                }
                let form = try await PageForm(request)
                do {
                    let entered = try await enter(call, permission, &known)
                    try check(form["csrf"], call)
                    return try await handler(entered, form)
                } catch let error as ServiceError
                    where [.unauthenticated, .secondFactorNeeded].contains(error.code)
                {
                    try await keep(form.named(note: note), call, known.session, at: back(context))
                    throw error
                }
            }
        }
    }

    /// A form with files, whose handler reads the body itself.
    ///
    /// - Parameter back: the page that the form stands on.
    func upload(
        _ routes: RouteTable,
        _ path: String,
        _ permission: Permission,
        back: String,
        _ handler: @escaping Handler
    ) {
        routes.post(path) { request, context in
            let call = PageCall(request, context)
            return await answer(call, back: back) { known in
                guard PageOrigin.isOurs(request, publicURL: publicURL) else {
                    throw ServiceError(.forbidden, PageTexts.foreign)
                }
                return try await handler(try await enter(call, permission, &known))
            }
        }
    }

    /// Keeps what was typed for the person whose session it was, if the form is one of ours.
    private func keep(_ form: [String: String], _ call: PageCall, _ session: PersonSession?, at page: String)
        async throws
    {
        guard form["csrf"] == PageCookie.csrf(call.token) else { return }
        let ended = session == nil ? try await sessions.owner(ofEnded: call.token) : nil
        guard let person = session?.person.id ?? ended else { return }
        keptForms.keep(form, of: person, at: page)
    }

    /// Throws unless a form carries the token that only pages of this session have.
    func check(_ csrf: String, _ call: PageCall) throws {
        guard csrf == PageCookie.csrf(call.token) else { throw ServiceError(.forbidden, PageTexts.foreign) }
    }

    /// What stands around the page, as far as it is known.
    private struct Known {
        var session: PersonSession?
        var isKept = false
    }

    private func enter(_ call: PageCall, _ permission: Permission?, _ known: inout Known) async throws -> ConsoleCall {
        let session = try await sessions.authenticate(call.token, .browser, from: call.origin)
        known.session = session
        try limits.called(by: session.actor.id, isProgram: false)
        let caller = session.caller
        guard let permission else { return ConsoleCall(page: call, session: session, caller: caller) }
        try caller.require(permission)
        return ConsoleCall(page: call, session: session, caller: caller.acting(for: permission))
    }

    private func answer(
        _ call: PageCall,
        back: String?,
        _ work: (inout Known) async throws -> Answer
    ) async -> Response {
        var response: Response
        var known = Known()
        do {
            response = try await show(try await work(&known), call, known)
        } catch {
            response = await refuse(ServiceError(unexpected: error), error, call, known, back: back)
        }
        if call.request.parameter("lang") != nil {
            PageCookie.set(PageCookie.language, call.language.rawValue, on: &response, maximumAge: 31_536_000)
        }
        return response
    }

    private func refuse(
        _ told: ServiceError,
        _ error: any Error,
        _ call: PageCall,
        _ known: Known,
        back: String?
    ) async -> Response {
        let here = back ?? ConsoleFrontDoor.address(call)
        switch told.code {
        case .unauthenticated: return .redirect(to: "/login?next=" + here.percentEncoded(keeping: "/"))
        case .secondFactorNeeded: return .redirect(to: "/second-factor?next=" + here.percentEncoded(keeping: "/"))
        case .internalFailure, .databaseUnavailable:
            call.context.logger.error("page failed", metadata: ["error": "\(error)"])
        default: break
        }
        let problem = Problem(told)
        let page = ProblemPage(
            title: problem.type.title[call.language],
            detail: told.told(in: call.language),
            back: back ?? "/console"
        )
        do { return try await show(.refused(page, told), call, known) } catch {
            return Response.text(told.told(in: call.language), "text/plain; charset=utf-8", problem.type.status)
        }
    }

    private func show(_ answer: Answer, _ call: PageCall, _ known: Known) async throws -> Response {
        switch answer {
        case .page(let page): return try await html(page, call, known, status: .ok)
        case .refused(let page, let error):
            let problem = Problem(error)
            var response = try await html(page, call, known, status: problem.type.status)
            if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
            return response
        case .goTo(let path): return .redirect(to: path)
        case .raw(let response): return response
        }
    }

    private func html(
        _ page: any ConsolePage,
        _ call: PageCall,
        _ known: Known,
        status: HTTPResponse.Status
    ) async throws -> Response {
        // A form of another site is refused before anybody asks who sent it.
        let session =
            if let session = known.session { session } else { try await sessions.authenticate(call.token, .browser) }
        let frame = ConsoleFrame(
            language: call.language,
            caller: session.caller,
            personName: session.person.name,
            csrf: PageCookie.csrf(call.token),
            current: type(of: page).section,
            query: call.request.parameter("q") ?? "",
            isKept: known.isKept,
            otherAddress: ConsoleFrontDoor.otherLanguage(call),
            viewAddress: type(of: page).keepsViews ? ConsoleFrontDoor.viewAddress(call) : nil,
            mode: InstallationMode.current
        )
        var response = Response.text(renderer.html(page, in: frame), "text/html; charset=utf-8", status)
        ConsoleFrontDoor.secure(&response)
        response.headers[.contentLanguage] = call.language.rawValue
        return response
    }

    /// The path and the query of a page that was asked for; of a form, `/console`.
    private static func address(_ call: PageCall) -> String {
        guard call.request.method == .get else { return "/console" }
        let uri = call.request.uri
        return uri.path + (uri.query.map { "?" + $0 } ?? "")
    }

    /// A page with its filters, without what says where one is in its list or what was done; `nil` for a form.
    private static func viewAddress(_ call: PageCall) -> String? {
        guard call.request.method == .get else { return nil }
        let passing = ["lang", "cursor", "after", "done", "sent", "left"]
        let kept = (call.request.uri.query ?? "").split(separator: "&").filter { pair in
            !passing.contains { pair.hasPrefix($0 + "=") } && !pair.hasSuffix("=")
        }
        return call.request.uri.path + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
    }

    private static func otherLanguage(_ call: PageCall) -> String {
        let other: Language = call.language == .vietnamese ? .english : .vietnamese
        guard call.request.method == .get else { return "/console?lang=" + other.rawValue }
        let kept = (call.request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("lang=") }
        return "?" + (kept.map(String.init) + ["lang=" + other.rawValue]).joined(separator: "&")
    }

    /// Scripts and styles of our own alone, no frames, nothing of others, nothing kept.
    static func secure(_ response: inout Response) {
        Pages.secure(&response)
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }
}
