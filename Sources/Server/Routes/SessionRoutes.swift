import Collection
import HTTPTypes
import Hummingbird
import Values

/// Logins of persons for programs that they run: the token that is answered is sent as an API key is.
struct SessionRoutes {
    let logins: Logins
    let sessions: Sessions

    func add(to router: RouteTable, _ gate: Gate) {
        router.post("/v1/sessions", use: logIn)
        router.get("/v1/sessions") { request, context in
            let session = try await gate.session(request, context)
            let all = try await sessions.list(of: session.person.id)
            return .json(["items": .array(all.map { $0.json(isCurrent: $0.id == session.id) })])
        }
        router.delete("/v1/sessions/:id") { request, context in
            let session = try await gate.session(request, context)
            try await sessions.end(try id(context, session), by: session)
            return Response(status: .noContent)
        }
        router.post("/v1/sessions/:id/second-factor") { request, context in
            let session = try await gate.session(request, context)
            guard try id(context, session) == session.id else { throw ServiceError(.notFound, SessionRoutes.unknown) }
            var body = BodyReader(try Request.json(try await request.bytes()))
            let code = body.text("code", 1...40)
            try body.finish()
            _ = try await sessions.stepUp(session, code: code)
            return .json(try await gate.session(request, context).json(isCurrent: true))
        }
    }

    @Sendable private func logIn(_ request: Request, _ context: KhopContext) async throws -> Response {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let email = body.text("email", 1...254)
        let password = body.text("password", 1...512)
        let code = body.text("code", 1...40)
        try body.finish()
        let opened = try await logins.logIn(email: email, password: password, code: code, context.origin(of: request))
        BreakGlass.tell(opened, context)
        var response = Response.json(opened.json, status: .created)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The number of a session, or `current` for that of the token.
    private func id(_ context: KhopContext, _ session: PersonSession) throws -> Int64 {
        let text = context.parameters.get("id") ?? ""
        if text == "current" { return session.id }
        guard let id = Int64(text) else { throw ServiceError(.notFound, SessionRoutes.unknown) }
        return id
    }

    private static let unknown = Phrase(vi: "Không có phiên đăng nhập này.", en: "There is no such session.")
}

extension KhopContext {
    /// Where a call comes from, for the audit.
    func origin(of request: Request) -> CallOrigin {
        CallOrigin(address: address, requestID: requestID, userAgent: request.headers[.userAgent])
    }
}
