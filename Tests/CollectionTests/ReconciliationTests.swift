import BankCallbacks
import Collection
import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values

@Suite struct ReconciliationTests {
    private func importText(_ desk: Desk, _ text: String) async throws -> StatementImport.Imported {
        try await StatementLines.importText(text, into: desk)
    }

    private func run(_ desk: Desk, through: Day = Instant.now().day) async throws -> [String: Int64] {
        let run = try await desk.services.reconciliation.run(account: desk.account, through: through, by: "test")
        return Dictionary(uniqueKeysWithValues: Reconciliation.outcomes.map { ($0, run.counts?[$0]?.integer ?? -1) })
    }

    private func counts(_ changes: [String: Int64]) -> [String: Int64] {
        Dictionary(uniqueKeysWithValues: Reconciliation.outcomes.map { ($0, changes[$0] ?? 0) })
    }

    @Test func eachLineHasOneOutcomeAndARunAgainChangesNothing() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var requests: [PaymentRequest] = []
            for _ in 0..<7 { requests.append(try await desk.request()) }
            _ = try await desk.settle("FT0", 10_000, requests[0].reference)
            _ = try await desk.settle("FT1", 10_000, requests[1].reference)
            _ = try await desk.settle("FT4", 10_000, requests[4].reference)
            _ = try await desk.settle("FT6", 10_000, requests[6].reference)
            var lines = StatementLines()
            lines.add("FT0", 10_000, "x")
            lines.add("OTHER-ID", 10_000, "ck \(requests[1].reference.lowercased()) le phi")
            lines.add("FT2", 10_000, requests[2].reference)
            lines.add("FT3", 9000, requests[3].reference)
            lines.add("FT4", 12_000, requests[4].reference)
            lines.add("FT0", 10_000, "x")
            lines.add("FT5", 10_000, requests[0].reference)
            lines.add("FT7", 77, "stray")
            lines.add("FT8", -500, "bank charge")
            let imported = try await importText(desk, lines.text)
            #expect(imported.statement.lines == 9 && !imported.isRepeated)
            #expect(try await importText(desk, lines.text).isRepeated)

            let first = try await run(desk)
            #expect(
                first
                    == counts([
                        "matched": 2, "recovered": 1, "amount_mismatch": 2, "duplicate_line": 2, "unmatched": 2,
                        "cases_opened": 6,
                    ])
            )
            #expect(try await run(desk) == counts([:]))
            #expect(try await desk.find(requests[2].id.text).status == .paid)
            #expect(try await desk.find(requests[3].id.text).status == .pending)

            // Books and bank agree but for the payment that no line has shown yet.
            // FT6 is still to come, and the line that came twice posted nothing.
            #expect(try await desk.balance("bank", desk.account) == lines.balance + 10_000 - 10_000)
            let later = try await run(desk, through: Instant.now().day.next)
            #expect(later == counts(["missing_at_bank": 1, "cases_opened": 1]))
            #expect(try await run(desk, through: Instant.now().day.next) == counts([:]))

            var second = StatementLines(balance: lines.balance)
            second.add("FT6", 10_000, "came a day later", at: Instant.now().adding(seconds: 86_400))
            _ = try await importText(desk, second.text)
            #expect(try await run(desk, through: Instant.now().day.next) == counts(["matched": 1]))
            #expect(try await desk.cases("missing_at_bank").isEmpty)
            #expect(try await desk.balance("bank", desk.account) == second.balance - 10_000)
            try await desk.expectCleanBooks()
        }
    }

    @Test func aCallbackAfterItsLineIsADuplicateAndASecondPaymentIsNot() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT1", 10_000, request.reference)
            _ = try await importText(desk, lines.text)
            #expect(try await run(desk)["recovered"] == 1)
            #expect(try await desk.find(request.id.text).settledBy == .statement)
            #expect(try await desk.settle("GATEWAY-9", 10_000, request.reference) == .duplicate)
            #expect(try await desk.settle("GATEWAY-10", 10_000, request.reference) == .overpaid)
            #expect(try await desk.find(request.id.text).amountReceived == Money(20_000))
            try await desk.expectCleanBooks()
        }
    }

    @Test func overlappingStatementsDoNotDoubleTheirLines() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            let at = Instant(unixSeconds: Instant.now().unixSeconds - 5)
            lines.add("FT1", 100, "a", at: at)
            lines.add("FT2", 200, "b", at: at)
            _ = try await importText(desk, lines.text)
            lines.add("FT3", 300, "c", at: at)
            let second = try await importText(desk, lines.text)
            #expect(second.overlapping == 2)
            #expect(try await run(desk)["unmatched"] == 3)
        }
    }

    @Test func aStatementThatDoesNotFollowOpensACaseOnce() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var first = StatementLines()
            first.add("FT1", 100, "a")
            _ = try await importText(desk, first.text)
            var second = StatementLines(balance: first.balance + 55)
            second.add("FT2", 100, "b")
            #expect(try await importText(desk, second.text).gap == Money(55))
            #expect(try await desk.cases("statement_gap").count == 1)
        }
    }

    @Test func aStatementWithAFaultIsRefusedWhole() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            lines.add("FT1", 100, "a")
            let error = await #expect(throws: ServiceError.self) {
                _ = try await importText(desk, lines.text + "FT2,2026-02-30,,5,VND,,,,\n")
            }
            #expect(error?.code == .statementRejected && error?.faults.first?.pointer == "line 3, booked_at")
            #expect(try await services.database.query("select 1 from statement").isEmpty)
            #expect(try await services.database.query("select 1 from statement_line").isEmpty)
        }
    }

    @Test func runsAtOnceClassifyEachLineOnce() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            for number in 0..<50 { lines.add("FT\(number)", Int64(number + 1), "stray") }
            _ = try await importText(desk, lines.text)
            let total = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<4 { group.addTask { try await run(desk)["unmatched"] ?? 0 } }
                return try await group.reduce(0, +)
            }
            #expect(total == 50)
            try await desk.expectCleanBooks()
        }
    }
}

