import Hummingbird
import Logging
import Values

/// What goes along with a request from its first middleware to its handler.
struct KhopContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Told back in `X-Request-Id` and in every log line.
    var requestID = ""

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
