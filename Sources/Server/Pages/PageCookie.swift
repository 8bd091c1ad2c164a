import Cryptography
import HTTPTypes
import Hummingbird

/// The cookies of the pages. Their prefix binds them to this host, to https and to the whole of it; browsers treat
/// loopback as secure, so that they work in development too.
enum PageCookie {
    static let session = "__Host-khop"
    static let language = "__Host-khop-lang"

    static func set(_ name: String, _ value: String, on response: inout Response, maximumAge: Int? = nil) {
        let age = maximumAge.map { "; Max-Age=\($0)" } ?? ""
        response.headers.append(
            HTTPField(name: .setCookie, value: "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Strict\(age)")
        )
    }

    static func clear(_ name: String, on response: inout Response) { set(name, "", on: &response, maximumAge: 0) }

    /// What the forms of a session carry, which no other site can know: made from the token, so that it ends with it.
    static func csrf(_ token: String) -> String {
        hexadecimal(SHA256.hash(Array("khop csrf ".utf8) + Array(token.utf8)).prefix(20))
    }
}
