import Casework
import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// A payment request in each state that a payer may meet.
enum PayStates {
    /// The states by their names, with the pages' addresses.
    static func all(_ desk: PayDesk) async throws -> [(name: String, path: String)] {
        var states: [(name: String, path: String)] = []
        func ask(_ name: String) async throws -> PayDesk.Asked {
            let asked = try await desk.ask("H44-26-\(1000 + states.count)")
            states.append((name, asked.path))
            return asked
        }
        _ = try await ask("waiting")
        try await desk.pay(8000, try await ask("part").reference)
        let paid = try await ask("paid")
        try await desk.pay(10_000, paid.reference)
        try await desk.pay(15_000, try await ask("too-much").reference)
        let cancelled = try await ask("cancelled")
        try await cancel(cancelled, desk)
        let late = try await ask("late")
        try await cancel(late, desk)
        try await desk.pay(10_000, late.reference)
        try await desk.expire(try await ask("expired"))
        let inPart = try await ask("expired-in-part")
        try await desk.pay(4000, inPart.reference)
        try await desk.expire(inPart)
        try await refund(try await ask("going-back"), desk, executes: true)
        states.append(("not-found", "/pay/nobody"))
        return states
    }

    private static func cancel(_ asked: PayDesk.Asked, _ desk: PayDesk) async throws {
        let path = "/v1/payment-requests/\(asked.id)/cancel"
        #expect(try await desk.server.send("POST", path, key: desk.portal).status == 200)
    }

    /// Pays a request and gives it back, as far as the order to the bank.
    static func refund(_ asked: PayDesk.Asked, _ desk: PayDesk, executes: Bool) async throws {
        try await desk.pay(10_000, asked.reference)
        let refunds = desk.server.services.refunds
        let id = try #require(UUID(uuidString: asked.id))
        let payee = Beneficiary(bankBIN: "970436", account: "0011223344", name: "NGUYEN VAN AN")
        let draft = RefundDraft(source: .request(id), reason: "withdrawn", payee: .transfer(payee))
        let made = try JSON.parse(try await refunds.request(draft, by: TestPerson.finance).body)
        let refund = try #require(made["id"]?.string.flatMap { UUID(uuidString: $0) })
        _ = try await refunds.approve(refund, by: TestPerson.approver)
        if executes { _ = try await refunds.execute(refund, by: TestPerson.finance) }
    }
}
