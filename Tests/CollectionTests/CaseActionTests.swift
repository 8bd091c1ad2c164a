import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

@Suite struct CaseActionTests {
    private let first = Person(id: "key:1", name: "First")
    private let second = Person(id: "key:2", name: "Second")

    private func only(_ desk: Desk, _ kind: String) async throws -> Int64 {
        let found = try await desk.cases(kind)
        try #require(found.count == 1)
        return try #require(found[0]["id"]?.integer)
    }

    /// Proposed by one, refused to him, done by the other.
    private func decide(_ desk: Desk, _ id: Int64, _ decision: CaseDecision) async throws -> JSON {
        let actions = desk.services.caseActions
        #expect(try await actions.resolve(id, decision, by: first)["state"] == "awaiting_approval")
        await #expect(throws: ServiceError.self) { try await actions.approve(id, by: first) }
        await #expect(throws: ServiceError.self) { try await actions.resolve(id, decision, by: first) }
        return try await actions.resolve(id, decision, by: second)
    }

    private func late(_ desk: Desk) async throws -> (request: PaymentRequest, caseID: Int64) {
        let request = try await desk.request()
        _ = try await desk.services.paymentRequests.cancel(request.id)
        #expect(try await desk.settle("LATE", 10_000, request.reference) == .late)
        return (request, try await only(desk, "late"))
    }

