import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values

@testable import Collection

/// Every unit of an area stands in its report, with the target that holds for it.
@Suite struct StandingTests {
    private static func question(_ level: Level, _ locality: String?) throws -> NonCashReport.Question {
        .init(
            period: try ReportPeriod("2026-11", basis: .calendar),
            level: level,
            locality: locality,
            asOf: .recorded
        )
    }

    @Test func `units without payments are told, and a target of the province holds for its communes`() async throws {
        try await TestDatabase.withServices { services in
            let day = Day("2026-11-10")!
            // One ward of Hà Nội, and the province's own centre.
            for (agency, number) in [("H26.02", 1), ("H26.01", 2)] {
                _ = try await services.database.query(
                    """
                    insert into daily_total (paid_on, agency_code, channel, shard, paid_requests, amount_total,
                        discount_total)
                    values (\(day)::date, \(agency), 'counter_cash', 0, \(Int64(number)), 1000, 0)
                    """
                )
            }
            let report = try await services.reports.nonCash(try Self.question(.commune, "01"))
            let names = report.ranked.map { $0.name[.vietnamese] }
            let schedule = try await services.tariff.current().schedule
            let communes = try await services.tariff.current().rows.localities.filter {
                $0.level == .commune && $0.parentCode == "01" && $0.validity.contains(Day("2026-11-30")!)
            }
            #expect(communes.count >= 3)
            #expect(report.lines.count == 2 && report.quiet.count == communes.count - 1, "\(names)")
            #expect(names.count == communes.count + 1 && names.last == "Hà Nội: cơ quan của cấp trên", "\(names)")
            // 80 % for the province: for each of its wards, and not as a target of their own.
            #expect(report.ranked.allSatisfy { $0.target == 8000 && $0.onlineTarget == 5000 })
            #expect(report.ranked.dropLast().allSatisfy { $0.targetOf == "01" } && report.ranked.last?.targetOf == nil)
            #expect(report.total.target == 8000 && report.total.figures.paid == 3)
            #expect(report.json["without_payments"]?.array?.count == report.quiet.count)
            // The whole country by communes would be thousands of rows of nothing; by provinces they are 34 in force.
            #expect(try await services.reports.nonCash(try Self.question(.commune, nil)).quiet.isEmpty)
            let provinces = try await services.reports.nonCash(try Self.question(.province, nil))
            #expect(provinces.lines.count == 1 && provinces.quiet.count == 33)
            #expect(schedule.localities.unit(code: "01", on: day) != nil)
        }
    }
}
