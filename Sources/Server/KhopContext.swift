import Hummingbird
import Logging
import Values

/// Values that accompany a request from its first middleware to its handler.
struct KhopContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Returned in `X-Request-Id` and written in every log line.
    var requestID = ""
    /// The language that the caller asked for with `Accept-Language`.
    var language = Language.vietnamese

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
