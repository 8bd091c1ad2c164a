import Hummingbird
import Logging
import NIOCore
import Values

/// Values that accompany a request from its first middleware to its handler.
struct KhopContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Returned in `X-Request-Id` and written in every log line.
    var requestID = ""
    /// The language that the caller asked for with `Accept-Language`.
    var language = Language.vietnamese

    let channel: any Channel
    /// The other end of the connection.
    let peer: IPAddress?
    /// Whose request it is; see ``ClientAddress``.
    var client: IPAddress?
    /// The network address of whoever sent the request.
    var address: String { client?.description ?? "unknown" }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        peer = ClientAddress.peer(source.channel.remoteAddress)
    }
}
