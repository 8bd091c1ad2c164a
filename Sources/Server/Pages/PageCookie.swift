import Cryptography
import HTTPTypes
import Hummingbird
import Values

/// The cookies of the pages. Their prefix binds them to this host, to https and to the whole of it; browsers treat
/// loopback as secure, so that they work in development too.
enum PageCookie {
    ///
    /// A test installation on another port of the same machine has cookies of its own: browsers share them between ports.
    static var session: String { InstallationMode.current == .test ? "__Host-khop-test" : "__Host-khop" }
    static let language = "__Host-khop-lang"
    /// A login that was begun at the provider.
    static var provider: String { InstallationMode.current == .test ? "__Host-khop-test-oidc" : "__Host-khop-oidc" }

    /// Which ways from other sites a cookie goes along.
    enum SameSite: String {
        case strict = "Strict"
        /// Links and redirects too, such as the one by which a provider sends a browser back.
        case lax = "Lax"
    }

    static func set(
        _ name: String,
        _ value: String,
        on response: inout Response,
        maximumAge: Int? = nil,
        sameSite: SameSite = .strict
    ) {
        let rest =
            "Path=/; Secure; HttpOnly; SameSite=\(sameSite.rawValue)" + (maximumAge.map { "; Max-Age=\($0)" } ?? "")
        response.headers.append(HTTPField(name: .setCookie, value: "\(name)=\(value); \(rest)"))
    }

    static func clear(_ name: String, on response: inout Response) { set(name, "", on: &response, maximumAge: 0) }

    /// What the forms of a session carry, which no other site can know: made from the token, so that it ends with it.
    static func csrf(_ token: String) -> String {
        hexadecimal(SHA256.hash(Array("khop csrf ".utf8) + Array(token.utf8)).prefix(20))
    }
}
