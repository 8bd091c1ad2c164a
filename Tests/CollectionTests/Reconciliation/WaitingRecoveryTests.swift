import Casework
import Collection
import Foundation
import Matching
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// What happens to requests and lines while a recovery waits for the second person.
@Suite struct WaitingRecoveryTests {
    @Test(arguments: ["FT0", "GATEWAY-9"])
    func `a callback before the confirmation settles and is not counted twice`(_ transaction: String) async throws {
        try await Desk.withConfirmation { desk in
            let request = try await desk.request()
            let id = try await desk.waiting([request])
            #expect(try await desk.settle(transaction, 10_000, request.reference) == .settled)
            #expect(try await desk.status(of: request) == .paid)
            #expect(try await desk.recoveryStates() == ["superseded"])
            #expect(try await desk.balance("bank", desk.account) == 1_010_000)
            #expect(try await desk.balance("suspense", desk.account) == 0)
            let shown = try await desk.services.statementRecords.show(id)
            #expect(shown.lines("matched") == 1 && shown.awaiting.lines == 0)
            let none = await #expect(throws: ServiceError.self) { _ = try await desk.confirm(id) }
            #expect(none?.reason?.code == .nothingToConfirm)
            #expect(try await desk.reconcile() == [:])
            // Another report of the line's transfer is no second payment, a second payment is.
            #expect(try await desk.settle("FT0", 10_000, request.reference, at: .now()) == .duplicate)
            #expect(try await desk.settle("SECOND", 10_000, request.reference) == .overpaid)
        }
    }

    @Test func `a callback of another bank id finds a line without one`() async throws {
        try await Desk.withConfirmation { desk in
            let request = try await desk.request()
            _ = try await desk.waiting([request], withIDs: false)
            #expect(try await desk.settle("GATEWAY-9", 10_000, request.reference) == .settled)
            #expect(try await desk.recoveryStates() == ["superseded"])
            #expect(try await desk.balance("bank", desk.account) == 1_010_000)
        }
    }

    @Test func `a callback of another amount is another payment`() async throws {
        try await Desk.withConfirmation { desk in
            let request = try await desk.request()
            let id = try await desk.waiting([request])
            #expect(try await desk.settle("PART", 4000, request.reference) == .partial)
            #expect(try await desk.recoveryStates() == ["waiting"])
            let confirmed = try await desk.confirm(id)
            #expect(confirmed.lines == 0 && confirmed.cases.map(\.kind) == [.amountMismatch])
            #expect(confirmed.cases.first?.reason.code == .lineAmountUnexpected)
            #expect(try await desk.status(of: request) == .pending)
        }
    }

    @Test func `what was paid at a counter meanwhile becomes a case`() async throws {
        try await Desk.withConfirmation { desk in
            let request = try await desk.request("counter_cash")
            var lines = StatementLines()
            lines.add("FT1", 20_000, request.reference)
            let id = try await lines.imported(into: desk).statement.id
            #expect(try await desk.reconcile() == ["recovered": 1, "awaiting_confirmation": 1])
            let cash: JSON = [
                "payment_request_id": .string(request.id.text), "channel": "counter_cash", "amount": 20_000,
            ]
            _ = try await desk.services.counterPayments.take(try CounterPayments.Taken(cash), caller: nil)
            let confirmed = try await desk.confirm(id)
            let left = try #require(confirmed.cases.first)
            #expect(confirmed.lines == 0 && !left.isRejected)
            #expect(left.kind == .duplicateLine && left.reason.code == .lineRepeatsPayment)
            #expect(try await desk.recoveryStates() == ["rejected"])
            #expect(try await desk.balance("suspense", desk.account) == -20_000)
        }
    }

    @Test func `a request that was cancelled meanwhile is not paid, one that expired is`() async throws {
        try await Desk.withConfirmation { desk in
            let requests = [try await desk.request(), try await desk.request()]
            let id = try await desk.waiting(requests)
            _ = try await desk.services.paymentRequests.cancel(requests[0].id)
            _ = try await desk.services.database.asOwner(
                """
                update payment_request set expires_at = now() - interval '1 hour', status = 'expired'
                where id = \(requests[1].id)
                """
            )
            let confirmed = try await desk.confirm(id)
            #expect(confirmed.lines == 1 && confirmed.cases.map(\.reason.code) == [.lineRequestClosed])
            #expect(try await desk.status(of: requests[0]) == .cancelled)
            // The line was booked within the grace period, whenever somebody found the time to confirm it.
            #expect(try await desk.status(of: requests[1]) == .paid)
        }
    }

