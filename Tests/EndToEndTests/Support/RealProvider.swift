import Foundation
import PureSupport
import Values

/// An OpenID Connect provider that others made, on a port of its own: PyPI's `oidc-provider-mock`, with pages of its own.
struct RealProvider {
    let issuer: String

    /// - Parameter claims: of each account, with its `sub`.
    static func with(_ claims: [JSON], _ body: (RealProvider) async throws -> Void) async throws {
        let port = try FreePort.find()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: OtherProgram.python)
        process.arguments =
            ["-m", "oidc_provider_mock", "-p", String(port)] + claims.flatMap { ["--user-claims", $0.serialized] }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It may have been started with other signals held back.
        defer { kill(process.processIdentifier, SIGKILL) }
        let provider = RealProvider(issuer: "http://127.0.0.1:\(port)")
        try await until("the provider") {
            guard process.isRunning else { throw CocoaError(.executableLoad) }
            let arguments = ["-s", "-o", "/dev/null", "-w", "%{http_code}", provider.issuer + "/jwks"]
            do { return try await OtherProgram.runAside("curl", arguments) == Data("200".utf8) } catch { return false }
        }
        try await body(provider)
    }
}
