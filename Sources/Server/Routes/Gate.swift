import Collection
import HTTPTypes
import Hummingbird
import Values

/// Authenticates the caller and checks the permission.
struct Gate: Sendable {
    let keys: APIKeys
    let limits: CallLimits

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
            let caller = try await authenticate(key, from: context.address)
            try Gate.require(permission, of: caller)
            if !takesFile { try ContentType.checkJSON(request) }
            return try await handler(request, context, caller)
        }
    }

    /// Finds the holder of a key. An address that tried too many unknown keys is not listened to for a while, but for keys
    /// that were good before: they may share an address with whoever guesses.
    private func authenticate(_ key: String, from address: String) async throws -> Caller {
        if !keys.isKnown(key) { try limits.checkAttempts(of: address) }
        do {
            let caller = try await keys.authenticate(key, from: address)
            try limits.called(by: "key:\(caller.keyID)", isProgram: caller.role == .portal || caller.role == .feed)
            return caller
        } catch let error as ServiceError where error.code == .unauthenticated {
            limits.failed(address)
            throw error
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
