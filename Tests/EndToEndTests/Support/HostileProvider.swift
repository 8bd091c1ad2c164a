import Cryptography
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization
import Testing
import Values

/// An OpenID Connect provider on a port of its own that does what tests ask of it: signs what is wrong, changes its keys, is
/// silent, answers nonsense. What it signs, it signs by Ed25519 with OpenSSL.
final class HostileProvider: Sendable {
    /// How it signs tokens.
    enum Signing: Sendable {
        case itsKey
        /// Somebody else's key, under the name of its own.
        case anotherKey
        /// `alg: none`.
        case unsigned
        /// HS256 with the public key as the secret.
        case publicKeyAsSecret
        /// No signature that is one.
        case garbage
    }

    /// What it answers at a path, in the place of what it should.
    enum Misbehaviour: Sendable {
        case answer(Int, String)
        /// Bytes without end.
        case endless
        /// Nothing, until the test ends.
        case silent
    }

    /// A code that was given out, with what its login began with.
    private struct Code: Sendable {
        let nonce: String
        let challenge: String
        let redirect: String
    }

    private struct State: Sendable {
        var signing = Signing.itsKey
        var misbehaviours: [String: Misbehaviour] = [:]
        var changes: [String: JSON] = [:]
        var key = SigningKey.random()
        var keyID = "one"
        var namesKey = true
        var codes: [String: Code] = [:]
        var asked: [String: Int] = [:]
        var isReleased = false
    }

    let port: Int
    static let clientID = "khop"
    static let clientSecret = "a secret/of:the client"
    private let state = Mutex(State())

    private init(port: Int) { self.port = port }

    var issuer: String { "http://127.0.0.1:\(port)" }

    /// How often a path was asked for.
    func asked(_ path: String) -> Int { state.withLock { $0.asked[path] ?? 0 } }
    func sign(_ signing: Signing) { state.withLock { $0.signing = signing } }
    func misbehave(at path: String, _ misbehaviour: Misbehaviour?) {
        state.withLock { $0.misbehaviours[path] = misbehaviour }
    }
    /// Claims in the place of the right ones; null takes one away.
    func claim(_ changes: [String: JSON]) { state.withLock { $0.changes = changes } }
    func nameKey(_ names: Bool) { state.withLock { $0.namesKey = names } }
    func changeKey(_ id: String) {
        state.withLock { state in
            state.key = SigningKey.random()
            state.keyID = id
        }
    }

