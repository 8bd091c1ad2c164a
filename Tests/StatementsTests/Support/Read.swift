import Statements
import Testing

/// The lines and the summary of a whole file.
struct Read {
    var lines: [StatementLine]
    var summary: StatementSummary
}

/// Reads a whole file in pieces.
func read(
    _ bytes: [UInt8],
    as format: StatementFormat? = nil,
    options: StatementOptions = StatementOptions(),
    piece: Int = 4096
) throws -> Read {
    let reader = StatementReader(format: format, options: options)
    var lines: [StatementLine] = []
    var rest = bytes[...]
    while !rest.isEmpty {
        try reader.feed(rest.prefix(piece)) { lines.append($0) }
        rest = rest.dropFirst(piece)
    }
    let summary = try reader.finish { lines.append($0) }
    return Read(lines: lines, summary: summary)
}

func read(
    _ text: String,
    as format: StatementFormat? = nil,
    options: StatementOptions = StatementOptions()
) throws -> Read { try read(Array(text.utf8), as: format, options: options) }

/// Returns the errors of a file that must be refused.
func faults(
    _ bytes: [UInt8],
    as format: StatementFormat? = nil,
    options: StatementOptions = StatementOptions(),
    at location: SourceLocation = #_sourceLocation
) -> [StatementFault] {
    let error = #expect(throws: StatementRejected.self, sourceLocation: location) {
        try read(bytes, as: format, options: options)
    }
    return error?.faults ?? []
}

func faults(
    _ text: String,
    as format: StatementFormat? = nil,
    options: StatementOptions = StatementOptions(),
    at location: SourceLocation = #_sourceLocation
) -> [StatementFault] { faults(Array(text.utf8), as: format, options: options, at: location) }
