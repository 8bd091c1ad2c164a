import Logging
import Server

/// How the service writes its log.
enum LogForm: String, CaseIterable {
    /// A line for people.
    case text
    /// A line of JSON for programs.
    case json

    func handler(label: String, level: Logger.Level) -> any LogHandler {
        switch self {
        case .text:
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        case .json:
            var handler = JSONLogHandler(label: label)
            handler.logLevel = level
            return handler
        }
    }
}
