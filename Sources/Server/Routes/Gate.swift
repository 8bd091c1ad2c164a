import Collection
import HTTPTypes
import Hummingbird
import Values

/// Authenticates the caller and checks the permission.
struct Gate: Sendable {
    let keys: APIKeys

    /// Wraps a handler so that it runs only for callers with the permission.
    ///
    /// - Parameter takesFile: whether the body is a file and not JSON.
    func callAsFunction(
        _ permission: Permission,
        takesFile: Bool = false,
        _ handler: @escaping @Sendable (Request, KhopContext, Caller) async throws -> Response
    ) -> RouteTable.Handler {
        { request, context in
            let header = request.headers[.authorization] ?? ""
            let key = header.lowercased().hasPrefix("bearer ") ? String(header.dropFirst(7)) : ""
            let caller = try await keys.authenticate(key)
            try Gate.require(permission, of: caller)
            if !takesFile { try ContentType.checkJSON(request) }
            return try await handler(request, context, caller)
        }
    }

    /// Throws if the caller's role does not hold a permission.
    static func require(_ permission: Permission, of caller: Caller) throws {
        guard permission.isGranted(to: caller.role) else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi: "Khóa có vai trò \(caller.role.rawValue) không được làm việc này (\(permission.rawValue)).",
                    en: "A key of the role \(caller.role.rawValue) may not do this (\(permission.rawValue))."
                )
            )
        }
    }
}
