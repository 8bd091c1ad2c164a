import Values

/// Reads MT940 (SWIFT customer statement), incrementally and in bounded memory.
///
/// Message envelopes and text between messages are ignored. Every statement needs `:25:`, `:60F:` and `:62F:`, and its
/// lines must account for the difference of the balances. Text is UTF-8, or Latin-1 if a line is not valid UTF-8. The
/// interim report MT942 is rejected, because everything in it appears again in the statement.
struct MT940Reader: FormatReader {
    private var fields: MT940Fields
    private var pending: [UInt8] = []
    private var lineNumber = 1

    /// Longer than any line that the standard allows, but bounded.
    private static let maximumLineBytes = 16 << 10

    init(_ options: StatementOptions) { fields = MT940Fields(options) }

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, line: (StatementLine) throws -> Void) throws {
        var start = 0
        for index in 0..<bytes.count where bytes[index] == 0x0A {
            pending.append(contentsOf: bytes[start..<index])
            start = index + 1
            try endLine(line)
        }
        pending.append(contentsOf: bytes[start...])
        try checkLength()
    }

    mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary {
        if !pending.isEmpty { try endLine(line) }
        return try fields.finish(line: lineNumber, line)
    }

    private mutating func checkLength() throws {
        guard pending.count > Self.maximumLineBytes else { return }
        fields.blocks.fault(
            lineNumber,
            "",
            "",
            Phrase(
                vi: "dài hơn \(Self.maximumLineBytes) byte: đây không phải là MT940",
                en: "is longer than \(Self.maximumLineBytes) bytes: this is not MT940"
            )
        )
        throw fields.blocks.tally.rejected
    }

    private mutating func endLine(_ emit: (StatementLine) throws -> Void) throws {
        try checkLength()
        if pending.last == 0x0D { pending.removeLast() }
        // NUL is not text, and PostgreSQL cannot store it.
        if pending.contains(0) {
            fields.blocks.fault(lineNumber, "", "", Phrase(vi: "có byte NUL", en: "has a NUL byte"))
        }
        let text =
            String(validating: pending, as: UTF8.self)
            ?? String(String.UnicodeScalarView(pending.map { Unicode.Scalar($0) }))
        pending.removeAll(keepingCapacity: true)
        try fields.take(text, lineNumber, emit)
        lineNumber += 1
        try fields.blocks.tally.stopIfHopeless()
    }
}