@Suite struct RequestTests {
    @Test func anExpiryNeverOutlivesADiscount() async throws {
        try await TestDatabase.withServices { services in
            var draft = try PaymentRequestDraft(
                [
                    "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "9.000016", "channel": "online",
                    "expires_in": 2_592_000,
                ],
                today: Instant.now().day
            )
            draft.assessment.day = try #require(Day("2026-12-31"))
            let answer = try JSON.parse(
                try await services.paymentRequests.create(draft, caller: nil, idempotency: nil).body
            )
            let expires = try #require(Instant(answer["expires_at"]?.string ?? ""))
            #expect(expires <= Day("2026-12-31")!.lastSecond)
        }
    }

    @Test func nothingDueIsPaidAtOnceAndCountsInNoRate() async throws {
        try await TestDatabase.withServices { services in
            let draft = try PaymentRequestDraft(
                ["dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.000894", "channel": "online"],
                today: Instant.now().day
            )
            let answer = try JSON.parse(
                try await services.paymentRequests.create(draft, caller: nil, idempotency: nil).body
            )
            #expect(answer["status"] == "paid" && answer["amount_due"] == 0 && answer["qr_payload"] == .null)
            #expect(answer["settled_by"] == "nothing_due")
            let question = try NonCashReport.Question(
                period: "2026",
                from: nil,
                to: nil,
                basis: nil,
                level: nil,
                locality: nil,
                asOf: nil
            )
            #expect(try await services.reports.nonCash(question).total.figures.paid == 0)
        }
    }

    @Test func theSameKeyGivesTheFirstAnswerEvenAtOnce() async throws {
        try await TestDatabase.withServices { services in
            let created = try await services.keys.create(role: .portal, name: "p", localityCode: nil)
            let caller = try await services.keys.authenticate(created.key)
            let body: JSON = [
                "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
            ]
            let idempotency = PaymentRequests.Idempotency(key: "k", request: body.bytes)
            let draft = try PaymentRequestDraft(body, today: Instant.now().day)
            let bodies = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        try await services.paymentRequests.create(draft, caller: caller, idempotency: idempotency).body
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(bodies.count == 1)
            #expect(try await services.database.query("select 1 from payment_request").count == 1)
            let other = PaymentRequests.Idempotency(key: "k", request: [1])
            let error = await #expect(throws: ServiceError.self) {
                _ = try await services.paymentRequests.create(draft, caller: caller, idempotency: other)
            }
            #expect(error?.code == .idempotencyMismatch)
        }
    }

    @Test func cashAtADeskIsAssessedAgainBeforeItIsTaken() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            func take(_ amount: Int64) async throws -> CounterPayments.Outcome {
                try await services.counterPayments.take(
                    try CounterPayments.Taken([
                        "payment_request_id": .string(request.id.text), "channel": "counter_cash",
                        "amount": .integer(amount),
                    ]),
                    caller: nil
                )
            }
            guard case .otherAmount(let assessment, let due) = try await take(10_000) else {
                Issue.record("the online price was taken in cash")
                return
            }
            #expect(due == Money(20_000) && assessment.lines[0].applied.isEmpty)
            guard case .paid(let paid) = try await take(20_000) else {
                Issue.record("the amount due was not taken")
                return
            }
            let body = try JSON.parse(paid.body)
            #expect(body["settled_by"] == "counter")
            #expect(body["status"] == "paid" && body["channel"] == "counter_cash" && body["discount_total"] == 0)
            let question = try NonCashReport.Question(
                period: "2026",
                from: nil,
                to: nil,
                basis: nil,
                level: nil,
                locality: nil,
                asOf: nil
            )
            let figures = try await services.reports.nonCash(question).total.figures
            #expect(figures.paid == 1 && figures.cash == 1 && figures.nonCash == 0)
            try await desk.expectCleanBooks()
        }
    }

    @Test func aKeyOfOneLocalityActsThereAlone() async throws {
        try await TestDatabase.withServices { services in
            let created = try await services.keys.create(role: .portal, name: "p", localityCode: "01")
            let caller = try await services.keys.authenticate(created.key)
            let draft = try PaymentRequestDraft(
                ["dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"],
                today: Instant.now().day
            )
            let error = await #expect(throws: ServiceError.self) {
                _ = try await services.paymentRequests.create(draft, caller: caller, idempotency: nil)
            }
            #expect(error?.code == .forbidden)
        }
    }
}

