import Casework
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

@Suite struct CaseActionTests {
    private let payer = Beneficiary(bankBIN: "970436", account: "0011223344", name: "NGUYEN VAN A")

    private func late(_ desk: Desk) async throws -> (request: PaymentRequest, caseID: Int64) {
        let request = try await desk.request()
        _ = try await desk.services.paymentRequests.cancel(request.id)
        #expect(try await desk.settle("LATE", 10_000, request.reference) == .late)
        return (request, try await desk.only("late"))
    }

    @Test func `money that named nothing pays the request a person links it to`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("LOST", 12_000, nil) == .unknownReference)
            let id = try await desk.only("unknown_reference")
            let ended = try await desk.decide(id, .link(.request(request.reference.lowercased()), amount: nil))
            // 2.000 more than was due: they stay, and so does the case.
            #expect(ended.head.state == .open && ended.head.suspenseLeft == Money(2000))
            #expect(try await desk.find(request.id.text).status == .paid)
            #expect(try await desk.balance("suspense", desk.account) == -2000)
            #expect(try await desk.decide(id, .writeOff(amount: nil)).head.state == .resolved)
            #expect(try await desk.balance("suspense", desk.account) == 0)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `one transfer is split over several requests and no further`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let requests = [try await desk.request(), try await desk.request()]
            _ = try await desk.settle("BOTH", 20_000, nil)
            let id = try await desk.only("unknown_reference")
            let parts = requests.map { CaseDecision.Part(target: $0.reference, amount: Money(10_000)) }
            #expect(try await desk.decide(id, .split(parts)).head.state == .resolved)
            for request in requests { #expect(try await desk.find(request.id.text).status == .paid) }
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a cancelled request takes no money and its late payment goes back`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let (_, id) = try await late(desk)
            let refused = await desk.refusal {
                try await services.caseActions.resolve(
                    id,
                    CaseDecision(.accept(amount: nil), note: "let it be"),
                    by: Desk.first
                )
            }
            #expect(refused?.code == .invalidBody && refused?.reason?.code == .requestTakesNothing)
            let ended = try await desk.decide(id, .refund(.init(payee: .transfer(payer))))
            #expect(ended.head.state == .resolved)
            let refunds = try await services.refunds.list(caseID: id)
            #expect(refunds.count == 1 && refunds[0].state == .approved && refunds[0].amount == Money(10_000))
            _ = try await services.refunds.execute(refunds[0].id, by: Desk.first)
            #expect(try await desk.balance("suspense", desk.account) == 0)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a line of another amount is accepted once and its callback is known`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT3", 9000, request.reference)
            _ = try await lines.imported(into: desk)
            _ = try await services.reconciliation.run(account: desk.account, through: Instant.now().day, by: "test")
            let id = try await desk.only("amount_mismatch")
            _ = try await desk.decide(id, .accept(amount: nil))
            #expect(try await desk.find(request.id.text).amountReceived == Money(9000))
            #expect(try await desk.settle("FT3", 9000, request.reference) == .duplicate)
            #expect(try await desk.settle("FT4", 1000, request.reference) == .settled)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `what moves nothing is done at once and written`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("PART", 4000, request.reference) == .partial)
            let id = try await desk.only("underpaid")
            let actions = services.caseActions
            let asked = try await actions.resolve(id, CaseDecision(.askBank, note: "whose?"), by: Desk.first)
            #expect(asked.head.state == .open && asked.inquiry?.csv.contains(request.reference) == true)
            let entries = try CaseDesk.entries([
                "note": "called", "assignee": "Hoa", "due_on": "2030-01-02",
                "attachment": ["reference": "archive/17", "title": "letter"],
            ])
            let noted = try await services.caseDesk.write(id, entries, by: Desk.second).json(in: .english)
            #expect(noted["assignee"] == "Hoa" && noted["due_on"] == "2030-01-02")
            #expect(noted["attachments"]?.array?.count == 1 && noted["notes"]?.array?.count == 1)
            let dismissed = try await actions.resolve(id, CaseDecision(.dismiss, note: "known"), by: Desk.first)
            #expect(dismissed.head.state == .resolved)
            let reopened = try await actions.resolve(id, CaseDecision(.reopen, note: "not so"), by: Desk.second)
            #expect(reopened.head.state == .open)
            #expect(
                reopened.history.map(\.event) == [
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

    @Test func `a case with money in suspense is not dismissed, and the check names one that was`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let (_, id) = try await late(desk)
            let refused = await desk.refusal {
                try await services.caseActions.resolve(id, CaseDecision(.dismiss, note: "forget it"), by: Desk.first)
            }
            #expect(refused?.code == .conflict && refused?.reason?.code == .caseHoldsMoney)
            #expect(refused?.message(in: .vietnamese).contains("10.000 ₫") == true)
            #expect(try await desk.only("late") == id)
            try await desk.expectCleanBooks()
            // As the program before did.
            _ = try await services.database.asOwner(
                """
                update reconciliation_case set state = 'resolved', ended_at = now(), ended_by = 'one', action = 'dismiss'
                where id = \(id)::bigint
                """
            )
            let finding = try await services.ledger.verify().first { !$0.ok }
            #expect(finding?.name == "ended_cases_hold_nothing")
            #expect(
                finding?.detail[.english].contains("case \(id)") == true
                    && finding?.detail[.english].contains("10,000 ₫") == true
            )
        }
    }

    @Test func `the history keeps both persons' notes, and one entry of what was done`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let (_, id) = try await late(desk)
            let refund = CaseDecision(
                .refund(.init(reason: "overpaid", payee: .transfer(payer))),
                note: "the payer asked"
            )
            _ = try await services.caseActions.resolve(id, refund, by: Desk.first)
            let ended = try await services.caseActions.approve(id, note: "seen the letter", by: Desk.second)
            let performed = ended.history.filter { $0.event == "performed" }
            #expect(performed.count == 1 && performed[0].by == "Second")
            #expect(performed[0].detail["note"] == "the payer asked")
            #expect(performed[0].detail["approval_note"] == "seen the letter")
            let resolved = try #require(ended.history.first { $0.event == "resolved" })
            #expect(resolved.detail["note"] == "the payer asked" && resolved.by == "Second")
            #expect(ended.head.note == "the payer asked")
            // Who agrees by the same decision again adds their note as well.
            let request = try await desk.request()
            _ = try await desk.settle("LOST", 10_000, nil)
            let other = try await desk.only("unknown_reference")
            let link = CaseDecision.Choice.link(.request(request.reference), amount: nil)
            _ = try await services.caseActions.resolve(other, CaseDecision(link, note: "one"), by: Desk.first)
            let agreed = try await services.caseActions.resolve(
                other,
                CaseDecision(link, note: "two"),
                by: Desk.second
            )
            let done = agreed.history.filter { $0.event == "performed" }
            #expect(done.count == 1 && done[0].detail["note"] == "one" && done[0].detail["approval_note"] == "two")
        }
    }

    @Test func `a case shows why it was opened, its proposal, and local times`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            // A day without a time is midnight in Vietnam, and a day earlier in UTC.
            let day = Instant.now().day.adding(days: -1)
            let text = "transaction_id,booked_at,amount,memo,balance\nFT1,\(day),777,x,777\n"
            _ = try await StatementLines.importText(text, into: desk)
            _ = try await services.reconciliation.run(account: desk.account, through: Instant.now().day, by: "test")
            let id = try await desk.only("unmatched")
            _ = try await services.database.asOwner(
                """
                update reconciliation_case set reason = \(Reason.lineWithoutReference(amount: Money(777)).json)::jsonb
                where id = \(id)::bigint
                """
            )
            let writeOff = CaseDecision(.writeOff(amount: nil), note: "nobody's")
            _ = try await services.caseActions.resolve(id, writeOff, by: Desk.first)
            let json = try await services.cases.find(id).json(in: .vietnamese)
            #expect(json["statement_line"]?["booked_at"]?.string == "\(day)T00:00:00+07:00")
            #expect(json["history"]?.array?.allSatisfy { $0["at"]?.string?.hasSuffix("+07:00") == true } == true)
            #expect(json["reason"]?["code"] == "line_without_reference" && json["reason"]?["values"]?["amount"] == 777)
            #expect(json["sentence"]?.string?.contains("777 ₫") == true)
            #expect(json["proposal"]?["reason"]?["code"] == "case_written_off_as_gain")
            #expect(json["proposal"]?["sentence"]?.string?.contains("thu nhập") == true)
            #expect(json["state"] == "awaiting_approval")
            #expect(try await desk.cases("unmatched", state: "open").isEmpty)
            let waiting = try await desk.cases("unmatched", state: "awaiting_approval")
            #expect(waiting.count == 1 && waiting[0]["sentence"]?.string?.contains("777 ₫") == true)
        }
    }

    @Test func `a proposal that lost its amount is an error, not nothing`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await desk.settle("LOST", 10_000, nil)
            let id = try await desk.only("unknown_reference")
            let writeOff = CaseDecision(.writeOff(amount: nil), note: "x")
            _ = try await services.caseActions.resolve(id, writeOff, by: Desk.first)
            _ = try await services.database.asOwner("update case_proposal set arguments = '{}'")
            await #expect(throws: (any Error).self) { try await services.caseActions.approve(id, by: Desk.second) }
            #expect(try await desk.balance("suspense", desk.account) == -10_000)
        }
    }

    @Test func `suggestions distinguish equal amounts and are never applied`() async throws {
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
            let found = try await services.cases.find(try #require(cases[0]["id"]?.integer)).suggestions
            #expect(found.count == 3 && found[0].payerName == "Nguyễn Văn Đức" && found[0].nameLikeness == 100)
            #expect(found.allSatisfy { $0.requestsOfSameAmount == 3 && $0.state == .pending })
            #expect(try await services.cases.find(try #require(cases[1]["id"]?.integer)).suggestions.isEmpty)
        }
    }

    @Test func `a damaged reference is suggested with what convinces, whatever its amount, and never applied`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            func request() async throws -> PaymentRequest {
                let draft = try PaymentRequestDraft(
                    [
                        "dossier_code": "D-1", "agency_code": "H44.01", "procedure_code": "1.004222",
                        "channel": "online",
                    ],
                    today: Instant.now().day
                )
                let made = try await services.paymentRequests.create(draft, caller: nil, idempotency: nil)
                return try await desk.find(try #require(try JSON.parse(made.body)["id"]?.string))
            }
            let (meant, other) = (try await request(), try await request())
            var lines = StatementLines()
            // The last four characters were cut off, and zeros were typed as letters.
            let cut = String(meant.reference.dropLast(4)).replacing("0", with: "o")
            lines.add("FT1", 10_000, "MBVCB.77 \(cut)")
            lines.add("FT2", 777, "lệ phí \(cut)")
            lines.add("FT3", 10_000, "nop tien")
            _ = try await lines.imported(into: desk)
            _ = try await services.reconciliation.run(account: desk.account, through: Instant.now().day, by: "test")
            let cases = try await desk.cases("unmatched").compactMap { $0["id"]?.integer }
            #expect(cases.count == 3)
            let exact = try await services.cases.find(cases[0]).suggestions
            #expect(exact.first?.requestID == meant.id && exact.first?.reading?.agreeingInBody == 8)
            #expect(exact.first?.strength == (exact.first?.reading?.certainty == .proof ? .strong : .fair))
            #expect(exact.first { $0.requestID == other.id }?.reading == nil)
            // Another amount: it is found by its reference alone, and a person decides.
            let short = try await services.cases.find(cases[1]).suggestions
            #expect(short.map(\.requestID) == [meant.id] && short[0].strength == .weak)
            #expect(try await services.cases.find(cases[2]).suggestions.allSatisfy { $0.reading == nil })
            #expect(try await services.paymentRequests.find(meant.id).status == .pending)
        }
    }

    @Test func `two who agree at once move the money once`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await desk.settle("LOST", 10_000, nil)
            let id = try await desk.only("unknown_reference")
            let writeOff = CaseDecision(.writeOff(amount: nil), note: "x")
            _ = try await services.caseActions.resolve(id, writeOff, by: Desk.first)
            let persons = (0..<8).map { TestPerson.person($0 + 10, "P") }
            for person in persons { try await TestPerson.insert(person, .approver, services.database) }
            let done = await withTaskGroup(of: Bool.self) { group in
                for by in persons {
                    group.addTask {
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

    @Test func `an approver of another locality pays no request that they may not see`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            _ = try await desk.settle("LOST", 10_000, nil)
            let id = try await desk.only("unknown_reference")
            _ = try await services.database.asOwner("update reconciliation_case set agency_code = 'H26.02'")
            let link = CaseDecision(.link(.request(request.reference), amount: nil), note: "x")
            _ = try await services.caseActions.resolve(id, link, by: Desk.first)
            let refused = await desk.refusal {
                try await services.caseActions.approve(id, by: Desk.second, within: ["H26.02"])
            }
            #expect(refused?.reason?.code == .requestUnknown)
            #expect(try await desk.find(request.id.text).status == .pending)
        }
    }

    @Test func `a stranger's memo is no formula in an inquiry`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            lines.add("+FT1", 700, "=HYPERLINK(1)")
            _ = try await lines.imported(into: desk)
            _ = try await desk.reconcile()
            let text = try await services.cases.inquiry(try await desk.only("unmatched")).csv
            #expect(text.contains(",'+FT1,") && text.contains(",'=HYPERLINK(1),"), "\(text)")
        }
    }
}
