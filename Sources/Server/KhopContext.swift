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

    /// The network address of the other end of the connection.
    let address: String

    init(source: ApplicationRequestContextSource) {
        address = source.channel.remoteAddress?.ipAddress ?? "unknown"
        coreContext = CoreRequestContextStorage(source: source)
    }
}
