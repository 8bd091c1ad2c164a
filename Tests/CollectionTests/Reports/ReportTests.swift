import BankCallbacks
import Collection
import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values

@Suite struct ReportTests {
    @Test func `periods are read in both calendars`() throws {
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

    @Test func `a merged province's payments are reported as recorded, or under its successor`() async throws {
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
                _ = try await services.database.asOwner("update payment_request set created_at = '2025-01-01'")
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

    @Test func `rates are rounded half up to two decimals`() {
        #expect(Rate(2, of: 3).text == "66.67")
        #expect(Rate(1, of: 8).text == "12.50")
        #expect(Rate(1, of: 800).text == "0.13")
        #expect(Rate(0, of: 0).text == nil)
        #expect(Rate(7, of: 7).text == "100.00")
    }
}
