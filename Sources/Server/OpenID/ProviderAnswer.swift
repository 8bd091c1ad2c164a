import Hummingbird
import HummingbirdCore
import Identity

/// What a provider sends a browser back with.
struct ProviderAnswer: Sendable {
    let state: String
    let error: String?
    private let code: String
    /// Which provider answered, if it says so (RFC 9207).
    private let issuer: String?

    /// - Parameter uri: the address that the browser was sent to.
    init(_ uri: URI) {
        func parameter(_ name: String) -> String? { uri.formParameters[name[...]].map { String($0) } }
        state = parameter("state") ?? ""
        error = parameter("error")
        code = parameter("code") ?? ""
        issuer = parameter("iss")
    }

    /// The code to exchange for a token.
    func code(from options: ProviderOptions) throws(ProviderFault) -> String {
        if let issuer, issuer != options.issuer { throw .issuer }
        if let error {
            throw ["server_error", "temporarily_unavailable"].contains(error) ? .unavailable : .denied
        }
        guard (1...4096).contains(code.utf8.count) else { throw .malformed }
        return code
    }
}
