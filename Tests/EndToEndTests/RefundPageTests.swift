import Casework
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

    @Test(arguments: [4000, 10_000] as [Int64])
    func `what is paid once more after a refund is too much to the đồng`(_ amount: Int64) async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await desk.pay(10_000, asked.reference)
            let refunds = desk.server.services.refunds
            let id = try #require(UUID(uuidString: asked.id))
            let payee = Beneficiary(bankBIN: "970436", account: "0011223344", name: "NGUYEN VAN AN")
            let draft = RefundDraft(
                source: .request(id),
                amount: Money(amount),
                reason: "withdrawn",
                payee: .transfer(payee)
            )
            let made = try JSON.parse(try await refunds.request(draft, by: TestPerson.finance).body)
            let refund = try #require(made["id"]?.string.flatMap { UUID(uuidString: $0) })
            _ = try await refunds.approve(refund, by: TestPerson.approver)
            _ = try await refunds.execute(refund, by: TestPerson.finance)
            #expect(try await desk.pay(10_000, asked.reference) == "overpaid")
            let page = try await desk.page(asked.path).text
            #expect(page.contains("You paid 10,000 ₫ more than was due"), "\(page)")
            #expect(page.contains(">Paid in excess</th><td>10,000 ₫</td>"), "\(page)")
        }
    }
}