    @Test func moneyThatNamedNothingPaysTheRequestAPersonLinksItTo() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("LOST", 12_000, nil) == .unknownReference)
            let id = try await only(desk, "unknown_reference")
            var link = CaseDecision(.link, note: "the payer showed the receipt")
            link.target = request.reference.lowercased()
            let ended = try await decide(desk, id, link)
            // 2.000 more than was due: they stay, and so does the case.
            #expect(ended["state"] == "open" && ended["suspense_left"] == 2000)
            #expect(try await desk.find(request.id.text).status == .paid)
            #expect(try await desk.balance("suspense", desk.account) == -2000)
            #expect(try await decide(desk, id, CaseDecision(.writeOff, note: "nobody asked"))["state"] == "resolved")
            #expect(try await desk.balance("suspense", desk.account) == 0)
            await #expect(throws: ServiceError.self) {
                try await services.caseActions.resolve(id, CaseDecision(.dismiss, note: "again"), by: first)
            }
            try await desk.expectCleanBooks()
        }
    }

    @Test func oneTransferIsSplitOverSeveralRequestsAndNoFurther() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let requests = [try await desk.request(), try await desk.request()]
            _ = try await desk.settle("BOTH", 20_000, nil)
            let id = try await only(desk, "unknown_reference")
            var split = CaseDecision(.split, note: "for both")
            split.parts = requests.map { .init(target: $0.id.text, amount: Money(10_001)) }
            await #expect(throws: ServiceError.self) {
                try await services.caseActions.resolve(id, split, by: first)
            }
            split.parts = requests.map { .init(target: $0.reference, amount: Money(10_000)) }
            #expect(try await decide(desk, id, split)["state"] == "resolved")
            for request in requests { #expect(try await desk.find(request.id.text).status == .paid) }
            try await desk.expectCleanBooks()
        }
    }

    @Test func aCancelledRequestTakesNoMoneyAndItsLatePaymentGoesBack() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let (_, id) = try await late(desk)
            await #expect(throws: ServiceError.self) {
                try await services.caseActions.resolve(id, CaseDecision(.accept, note: "let it be"), by: first)
            }
            var refund = CaseDecision(.refund, note: "cancelled")
            refund.beneficiary = Beneficiary(bankBIN: "970436", account: "1", name: "A")
            let ended = try await decide(desk, id, refund)
            #expect(ended["state"] == "resolved")
            let refunds = try await services.refunds.list(caseID: id)
            #expect(refunds.count == 1 && refunds[0].state == .approved && refunds[0].amount == Money(10_000))
            _ = try await services.refunds.execute(refunds[0].id, by: first)
            #expect(try await desk.balance("suspense", desk.account) == 0)
            try await desk.expectCleanBooks()
        }
    }

    @Test func aLineOfAnotherAmountIsAcceptedOnceAndItsCallbackIsKnown() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT3", 9000, request.reference)
            _ = try await lines.imported(into: desk)
            _ = try await services.reconciliation.run(account: desk.account, through: Instant.now().day, by: "test")
            let id = try await only(desk, "amount_mismatch")
            _ = try await decide(desk, id, CaseDecision(.accept, note: "a part of it"))
            #expect(try await desk.find(request.id.text).amountReceived == Money(9000))
            #expect(try await desk.settle("FT3", 9000, request.reference) == .duplicate)
            #expect(try await desk.settle("FT4", 1000, request.reference) == .settled)
            try await desk.expectCleanBooks()
        }
    }

    @Test func whatMovesNothingIsDoneAtOnceAndWritten() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let (_, id) = try await late(desk)
            let asked = try await services.caseActions.resolve(id, CaseDecision(.askBank, note: "whose?"), by: first)
            #expect(asked["state"] == "open")
            #expect(asked["inquiry"]?["csv"]?.string?.contains("LATE") == true)
            let entries = try CaseDesk.entries([
                "note": "called", "assignee": "Hoa", "due_on": "2030-01-02",
                "attachment": ["reference": "archive/17", "title": "letter"],
            ])
            let noted = try await services.caseDesk.write(id, entries, by: second)
            #expect(noted["assignee"] == "Hoa" && noted["due_on"] == "2030-01-02")
            #expect(noted["attachments"]?.array?.count == 1 && noted["notes"]?.array?.count == 1)
            #expect(
                try await services.caseActions.resolve(id, CaseDecision(.dismiss, note: "known"), by: first)["state"]
                    == "resolved"
            )
            #expect(
                try await services.caseActions.resolve(id, CaseDecision(.reopen, note: "not so"), by: second)["state"]
                    == "open"
            )
            let history = try await services.cases.find(id)["history"]?.array?.compactMap { $0["event"]?.string }
            #expect(
                history == [
                    "opened", "asked_bank", "assigned", "noted", "attached", "due_changed", "resolved", "reopened",
                ]
            )
            let audits = try await services.database.query(
                "select count(*) from audit_entry where subject = \("case:\(id)")"
            )
            #expect(try audits.row().get(0, as: Int64.self) == 4)
            try await desk.expectCleanBooks()
        }
    }

    @Test func suggestionsTellEqualAmountsApartAndAreNeverApplied() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            for name in ["Trần Thị Bưởi", "Nguyễn Văn Đức", "Lê Văn C"] {
                let draft = try PaymentRequestDraft(
                    [
                        "dossier_code": .string("D-\(name.count)"), "agency_code": "H44.01",
                        "procedure_code": "1.004222", "channel": "online", "payer": ["name": .string(name)],
                    ],
                    today: Instant.now().day
                )
                _ = try await services.paymentRequests.create(draft, caller: nil, idempotency: nil)
            }
            var lines = StatementLines()
            lines.add("FT1", 10_000, "NGUYEN VAN DUC nop tien")
            lines.add("FT2", 777, "x")
            _ = try await lines.imported(into: desk)
            _ = try await services.reconciliation.run(account: desk.account, through: Instant.now().day, by: "test")
            let cases = try await desk.cases("unmatched")
            let found = try await services.cases.find(try #require(cases[0]["id"]?.integer))["suggestions"]?.array ?? []
            #expect(found.count == 3 && found[0]["payer_name"] == "Nguyễn Văn Đức" && found[0]["name_likeness"] == 100)
            #expect(found.allSatisfy { $0["requests_of_same_amount"] == 3 && $0["status"] == "pending" })
            let none = try await services.cases.find(try #require(cases[1]["id"]?.integer))["suggestions"]?.array
            #expect(none?.isEmpty == true)
        }
    }

    @Test func twoWhoAgreeAtOnceMoveTheMoneyOnce() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await desk.settle("LOST", 10_000, nil)
            let id = try await only(desk, "unknown_reference")
            _ = try await services.caseActions.resolve(id, CaseDecision(.writeOff, note: "x"), by: first)
            let done = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let by = Person(id: "key:\(number + 10)", name: "P")
                        return (try? await services.caseActions.approve(id, by: by)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done == 1)
            #expect(try await desk.balance("suspense", desk.account) == 0)
            try await desk.expectCleanBooks()
        }
    }
}
