import Collection
import Foundation
import TestSupport
import Testing
import Values

/// A refund as its payer follows it: ordered, then sent, with a bill that says what came and what went back.
@Suite struct RefundPageTests {
    @Test func `a refund is sent to the bank once its file was taken, and the bill adds up`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await PayStates.refund(asked, desk, executes: true)
            let ordered = try await desk.page(asked.path).text
            #expect(ordered.contains("10,000 ₫: ordered, being prepared.") && !ordered.contains("the bank was told"))
            // What came and what goes back, and no sum below nothing.
            #expect(ordered.contains(">Received</th><td>−10,000 ₫</td>"), "\(ordered)")
            #expect(ordered.contains(">Going back</th><td>10,000 ₫</td>") && !ordered.contains("−−"))
            let file = try await desk.server.services.refunds.paymentFile(
                account: PayDesk.account,
                by: TestPerson.finance
            )
            #expect(file.leftOut.isEmpty)
            let sent = try await desk.page(asked.path).text
            #expect(sent.contains("10,000 ₫: the bank was told on \(Instant.now().day.formatted)"))
        }
    }
}
