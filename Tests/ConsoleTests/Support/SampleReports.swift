import Console
import FeeSchedule
import Foundation
import Identity
import Values

@testable import Collection

/// The pages of reports, made of fixed values.
enum SampleReports {
    private static let caller = Sample.caller
    private static let now = Sample.now

    static func all(_ language: Language) throws -> [SamplePages.Named] {
        let month: JSON = ["items": [dossier(1, paid: true), dossier(2, paid: false)]]
        return [
            ("reports", ReportsPage(in: language, now: now)),
            ("report-rates", try page(.rates, [.rates(try Sample.rates())], language)),
            ("report-channels", try page(.rates, [.rates(try channels())], language)),
            ("report-hours", try page(.hours, [.hours(try hours())], language)),
            (
                "report-collections",
                try page(.collections, [.collections(try collections()), .remittances(try collections())], language)
            ),
            ("report-decision766", try page(.decision766, ReportTable.decision766(try Sample.decision()), language)),
            ("report-receipts", try page(.receipts, [.receipts(receipts())], language)),
            ("report-days", try page(.days, [.days(Sample.days)], language)),
            ("report-wrong", try page(.exemptions, [], fault: "kỳ <không> đúng", language)),
            ("dossiers", DossierListPage(month, address, next: nil, for: caller, in: language, now: now)),
            (
                "dossiers-exempt",
                DossierListPage(month, address.with(["exempt": "true"]), next: nil, for: caller, in: language, now: now)
            ),
            ("rates-map", RatesPage(try map(), periods: ["2026-11"], in: language, now: now)),
            (
                "views",
                ViewsPage(
                    [
                        SavedView(
                            id: Sample.id(90),
                            name: "Kênh <tháng 11>",
                            address: "/console/reports/non-cash-rates?by=channel&period=2026-11",
                            createdAt: Sample.ago(hours: 3)
                        )
                    ],
                    done: "ok",
                    in: language,
                    now: now
                )
            ),
        ]
    }

    private static let address = ReportAddress { ["period": "2026-11", "locality": "01", "by": "locality"][$0] }

    private static func page(
        _ report: ConsoleReport,
        _ tables: [ReportTable],
        fault: String? = nil,
        _ language: Language
    ) throws -> ReportPage {
        ReportPage(
            ReportPage.Answer(report, address, tables, trend: report == .rates ? Sample.trend : nil, target: 8000),
            periods: ["2026", "2026-11"],
            months: ["2026-11", "2026-10"],
            areas: [ReportedArea(code: "01", name: Phrase(vi: "Hà Nội", en: "Ha Noi"))],
            for: caller,
            fault: fault,
            in: language,
            now: now
        )
    }

    private static func dossier(_ number: UInt8, paid: Bool) -> JSON {
        [
            "dossier_code": .string("H26-<\(number)>"), "agency_code": "H26.01", "procedure_code": "1.004222",
            "started_on": "2026-11-03", "paid_online": .bool(paid),
            "payment_request_id": .string(Sample.id(number).text), "sentence_vi": "Vì <sao>.",
            "sentence_en": "Why <so>.",
        ]
    }

    private static func channels() throws -> NonCashReport {
        var question = try Sample.rates().question
        question.by = .channel
        func line(_ channel: Channel, _ paid: Int64) -> NonCashReport.Line {
            var figures = NonCashFigures()
            figures.add(channel: channel, requests: paid, amount: Money(paid * 20_000), discount: .zero)
            return NonCashReport.Line(
                key: .channel(channel),
                nameVi: channel == .online ? "Trực tuyến" : "Tiền mặt",
                nameEn: channel == .online ? "Online" : "Cash",
                figures: figures,
                target: nil,
                onlineTarget: nil,
                previous: Rate(1, of: 2)
            )
        }
        return NonCashReport(
            question: question,
            generatedAt: now,
            lines: [line(.counterCash, 30), line(.online, 70)],
            total: try Sample.rates().total
        )
    }

