import Collection
import HTTPTypes
import Hummingbird
import Identity
import Values

/// Authenticates the caller and checks the permission.
struct Gate: Sendable {
    let keys: APIKeys
    let sessions: Sessions

    /// Wraps a handler so that it runs only for callers with the permission, and acts where they hold it.
    func callAsFunction(
        _ permission: Permission,
        _ handler: @escaping @Sendable (Request, KhopContext, Caller) async throws -> Response
    ) -> RouteTable.Handler {
        { request, context in
            let caller = try await authenticate(request)
            try caller.require(permission)
            return try await handler(request, context, caller.acting(for: permission))
        }
    }

    /// The caller by the bearer token: an API key or a person's session. A browser's cookie is not looked at, so that
    /// no page of another site can act with it.
    func authenticate(_ request: Request) async throws -> Caller {
        let token = Gate.token(request)
        if token.hasPrefix(Sessions.prefix) { return try await sessions.authenticate(token, .bearer).caller }
        return try await keys.authenticate(token)
    }

    /// The session of the bearer token; a key has none.
    func session(_ request: Request) async throws -> PersonSession {
        try await sessions.authenticate(Gate.token(request), .bearer)
    }

    private static func token(_ request: Request) -> String {
        let header = request.headers[.authorization] ?? ""
        return header.lowercased().hasPrefix("bearer ") ? String(header.dropFirst(7)) : ""
    }
}
