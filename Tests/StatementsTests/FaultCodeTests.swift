import Statements
import Testing

/// What is known of a file that is refused: what kind each error is of, and what could be read.
@Suite struct FaultCodeTests {
    private static let header = "transaction_id,booked_at,amount,memo,balance\n"

    private func refusal(_ text: String, _ options: StatementOptions = StatementOptions()) -> StatementRejected? {
        let reader = StatementReader(options: options)
        return #expect(throws: StatementRejected.self) {
            try reader.feed(Array(text.utf8)) { _ in }
            _ = try reader.finish { _ in }
        }
    }

    @Test(
        arguments: [
            (header + "T,soon,5,,\n", .fieldInvalid), (header + "T,,5,,\n", .fieldMissing),
            (header + "T,2026-01-02\n", .lineInvalid), ("transaction_id,booked_at,amount,memo\n", .fieldMissing),
            (header + "T,2026-01-02,5,a\"b,\n", .lineInvalid), ("memo,memo," + header, .fieldInvalid),
            ("", .lineInvalid), ("<Documen xmlns='camt.053.001.08'></Documen>", .lineInvalid),
        ] as [(String, StatementFault.Code)]
    )
    func `every error has a code`(text: String, code: StatementFault.Code) {
        #expect(refusal(text)?.faults.first?.code == code)
    }

    @Test func `the format, and what could be read, are known of a refused file`() {
        let refused = refusal(Self.header + "T,2026-01-02,5,,\nT,soon,5,,\nT,2026-01-03,6,,\n")
        #expect(refused?.format == .csv && refused?.summary?.lines == 2)
        #expect(refused?.summary?.firstDay?.description == "2026-01-02")
        #expect(refusal("hello")?.format == nil && refusal("hello")?.summary == nil)
    }

    @Test func `more errors are listed if they are asked for`() {
        var options = StatementOptions()
        options.maximumFaults = 3
        let refused = refusal(Self.header + String(repeating: "T,soon,5,,\n", count: 5), options)
        #expect(refused?.faults.count == 3 && refused?.hasMore == true)
    }
}
