import CLibpq
import Glibc

/// What a listener reports.
public enum Signal: Sendable, Hashable {
    /// The connection was made or made again: signals may have been missed, so check everything once.
    case connected
    case notified(channel: String, payload: String)
}
