import Glibc
public import Logging
import Values

/// Writes each message as one line of JSON, for programs that gather logs.
///
/// The members are `time` (RFC 3339, Vietnamese time), `level`, `logger`, `message`, `source` (the module), and
/// `metadata`, an object that is left out when it is empty; and `error`, where a message has one.
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level = .info
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes one line with its end; standard error if left out.
    public init(
        label: String,
        write: @escaping @Sendable (String) -> Void = { JSONLogHandler.writeToStandardError($0) }
    ) {
        self.label = label
        self.write = write
        metadataProvider = LoggingSystem.metadataProvider
    }

    /// One call for each line, so that lines of several threads do not run into each other. A log that nobody reads any
    /// more ends nothing.
    public static func writeToStandardError(_ line: String) {
        let bytes = Array(line.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        // What stands nearest to the message wins, as everywhere in swift-log.
        var all = metadata
        for other in [metadataProvider?.get(), event.metadata] {
            if let other { all.merge(other) { _, nearer in nearer } }
        }
        var members: [JSON.Member] = [
            .init("time", .text(Instant.now())), .init("level", .string(event.level.rawValue)),
            .init("logger", .string(label)), .init("message", .string(event.message.description)),
            .init("source", .string(event.source)),
        ]
        if let error = event.error { members.append(.init("error", .string("\(error)"))) }
        if !all.isEmpty { members.append(.init("metadata", JSONLogHandler.json(all))) }
        write(JSON.object(members).serialized + "\n")
    }

    private static func json(_ metadata: Logger.Metadata) -> JSON {
        .object(metadata.sorted { $0.key < $1.key }.map { JSON.Member($0.key, json($0.value)) })
    }

    private static func json(_ value: Logger.Metadata.Value) -> JSON {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let items): .array(items.map(json))
        case .dictionary(let members): json(members)
        }
    }
}
