import Collection
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A stretch of work that somebody may look at in a tool for traces.
///
/// All that is done for one payment request, by whichever server and whenever, is one trace: its number is the request's. So what was
/// asked, called back, settled and told is found together, and nothing about traces needs to be kept in the database.
struct TraceSpan: Sendable, Hashable {
    /// As OpenTelemetry numbers them.
    enum Kind: Int, Sendable {
        case `internal` = 1
        case server = 2
        case client = 3
    }

    let trace: UUID
    /// Eight bytes, never all 0.
    let id: UInt64
    let parent: UInt64?
    let name: String
    let kind: Kind
    let from: Instant
    let to: Instant
    /// Names, codes and numbers alone: nothing personal, no secret.
    let attributes: [String: String]
    let isError: Bool

    init(
        _ name: String,
        of trace: UUID,
        id: UInt64 = .random(in: 1 ... .max),
        parent: UInt64? = nil,
        kind: Kind = .internal,
        from: Instant,
        to: Instant,
        _ attributes: [String: String] = [:],
        isError: Bool = false
    ) {
        (self.name, self.trace, self.id, self.parent, self.kind) = (name, trace, id, parent, kind)
        (self.from, self.to, self.attributes, self.isError) = (from, to, attributes, isError)
    }

    /// As OTLP has it in JSON.
    var json: JSON {
        var members: [JSON.Member] = [
            .init("traceId", .string(trace.text.replacing("-", with: ""))), .init("spanId", .string(TraceSpan.hex(id))),
            .init("name", .string(name)), .init("kind", .integer(kind.rawValue)),
            .init("startTimeUnixNano", .string("\(from.microseconds)000")),
            .init("endTimeUnixNano", .string("\(to.microseconds)000")),
            .init(
                "attributes",
                .array(
                    attributes.sorted { $0.key < $1.key }.map {
                        ["key": .string($0.key), "value": ["stringValue": .string($0.value)]]
                    }
                )
            ),
            .init("status", ["code": isError ? 2 : 1]),
        ]
        if let parent { members.append(.init("parentSpanId", .string(TraceSpan.hex(parent)))) }
        return .object(members)
    }

    private static func hex(_ id: UInt64) -> String {
        let text = String(id, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
