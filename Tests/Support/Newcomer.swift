public import Collection
import Cryptography
import Foundation
public import Identity
import Values

/// A person who was invited and accepted, with what only they know.
public final class Newcomer {
    public let email: String
    public let password = "ba con mèo trắng"
    public let recovery: [String]
    private let secret: MACKey
    private var lastStep: Int64

    /// - Parameter email: one of its own if left out.
    public init(
        _ services: Services,
        _ grants: [RoleGrant],
        name: String = "Newcomer",
        email: String? = nil
    ) async throws {
        self.email = email ?? "n\(UUID().uuidString.lowercased())@test.invalid"
        let actor = try Person(commandLine: "test")
        let invited = try await services.persons.add(name: name, email: self.email, grants: grants, by: actor)
        let invitation = try await services.persons.invitation(invited.token)
        secret = MACKey(Base32.decode(invitation.secret) ?? [])
        (recovery, lastStep) = try await Newcomer.accept(services, invited.token, password, secret)
    }

    /// Accepts with the code before, so that this moment's is left for a login. It is old once the next begins, on a busy
    /// machine before it arrives: then with the one after it.
    private static func accept(_ services: Services, _ token: String, _ password: String, _ secret: MACKey) async throws
        -> (recovery: [String], step: Int64)
    {
        while true {
            let step = OneTimeCode.step(at: .now()) - 1
            do {
                let code = OneTimeCode.code(secret, step: step)
                return (try await services.persons.accept(token, password: password, code: code), step)
            } catch let error as ServiceError where error.faults.first?.pointer == "code" {
                guard OneTimeCode.step(at: .now()) - 1 > step else { throw error }
            }
        }
    }

    /// A code that was not used yet; two at most within half a minute.
    public func code() -> String {
        lastStep = max(lastStep + 1, OneTimeCode.step(at: .now()))
        return OneTimeCode.code(secret, step: lastStep)
    }

    public func logIn(_ services: Services, from address: String = "192.0.2.1") async throws -> OpenedSession {
        try await services.logins.logIn(
            email: email,
            password: password,
            code: code(),
            CallOrigin(address: address)
        )
    }
}
