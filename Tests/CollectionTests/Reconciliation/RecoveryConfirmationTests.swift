import Casework
import Collection
import Foundation
import Postgres
import Settlement
import TestSupport
import Testing
import Values

/// Which callback confirms what a line recovered, by what the database knows when it comes.
@Suite struct RecoveryConfirmationTests {
    private let first = TestPerson.first
    private let second = TestPerson.second

    /// Lines of today, and the run that judges them.
    private func reconcile(_ desk: Desk, _ lines: [(id: String, amount: Int64, memo: String)]) async throws {
        var statement = StatementLines()
        for line in lines { statement.add(line.id, line.amount, line.memo) }
        _ = try await statement.imported(into: desk)
        _ = try await desk.services.reconciliation.run(account: desk.account, through: Instant.now().day, by: "test")
    }

    /// A request of 10.000 đồng that its line paid: no callback had come.
    private func recovered(_ desk: Desk, _ transaction: String = "FT1") async throws -> PaymentRequest {
        let request = try await desk.request()
        try await reconcile(desk, [(transaction, 10_000, request.reference)])
        #expect(try await desk.find(request.id.text).status == .paid)
        return request
    }

    private func refund(_ request: PaymentRequest, _ desk: Desk) async throws {
        let refunds = desk.services.refunds
        let draft = RefundDraft(
            source: .request(request.id),
            amount: nil,
            reason: "withdrawn",
            payee: .transfer(Beneficiary(bankBIN: "970436", account: "0011223344", name: "NGUYEN VAN A"))
        )
        let body = try JSON.parse(try await refunds.request(draft, by: first).body)
        let id = try #require(UUID(uuidString: body["id"]?.string ?? ""))
        _ = try await refunds.approve(id, by: second)
        _ = try await refunds.execute(id, by: first)
    }

    /// Nothing but the line has brought money.
    private func expectBookedOnce(_ desk: Desk) async throws {
        #expect(try await desk.balance("suspense", desk.account) == 0)
        #expect(try await desk.balance("bank", desk.account) == 1_010_000)
        try await desk.expectCleanBooks()
    }

    @Test func `a second connection's report of what only confirmed a recovery is a duplicate`() async throws {
        try await TestDatabase.withServices { services in
            let bank = try await Desk(services)
            let gateway = try await Desk(services, name: "gateway")
            let request = try await recovered(bank)
            #expect(try await bank.settle("G1", 10_000, request.reference) == .duplicate)
            #expect(try await gateway.settle("G1", 10_000, request.reference) == .duplicate)
            try await expectBookedOnce(bank)
            // What is told under an id of its own by yet another is another payment: nothing says that it is this one.
            #expect(try await gateway.settle("G2", 10_000, request.reference) == .overpaid)
            #expect(try await bank.balance("suspense", bank.account) == -10_000)
        }
    }

    @Test func `concurrent reports of one recovered transfer book nothing`() async throws {
        try await TestDatabase.withServices { services in
            let bank = try await Desk(services)
            let gateway = try await Desk(services, name: "gateway")
            let request = try await recovered(bank)
            let outcomes = try await withThrowingTaskGroup(of: NoticeOutcome.self) { group in
                for desk in [bank, gateway, bank, gateway] {
                    group.addTask { try await desk.settle("G1", 10_000, request.reference) }
                }
                return try await group.reduce(into: [NoticeOutcome]()) { $0.append($1) }
            }
            #expect(outcomes == Array(repeating: .duplicate, count: 4))
            try await expectBookedOnce(bank)
        }
    }

    @Test func `the recovery of a request that has since been refunded is confirmed`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await recovered(desk)
            try await refund(request, desk)
            #expect(try await desk.find(request.id.text).status == .refunded)
            #expect(try await desk.settle("G1", 10_000, request.reference) == .duplicate)
            try await expectBookedOnce(desk)
            #expect(try await desk.settle("G2", 10_000, request.reference) == .overpaid)
        }
    }

    @Test func `a report of the recovered transfer that names no request confirms it`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await recovered(desk)
            #expect(try await desk.settle("FT1", 10_000, nil) == .duplicate)
            try await expectBookedOnce(desk)
            // The next payment is one.
            #expect(try await desk.settle("G2", 10_000, request.reference) == .overpaid)
        }
    }

    @Test func `a transfer that was reported before its line pays is already confirmed`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            try await reconcile(desk, [("FT1", 10_000, "khong ghi gi")])
            #expect(try await desk.settle("FT1", 10_000, nil) == .duplicate)
            let id = try #require(try await desk.cases("unmatched").first?["id"]?.integer)
            _ = try await desk.decide(id, .link(.request(request.reference), amount: nil))
            #expect(try await desk.find(request.id.text).status == .paid)
            #expect(try await desk.settle("G2", 10_000, request.reference) == .overpaid)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a report of a whole line confirms all requests that it paid`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let requests = [try await desk.request(), try await desk.request()]
            try await reconcile(desk, [("FT1", 20_000, requests.map(\.reference).joined(separator: " va "))])
            for request in requests { #expect(try await desk.find(request.id.text).status == .paid) }
            #expect(try await desk.settle("FT1", 20_000, requests[0].reference) == .duplicate)
            for (place, request) in requests.enumerated() {
                #expect(try await desk.settle("G\(place)", 10_000, request.reference) == .overpaid)
            }
            try await desk.expectCleanBooks()
        }
    }

    @Test func `callbacks of the parts of a line confirm one request each`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let requests = [try await desk.request(), try await desk.request()]
            try await reconcile(desk, [("FT1", 20_000, requests.map(\.reference).joined(separator: " va "))])
            for (place, request) in requests.enumerated() {
                #expect(try await desk.settle("G\(place)", 10_000, request.reference) == .duplicate)
            }
            #expect(try await desk.settle("G9", 10_000, requests[0].reference) == .overpaid)
            try await desk.expectCleanBooks()
        }
    }
}
