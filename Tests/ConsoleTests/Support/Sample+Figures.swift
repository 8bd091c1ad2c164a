import FeeSchedule
import Foundation
import Identity
import Values

@testable import Collection

extension Sample {
    private static func line(_ code: String, _ name: String, paid: Int64, cash: Int64) -> NonCashReport.Line {
        var figures = NonCashFigures()
        (figures.paid, figures.cash, figures.online) = (paid, cash, (paid - cash) / 2)
        (figures.amount, figures.cashAmount) = (Money(paid * 20_000), Money(cash * 20_000))
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

    static func rates() throws -> NonCashReport {
        let period = try ReportPeriod("2026-11", basis: .calendar)
        return NonCashReport(
            question: NonCashReport.Question(period: period, level: .commune, locality: "01", asOf: .recorded),
            generatedAt: now,
            lines: [
                line("00004", "Phường Ba Đình", paid: 1200, cash: 100),
                line("00008", "Phường <Ngọc Hà>", paid: 900, cash: 400),
            ],
            total: line("01", "Hà Nội", paid: 2100, cash: 500)
        )
    }

    static func decision() throws -> Decision766 {
        let indicators = [
            Decision766.Indicator(name: .feeData, counted: 40, of: 60),
            Decision766.Indicator(name: .onlineProcedures, counted: 20, of: 60),
            Decision766.Indicator(name: .onlineDossiers, counted: 900, of: 2100),
        ]
        return Decision766(
            question: try rates().question,
            generatedAt: now,
            lines: [],
            total: Decision766.Line(unit: nil, indicators: indicators),
            procedures: [
                Decision766.Procedure(
                    code: "1.004222",
                    nameVi: "Đăng ký thường trú",
                    nameEn: "Registration of <residence>",
                    hasFee: true,
                    dossiers: 0,
                    paidOnline: 0,
                    gain: 20
                )
            ]
        )
    }

    static let trend = RateTrend(
        months: (0..<3).map { number in
            RateTrend.Stretch(
                from: Day(daysSinceEpoch: 20_697 + Int32(number) * 31),
                paid: 1000,
                nonCash: 700 + Int64(number) * 30
            )
        },
        weeks: []
    )

    static let forecast = RateTrend.Forecast(expected: 7905, low: 7710, high: 8120)

    static let connection = listed("vcb", "standard")
    /// A bank that signs with a key of its own; when its certificate ends is not known.
    static let keyed = listed("vietin", "vietinbank")

    private static func listed(_ name: String, _ profile: String) -> Connections.Listed {
        Connections.Listed(
            name: name,
            profile: profile,
            accountNumber: account,
            secrets: 1,
            createdAt: ago(hours: 900),
            disabledAt: nil,
            lastUsedAt: ago(hours: 30),
            lastFailureAt: ago(hours: 1),
            lastFailure: "signature_mismatch: webhook-signature",
            refused: 4,
            commissionPercent: nil,
            keyIDs: [],
            merchant: nil,
            merchantIsLearned: false
        )
    }

    static let endpoint = EventEndpoint(
        name: "cổng-tỉnh",
        url: "https://dvc.example.vn/khop?<x>",
        types: nil,
        holderID: nil,
        createdAt: ago(hours: 900),
        disabledAt: nil,
        disabledReason: nil,
        consecutiveFailures: 3,
        lastSuccessAt: ago(hours: 9),
        pending: 2,
        dead: 1
    )

    static func key(_ number: UInt8, days: Int64) -> APIKeys.Listed {
        APIKeys.Listed(
            caller: Caller(keyID: id(number), role: .portal, name: "Cổng <tỉnh>", localityCode: nil),
            grant: RoleGrant(.portal),
            createdAt: ago(hours: 900),
            expiresAt: now.adding(seconds: days * 86_400),
            revokedAt: nil,
            previousUntil: days > 100 ? now.adding(seconds: 3600) : nil,
            lastUsedAt: ago(hours: 3),
            lastUsedFrom: "203.0.113.7"
        )
    }
}