@Suite struct ReportTests {
    @Test func periodsOfBothCalendars() throws {
        for (text, basis, from, to) in [
            ("2026-11", ReportPeriod.Basis.calendar, "2026-11-01", "2026-11-30"),
            ("2024-02", .calendar, "2024-02-01", "2024-02-29"),
            ("2026-Q4", .calendar, "2026-10-01", "2026-12-31"), ("2026-H1", .calendar, "2026-01-01", "2026-06-30"),
            ("2026-9M", .calendar, "2026-01-01", "2026-09-30"), ("2026", .calendar, "2026-01-01", "2026-12-31"),
            ("2026-01", .decree09, "2025-12-15", "2026-01-14"), ("2026-Q1", .decree09, "2025-12-15", "2026-03-14"),
            ("2026-H1", .decree09, "2025-12-15", "2026-06-14"), ("2026-9M", .decree09, "2025-12-15", "2026-09-14"),
            ("2026", .decree09, "2025-12-15", "2026-12-14"),
        ] {
            let period = try ReportPeriod(text, basis: basis)
            #expect(period.from == Day(from) && period.to == Day(to), "\(text)")
            #expect(period.previous.to == (text == "2026-9M" ? period.previous.to : period.from.previous), "\(text)")
        }
        for text in ["", "2026-13", "2026-1", "26-01", "2026-Q5", "2026-H3", "2026-11-01", "x"] {
            #expect(throws: ServiceError.self, "\(text)") { try ReportPeriod(text, basis: .calendar) }
        }
    }

    @Test func aMergedProvinceIsReportedAsItselfThenAndUnderItsSuccessorNow() async throws {
        try await TestDatabase.withServices { services in
            let secret = TestSecret.standard(9)
            _ = try await services.connections.add(
                name: "x",
                profile: .standard,
                account: "0801000567890",
                secret: secret,
                signatureHeader: nil
            )
            let desks = [
                "H62.01": try await Desk(services, name: "a", account: "42710001234567"),
                "H44.01": try await Desk(services, name: "b"),
                "H08.01": try await Desk(services, name: "c", account: "0051000998877"),
            ]
            for (agency, day) in [
                ("H62.01", "2025-06-30"), ("H62.01", "2025-07-01"), ("H44.01", "2025-06-30"), ("H08.01", "2025-03-01"),
            ] {
                let desk = try #require(desks[agency])
                let draft = try PaymentRequestDraft(
                    [
                        "dossier_code": "D", "agency_code": .string(agency), "procedure_code": "1.004222",
                        "channel": "online",
                    ],
                    today: try #require(Day(day))
                )
                let body = try JSON.parse(
                    try await services.paymentRequests.create(draft, caller: nil, idempotency: nil).body
                )
                _ = try await services.database.query("update payment_request set created_at = '2025-01-01'")
                let outcome = try await desk.settle(
                    "y\(agency)\(day)",
                    10_000,
                    body["reference"]?.string,
                    at: Day(day)!.start.adding(seconds: 36_000)
                )
                #expect(outcome == .settled)
            }
            func report(_ asOf: String) async throws -> [String: Int64] {
                let question = try NonCashReport.Question(
                    period: "2025",
                    from: nil,
                    to: nil,
                    basis: nil,
                    level: "province",
                    locality: nil,
                    asOf: asOf
                )
                let report = try await services.reports.nonCash(question)
                #expect(report.total.figures.paid == 4)
                return Dictionary(
                    uniqueKeysWithValues: report.lines.map {
                        ("\($0.nameVi) \($0.json(.locality)["locality_valid_from"]?.string ?? "")", $0.figures.paid)
                    }
                )
            }
            #expect(
                try await report("recorded") == [
                    "Vĩnh Phúc 2004-01-01": 1, "Phú Thọ 2025-07-01": 1, "Phú Thọ 2004-01-01": 1,
                    "Bình Định 2004-01-01": 1,
                ]
            )
            #expect(try await report("current") == ["Phú Thọ 2025-07-01": 3, "Gia Lai 2025-07-01": 1])
        }
    }

    @Test func ratesAreRoundedHalfUpToTwoDecimals() {
        #expect(Rate(2, of: 3).text == "66.67")
        #expect(Rate(1, of: 8).text == "12.50")
        #expect(Rate(1, of: 800).text == "0.13")
        #expect(Rate(0, of: 0).text == nil)
        #expect(Rate(7, of: 7).text == "100.00")
    }
}