    /// What the person's browser is sent back with, once it was led to an address: the code and the state.
    func logIn(_ address: String) throws -> (code: String, state: String) {
        let items = try #require(URLComponents(string: address)?.queryItems)
        let values = Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        #expect(values["response_type"] == "code" && values["code_challenge_method"] == "S256")
        #expect(values["client_id"] == Self.clientID && values["scope"]?.hasPrefix("openid ") == true)
        let code = UUID().uuidString
        state.withLock {
            $0.codes[code] = Code(
                nonce: values["nonce"] ?? "",
                challenge: values["code_challenge"] ?? "",
                redirect: values["redirect_uri"] ?? ""
            )
        }
        return (code, values["state"] ?? "")
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private var metadata: JSON {
        [
            "issuer": .string(issuer), "authorization_endpoint": .string(issuer + "/authorize"),
            "token_endpoint": .string(issuer + "/token"), "jwks_uri": .string(issuer + "/jwks"),
            "response_types_supported": ["code"],
        ]
    }

    private var keys: JSON {
        let (key, id) = state.withLock { ($0.key, $0.keyID) }
        let own: JSON = [
            "kty": "OKP", "crv": "Ed25519", "kid": .string(id), "use": "sig",
            "x": .string(Self.base64(key.verification.bytes)),
        ]
        return ["keys": [["kty": "oct", "kid": "secret", "k": "c2VjcmV0"], own]]
    }

    private func token(nonce: String) -> String {
        let now = Instant.now().unixSeconds
        let (signing, changes, key, id) = state.withLock {
            ($0.signing, $0.changes, $0.key, $0.namesKey ? $0.keyID : nil)
        }
        var claims: [String: JSON] = [
            "iss": .string(issuer), "sub": "4711", "aud": .string(Self.clientID), "exp": .integer(now + 300),
            "iat": .integer(now), "auth_time": .integer(now), "nonce": .string(nonce), "email": "lan@laocai.gov.vn",
            "email_verified": true, "amr": ["pwd", "otp"],
        ]
        for (name, value) in changes { claims[name] = value.isNull ? nil : value }
        let payload = JSON.object(claims.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value) })
        let algorithm: String =
            switch signing {
            case .unsigned: "none"
            case .publicKeyAsSecret: "HS256"
            default: "EdDSA"
            }
        let head = JSON.object(
            [.init("alg", .string(algorithm)), .init("typ", "JWT")] + (id.map { [.init("kid", .string($0))] } ?? [])
        )
        let text = Self.base64(head.bytes) + "." + Self.base64(payload.bytes)
        let signature: [UInt8] =
            switch signing {
            case .itsKey: key.sign(Array(text.utf8))
            case .anotherKey: SigningKey.random().sign(Array(text.utf8))
            case .unsigned: []
            case .publicKeyAsSecret: MACKey(key.verification.bytes).sha256(Array(text.utf8))
            case .garbage: [1, 2, 3]
            }
        return text + "." + Self.base64(signature)
    }

    private func exchange(_ body: String, _ headers: HTTPFields) -> Response {
        let items = URLComponents(string: "?" + body.replacing("+", with: "%20"))?.queryItems ?? []
        let values = Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        let code = state.withLock { $0.codes.removeValue(forKey: values["code"] ?? "") }
        let pair = "\(Self.clientID):a%20secret%2Fof%3Athe%20client"
        let isClient = headers[.authorization] == "Basic " + Data(pair.utf8).base64EncodedString()
        let proof = Self.base64(SHA256.hash(Array((values["code_verifier"] ?? "").utf8)))
        guard isClient, let code, proof == code.challenge, values["redirect_uri"] == code.redirect,
            values["grant_type"] == "authorization_code"
        else { return Self.json(["error": "invalid_grant"], 400) }
        return Self.json([
            "access_token": "x", "token_type": "Bearer", "id_token": .string(token(nonce: code.nonce)),
        ])
    }

    private static func json(_ json: JSON, _ status: Int = 200) -> Response {
        Response(
            status: .init(code: status),
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes))
        )
    }

    private func answer(_ request: Request) async throws -> Response {
        let path = request.uri.path
        let misbehaviour = state.withLock { state in
            state.asked[path, default: 0] += 1
            return state.misbehaviours[path]
        }
        switch misbehaviour {
        case .answer(let status, let text):
            return Response(status: .init(code: status), body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        case .endless:
            return Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: ResponseBody { writer in
                    let piece = ByteBuffer(repeating: 0x20, count: 1 << 16)
                    // 1 GB, if anybody reads as much.
                    for _ in 0..<(1 << 14) { try await writer.write(piece) }
                    try await writer.finish(nil)
                }
            )
        case .silent:
            while !state.withLock({ $0.isReleased }) {
                do { try await Task.sleep(for: .milliseconds(10)) } catch { break }
            }
            return Response(status: .ok)
        case nil: break
        }
        switch path {
        case "/.well-known/openid-configuration": return Self.json(metadata)
        case "/jwks": return Self.json(keys)
        case "/token":
            let body = try await request.body.collect(upTo: 1 << 20)
            return exchange(String(buffer: body), request.headers)
        default: return Response(status: .notFound)
        }
    }

    static func with(_ body: (HostileProvider) async throws -> Void) async throws {
        let holder = Mutex<HostileProvider?>(nil)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        @Sendable func handle(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
            guard let provider = holder.withLock({ $0 }) else { return Response(status: .serviceUnavailable) }
            return try await provider.answer(request)
        }
        router.post("**", use: handle)
        router.get("**", use: handle)
        let logger = Logger(label: "provider") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: logger))
        let running = Task { try await group.run() }
        var iterator = ports.makeAsyncIterator()
        let provider = HostileProvider(port: try #require(await iterator.next()))
        holder.withLock { $0 = provider }
        let result: Result<Void, any Error>
        do { result = .success(try await body(provider)) } catch { result = .failure(error) }
        provider.state.withLock { $0.isReleased = true }
        await group.triggerGracefulShutdown()
        try await running.value
        try result.get()
    }
}
