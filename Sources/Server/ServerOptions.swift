public import Collection
import Foundation
public import Values

/// Where the server listens, and its limits.
public struct ServerOptions: Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    public var publicURL: String
    /// The most connections open at once; further ones wait in the kernel's queue.
    public var maximumConnections = 4096
    /// A connection that sends nothing for this long is closed, so that slow senders cannot use up the connections.
    public var idleTimeoutSeconds: Int64 = 30

    /// How fast statements must arrive.
    public var uploadPace = UploadPace()
    /// The proxies whose word for a client's address counts.
    public var trustedProxies: [IPRange] = []
    /// The address for metrics, of its own; `nil` to answer `/metrics` beside everything else, for development.
    public var metrics: (host: String, port: Int)?

    /// The provider that persons log in by; `nil` if there is none.
    public var provider: ProviderOptions?

    /// What the installation says of itself on the pages for payers.
    public var installation = Installation()
    /// Connections on top of ``maximumConnections``, for payment pages that are open and wait for news.
    public var openPages = 5000

    /// How long the console waits for an import before it shows a page that tells how far it has come.
    public var importPatience = Duration.seconds(2)
    /// Where files are kept that somebody dropped and has not decided about.
    public var temporaryFolder = FileManager.default.temporaryDirectory.path
    /// The version of the program, for those who run it.
    public var version = ""
    /// Looks over the installation; `nil` where only the database can be asked.
    public var checkUp: (@Sendable () async -> [Finding])?

    /// Takes what a tool for traces is to show; `nil`: nobody looks.
    public var traces: Traces?

    public init(publicURL: String) { self.publicURL = publicURL }

    /// The same for an installation of a mode: no test leads into the app of a real bank.
    func of(_ mode: InstallationMode) -> ServerOptions {
        var options = self
        if mode == .test { options.installation.bankApps = .off }
        return options
    }

    /// Whether browsers reach it over TLS, and must from then on.
    var isSecure: Bool { publicURL.hasPrefix("https://") }
}