    @Test func `a request for which a line waits is not proposed for another`() async throws {
        try await Desk.withConfirmation { desk in
            let request = try await desk.request()
            let id = try await desk.waiting([request])
            var second = StatementLines(balance: 1_010_000)
            second.add("AGAIN", 10_000, request.reference)
            _ = try await second.imported(into: desk)
            #expect(try await desk.reconcile() == ["duplicate_line": 1, "cases_opened": 1])
            #expect(try await desk.confirm(id).lines == 1)
        }
    }

    @Test func `one line for several requests is confirmed as a whole, or a case as a whole`() async throws {
        try await Desk.withConfirmation { desk in
            let requests = [
                try await desk.request(), try await desk.request(), try await desk.request(), try await desk.request(),
            ]
            var lines = StatementLines()
            lines.add("FT1", 20_000, "\(requests[0].reference) \(requests[1].reference)")
            lines.add("FT2", 20_000, "\(requests[2].reference) \(requests[3].reference)")
            let id = try await lines.imported(into: desk).statement.id
            #expect(try await desk.reconcile() == ["recovered": 2, "awaiting_confirmation": 2])
            // The bank reports the whole transfer: what it was for is the confirming person's to say.
            #expect(try await desk.settle("FT1", 20_000, requests[0].reference) == .duplicate)
            // A gateway reports one of the payments: it is paid from the line.
            #expect(try await desk.settle("G1", 10_000, requests[2].reference) == .settled)
            _ = try await desk.services.paymentRequests.cancel(requests[3].id)
            let confirmed = try await desk.confirm(id)
            #expect(confirmed.lines == 1 && confirmed.total == Money(20_000))
            #expect(confirmed.cases.map(\.amount) == [Money(10_000)])
            for paid in requests[..<3] { #expect(try await desk.status(of: paid) == .paid) }
            #expect(try await desk.recoveryStates() == ["confirmed", "confirmed", "superseded", "rejected"])
            #expect(try await desk.balance("suspense", desk.account) == -10_000)
        }
    }

    @Test func `several lines for one request are confirmed part by part`() async throws {
        try await Desk.withConfirmation { desk in
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT1", 4000, request.reference)
            lines.add("FT2", 6000, request.reference)
            let id = try await lines.imported(into: desk).statement.id
            #expect(try await desk.reconcile() == ["recovered": 2, "awaiting_confirmation": 2])
            let confirmed = try await desk.confirm(
                id,
                rejecting: [try RecoveryConfirmations.rejection(option: "2:not ours")]
            )
            #expect(confirmed.lines == 1 && confirmed.cases.count == 1)
            #expect(try await desk.find(request.id.text).amountReceived == Money(6000))
            #expect(try await desk.cases("underpaid").count == 1)
        }
    }

    @Test func `callbacks and a confirmation at once settle once`() async throws {
        try await Desk.withConfirmation { desk in
            var requests: [PaymentRequest] = []
            for _ in 0..<6 { requests.append(try await desk.request()) }
            let id = try await desk.waiting(requests)
            await withThrowingTaskGroup(of: Void.self) { group in
                for (number, request) in requests.enumerated() {
                    group.addTask { _ = try await desk.settle("FT\(number)", 10_000, request.reference) }
                }
                group.addTask { _ = try await desk.confirm(id) }
                while let result = await group.nextResult() {
                    if case .failure(let error) = result {
                        #expect((error as? ServiceError)?.reason?.code == .nothingToConfirm, "\(error)")
                    }
                }
            }
            for request in requests { #expect(try await desk.find(request.id.text).amountReceived == Money(10_000)) }
            #expect(try await desk.balance("bank", desk.account) == 1_060_000)
        }
    }
}
