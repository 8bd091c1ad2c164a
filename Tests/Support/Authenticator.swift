public import Collection
import Cryptography
import Foundation
import Identity
import Values

/// The app on a phone that was set up by an invitation.
public struct Authenticator: Sendable {
    private let secret: MACKey

    public init(_ services: Services, _ invitation: String) async throws {
        secret = MACKey(Base32.decode(try await services.persons.invitation(invitation).secret) ?? [])
    }

    /// The code that it shows, or did show or will show so many steps from now.
    public func code(after steps: Int64 = 0) -> String {
        OneTimeCode.code(secret, step: OneTimeCode.step(at: .now()) + steps)
    }
}
