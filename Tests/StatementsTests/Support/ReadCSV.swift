import Statements
import Testing

/// Reads a default CSV in pieces.
func readCSV(
    _ text: String,
    options: StatementOptions = StatementOptions(),
    piece: Int = 4096
) throws -> (lines: [StatementLine], summary: StatementSummary) {
    var reader = DefaultCSVReader(options: options)
    var lines: [StatementLine] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        try reader.feed(rest.prefix(piece)) { lines.append($0) }
        rest = rest.dropFirst(piece)
    }
    let summary = try reader.finish { lines.append($0) }
    return (lines, summary)
}

/// Returns the errors of a default CSV that must be refused.
func faults(ofCSV text: String, options: StatementOptions = StatementOptions()) -> [StatementFault] {
    let error = #expect(throws: StatementRejected.self) { try readCSV(text, options: options) }
    return error?.faults ?? []
}
