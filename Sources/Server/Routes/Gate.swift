import Collection
import HTTPTypes
import Hummingbird
import Identity
import Logging
import Values

/// Authenticates the caller and checks the permission.
struct Gate: Sendable {
    let keys: APIKeys
    let sessions: Sessions
    let limits: CallLimits
    let disclosures: Disclosures
    let unmasking: Unmasking

    /// Wraps a handler so that it runs only for callers with the permission, and acts where they hold it.
    ///
    /// - Parameter takesFile: whether the body is a file and not JSON.
    func callAsFunction(
        _ permission: Permission,
        takesFile: Bool = false,
        _ handler: @escaping @Sendable (Request, KhopContext, Caller) async throws -> Response
    ) -> RouteTable.Handler {
        { request, context in
            let caller = try await authenticate(request, context)
            do { try caller.require(permission) } catch let error as ServiceError {
                Gate.log(error, by: caller.person.id, permission, context)
                throw error
            }
            if !takesFile { try ContentType.checkJSON(request) }
            let acting = caller.acting(for: permission)
            let sight = try await sight(of: acting, request, context)
            return try await CallSight.$current.withValue(sight) { try await handler(request, context, acting) }
        }
    }

    /// What the caller sees of persons: everything with `?unmask=true&reason=…` for those who may ask for it, which is in the
    /// audit before anything is shown.
    private func sight(of caller: Caller, _ request: Request, _ context: KhopContext) async throws -> PersonalSight {
        guard try request.flag("unmask") else { return caller.sight }
        try await unmasking.record(
            caller,
            reason: request.parameter("reason"),
            what: "\(request.method.rawValue) \(request.uri.path)"
        )
        return .full
    }

    /// Wraps a handler that shows personal data: what it is about to show is recorded before the answer goes out.
    func showing(
        _ permission: Permission,
        _ handler: @escaping @Sendable (Request, KhopContext, Caller) async throws -> (Response, Disclosure?)
    ) -> RouteTable.Handler {
        self(permission) { request, context, caller in
            let (response, disclosure) = try await handler(request, context, caller)
            if let disclosure { try await disclosures.record(disclosure, by: caller.person) }
            return response
        }
    }

    /// The caller by the bearer token: an API key or a person's session. A browser's cookie is not looked at, so that
    /// no page of another site can act with it.
    ///
    /// An address that tried too many unknown tokens is not listened to for a while, but for keys that were good before:
    /// they may share an address with whoever guesses.
    private func authenticate(_ request: Request, _ context: KhopContext) async throws -> Caller {
        let token = Gate.token(request)
        if token.hasPrefix(Sessions.prefix) { return try await session(request, context).caller }
        if !keys.isKnown(token) { try limits.checkAttempts(of: context.address) }
        do {
            let caller = try await keys.authenticate(token, from: context.address)
            try limits.called(by: "key:\(caller.id)", isProgram: caller.has(.portal) || caller.has(.feed))
            return caller.calling(from: context.origin(of: request))
        } catch let error as ServiceError where error.code == .unauthenticated {
            limits.failed(context.address)
            Gate.log(error, by: Gate.stated(token), nil, context)
            throw error
        }
    }

    /// The session of the bearer token; a key has none.
    func session(_ request: Request, _ context: KhopContext) async throws -> PersonSession {
        try limits.checkAttempts(of: context.address)
        do {
            let session = try await sessions.authenticate(
                Gate.token(request),
                .bearer,
                from: context.origin(of: request)
            )
            try limits.called(by: session.actor.id, isProgram: false)
            return session
        } catch let error as ServiceError where error.code == .unauthenticated {
            limits.failed(context.address)
            Gate.log(error, by: "session", nil, context)
            throw error
        }
    }

    /// Who was refused, what, and why, beside the line that each request has.
    private static func log(
        _ error: ServiceError,
        by caller: String,
        _ permission: Permission?,
        _ context: KhopContext
    ) {
        var metadata: Logger.Metadata = [
            "caller": "\(caller)", "client": "\(context.address)", "reason": "\(error.code.rawValue)",
        ]
        if let permission { metadata["permission"] = "\(permission.rawValue)" }
        context.logger.notice("refused", metadata: metadata)
    }

    /// The id that a token of a key's form names, which is no secret; whose it is was not proved.
    private static func stated(_ token: String) -> String {
        APIKeys.statedID(token).map { "key:\($0) (not proved)" } ?? "unknown"
    }

    private static func token(_ request: Request) -> String {
        let header = request.headers[.authorization] ?? ""
        return header.lowercased().hasPrefix("bearer ") ? String(header.dropFirst(7)) : ""
    }
}
