import PaymentQR
import Statements
import TestSupport
import Testing

/// docs/statements.md lists the layouts that the program has.
@Suite struct StatementPageTests {
    private static let page = "docs/statements.md"

    private static func row(_ mapping: StatementMapping) -> String {
        let bank = mapping.bank.map { BankNames.name(bin: $0) ?? $0 } ?? "any"
        let headings = mapping.recognisedBy.map { $0.replacing("|", with: "or") }.joined(separator: "; ")
        let title = mapping.title.replacing("|", with: "or")
        return "| \(bank) | `\(mapping.name)` | \(title) | \(mapping.sureness) | \(headings) |"
    }

    @Test func `the table of layouts is drawn from the built-in ones`() throws {
        let head = ["| Bank | Layout | Of | Sure | Recognised by |", "| --- | --- | --- | --- | --- |"]
        let drawn = (head + StatementMapping.builtIn.map(Self.row)).joined(separator: "\n")
        let text = try String(contentsOfFile: "\(Repository.root)/\(Self.page)", encoding: .utf8)
        let differences = try Golden.differences(DrawnPage(text: text).with("layouts", drawn).text, from: Self.page)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }
}