    private static func hours() throws -> PaymentHours {
        var counts = Array(repeating: Array(repeating: Int64(0), count: 7), count: 24)
        for (hour, count) in [(8, 40), (9, 90), (10, 60), (14, 70)] as [(Int, Int64)] {
            for day in 0..<5 { counts[hour][day] = count - Int64(day) * 8 }
        }
        return PaymentHours(question: try Sample.rates().question, generatedAt: now, counts: counts)
    }

    private static func collections() throws -> CollectionsReport {
        func line(_ agency: String, _ fee: String, _ amount: Int64) -> CollectionsReport.Line {
            CollectionsReport.Line(
                agencyCode: agency,
                feeCode: fee,
                nameVi: "Lệ phí <\(fee)>",
                kind: "charge",
                budgetCode: "2767",
                retainedRate: 0,
                requests: amount / 20_000,
                quantity: amount / 20_000,
                collected: Money(amount)
            )
        }
        var report = CollectionsReport(
            period: try ReportPeriod("2026-11", basis: .calendar),
            locality: "01",
            generatedAt: now,
            lines: [
                line("H26.01", "HT-KS", 4_000_000), line("H26.01", "LP-TT", 12_500_000),
                line("H26.02", "LP-TT", 900_000),
            ],
            remittances: [
                .init(
                    agencyCode: "H26.01",
                    from: Sample.day.adding(days: -7),
                    to: Sample.day.previous,
                    remitBy: Sample.day.adding(days: 3),
                    due: Money(16_500_000)
                )
            ],
            remitBy: Sample.day.adding(days: 12)
        )
        report.agencyNames = ["H26.01": Phrase(vi: "Trung tâm <HCC>", en: "Service <Centre>")]
        return report
    }

    private static func receipts() -> ReceiptSummary {
        func row(_ number: Int32, replaces: ReceiptNumber? = nil, isExplained: Bool = false) -> ReceiptSummary.Row {
            ReceiptSummary.Row(
                number: ReceiptNumber(.charge, serial: "26TAA", number: number, code: 5),
                requestID: Sample.id(1),
                agencyCode: "H26.01",
                issuedAt: Sample.now,
                name: "Lệ phí <cư trú>",
                amount: Money(20_000),
                replaces: replaces,
                explanation: isExplained ? "sai <tên>" : nil,
                isExplained: isExplained
            )
        }
        let wrong = ReceiptNumber(.charge, serial: "26TAA", number: 12_345, code: 5)
        let rows = [row(12_345), row(12_346, replaces: wrong), row(7, isExplained: true)]
        return ReceiptSummary(day: Sample.day, agency: nil, collector: nil, rows: rows)
    }

    /// Three provinces: one that meets its target, one near it, one far, and one without payments.
    private static func map() throws -> RatesPage.Figures {
        var question = try Sample.rates().question
        (question.level, question.locality) = (.province, nil)
        func line(_ code: String, _ name: String, paid: Int64, cash: Int64) -> NonCashReport.Line {
            var figures = NonCashFigures()
            (figures.paid, figures.cash, figures.amount) = (paid, cash, Money(paid * 20_000))
            return NonCashReport.Line(
                key: .locality(LocalityKey(code: code, validFrom: Day(daysSinceEpoch: 20_270))),
                nameVi: name,
                nameEn: name,
                figures: figures,
                target: 8000,
                onlineTarget: nil,
                previous: Rate(70, of: 100)
            )
        }
        return RatesPage.Figures(
            report: NonCashReport(
                question: question,
                generatedAt: now,
                lines: [
                    line("01", "Hà Nội", paid: 900, cash: 90), line("25", "Phú Thọ", paid: 600, cash: 150),
                    line("52", "Gia Lai", paid: 300, cash: 180),
                ],
                total: line("", "Tổng cộng", paid: 1800, cash: 420),
                quiet: [line("96", "Cà Mau", paid: 0, cash: 0)]
            ),
            decision: try Sample.decision(),
            trend: Sample.trend,
            forecast: nil
        )
    }
}
