import Logging
import Synchronization

/// A log that is kept in memory; its copies write into the same one.
struct RecordedLog: LogHandler {
    private final class Lines: Sendable {
        let all = Mutex<[(message: String, metadata: Logger.Metadata)]>([])
    }

    private let lines = Lines()
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.all.withLock { $0.append(("\(event.message)", event.metadata ?? [:])) }
    }

    /// The metadata of the lines with a message.
    func metadata(of message: String) -> [[String: String]] {
        lines.all.withLock { lines in
            lines.filter { $0.message == message }.map { $0.metadata.mapValues { "\($0)" } }
        }
    }
}
