import Documents
import FeeSchedule
import Foundation
import PureSupport
import Spreadsheets
import TestSupport
import Testing
import Values

@testable import Collection

/// Forms on paper, as whoever signs them reads them.
@Suite struct PrintedFormTests {
    private static let madeAt = Instant(unixSeconds: 1_796_000_000)

    /// The text of a form, line by line; its pages are kept beside the pictures of the console.
    private static func text(_ sheet: Sheet, _ name: String) throws -> String {
        let bytes = Data(try sheet.document(madeAt: madeAt).pdf())
        let folder = Repository.home + "/pictures"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try bytes.write(to: URL(fileURLWithPath: "\(folder)/form-\(name).pdf"))
        let text = try OtherProgram.run("pdftotext", ["-raw", "-enc", "UTF-8", "-", "-"], input: bytes)
        return String(decoding: text, as: UTF8.self)
    }

    /// Every word of every heading and row, whole.
    private static func expectWhole(_ text: String, _ sheet: Sheet) {
        let found = Set(text.split { $0 == " " || $0 == "\n" || $0 == "\u{0C}" })
        let titles = sheet.columns.filter { $0.isBrief && $0.key != "name_en" }.map { $0.title[.vietnamese] }
        for title in titles where !(title == "Mã" && sheet.columns.contains { $0.key == "agency_name" }) {
            for word in title.split(separator: " ") { #expect(found.contains(word), "\(word) in \(text)") }
        }
    }

    private static func rates() throws -> NonCashReport {
        func line(_ code: String, _ name: String, _ paid: Int64) -> NonCashReport.Line {
            var figures = NonCashFigures()
            (figures.paid, figures.cash, figures.amount) = (paid, paid / 8, Money(paid * 20_000))
            return NonCashReport.Line(
                key: .locality(LocalityKey(code: code, validFrom: Day(daysSinceEpoch: 20_270))),
                nameVi: name,
                nameEn: name,
                figures: figures,
                target: 6000,
                onlineTarget: nil,
                previous: Rate(1, of: 2)
            )
        }
        return NonCashReport(
            question: .init(
                period: try ReportPeriod("2026-11", basis: .calendar),
                level: .commune,
                locality: "25",
                asOf: .recorded
            ),
            generatedAt: madeAt,
            lines: (0..<30).map { line("0\(8001 + $0)", $0 % 3 == 0 ? "Phường Việt Trì" : "Xã Hy Cương", 12_345 + $0) },
            total: line("25", "Tổng cộng", 1_234_567),
            area: ReportedArea(code: "25", name: Phrase(same: "Phú Thọ"))
        )
    }

    private static func decision() throws -> Decision766 {
        func procedure(_ code: String, _ dossiers: Int64, _ paid: Int64) -> Decision766.Procedure {
            .init(code: code, nameVi: "Đăng ký thường trú", hasFee: true, dossiers: dossiers, paidOnline: paid)
        }
        let procedures = [
            procedure("1.000001", 40_000, 100), procedure("1.000002", 0, 0), procedure("1.000003", 60, 10),
            procedure("1.000004", 12, 0), procedure("1.000005", 12_345, 12_345),
        ]
        let tallies = Dictionary(
            uniqueKeysWithValues: procedures.filter { $0.dossiers > 0 }.map {
                ($0.code, Decision766.Tally(dossiers: $0.dossiers, paidOnline: $0.paidOnline))
            }
        )
        let indicators = Decision766.indicators(tallies, priced: Set(procedures.map(\.code)))
        let total = Decision766.Line(unit: nil, indicators: indicators)
        return Decision766(
            question: try rates().question,
            generatedAt: madeAt,
            lines: [total, total, total],
            total: total,
            procedures: Decision766.ranked(procedures, indicators)
        )
    }

    @Test func `counts and amounts are grouped as Vietnamese has it, and words stay whole`() throws {
        let report = try Self.rates()
        let text = try Self.text(report.sheet, "rates")
        Self.expectWhole(text, report.sheet)
        for number in ["12.345", "1.234.567", "246.900.000", "87,50%"] {
            #expect(text.contains(number), "\(number) in \(text)")
        }
        #expect(!text.contains("12345") && !text.contains("1234567"), "\(text)")
        let scores = try Self.decision().sheets[0]
        let points = try Self.text(scores, "decision766")
        Self.expectWhole(points, scores)
        // Dossiers of 3.6: 12.345 + 110 of 52.417.
        #expect(points.contains("12.455") && points.contains("52.417"), "\(points)")
    }

    @Test func `numbers that name something are not grouped`() throws {
        let cell = Sheet.Cell.ordinal(12_345)
        #expect(Language.allCases.allSatisfy { cell.printed(in: $0) == "12345" } && cell.plain == "12345")
        let count = Sheet.Cell.count(12_345)
        #expect(count.printed(in: .vietnamese) == "12.345" && count.printed(in: .english) == "12,345")
        #expect(Sheet.Cell.money(Money(-1_234_567)).printed(in: .english) == "-1,234,567")
        #expect(Sheet.Cell.score(123_456).printed(in: .vietnamese) == "1234,56")
    }

    @Test func `the plan has the greatest lift first, with the dossiers that it takes and the score after it`() throws {
        let decision = try Self.decision()
        let sheet = decision.planSheet
        let lines = sheet.csv.split(separator: "\r\n").map(String.init)
        #expect(
            lines[0].dropFirst()
                == "step,procedure_code,name_vi,name_en,dossiers_needed,gain,gain_3_5a,gain_3_5b,gain_3_6,score",
            "\(lines[0])"
        )
        // 39.900 dossiers lift the score by points, one of a procedure without any by tenths.
        #expect(lines[1].hasPrefix("1,1.000001,Đăng ký thường trú,Đăng ký thường trú,39900,"), "\(lines)")
        let gains = decision.plan.map(\.procedure.gain)
        #expect(gains.first == gains.max() && gains.count > 2, "\(gains)")
        #expect(
            lines.dropFirst().contains { $0.contains(",1.000002,Đăng ký thường trú,Đăng ký thường trú,1,") },
            "\(lines)"
        )
        #expect(sheet.csv.contains("," + Decision766.points(decision.plan.last?.score ?? 0) + "\r\n"))
        // Of two that lift it as much, the one that takes fewer dossiers.
        let few = Decision766.Procedure(code: "2", nameVi: "", hasFee: false, dossiers: 1, paidOnline: 0)
        let many = Decision766.Procedure(code: "1", nameVi: "", hasFee: false, dossiers: 4, paidOnline: 0)
        let full = Decision766.Indicator(name: .onlineDossiers, counted: 10, of: 0)
        #expect(Decision766.ranked([many, few], [full]).map(\.code) == ["2", "1"])
    }
}
