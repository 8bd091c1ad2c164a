import Collection
import Spreadsheets
import TestSupport
import Testing
import Values

/// What was reduced to 0 đồng: in a report of its own, and in no rate.
@Suite struct ExemptionsReportTests {
    private func make(_ services: Services, _ agency: String, _ procedure: String, _ category: String) async throws {
        let draft = try PaymentRequestDraft(
            [
                "dossier_code": "D-1", "agency_code": .string(agency), "procedure_code": .string(procedure),
                "channel": "online",
                "payer": ["category": .string(category), "evidence": ["kind": "other", "number": "1"]],
            ],
            today: Instant.now().day
        )
        _ = try await services.paymentRequests.create(draft, caller: nil, idempotency: nil)
    }

    private func question(_ level: String? = nil, locality: String? = nil, by: String? = nil) throws
        -> NonCashReport.Question
    {
        let today = Instant.now().day.description
        return try NonCashReport.Question(
            period: nil,
            from: today,
            to: today,
            basis: nil,
            level: level,
            locality: locality,
            asOf: nil,
            by: by
        )
    }

    /// Three exempted requests in Phú Thọ, one in Ba Đình ward of Hà Nội; what was free or half price from the start is none.
    private func with(_ body: (Services) async throws -> Void) async throws {
        try await TestDatabase.withServices { services in
            for (agency, procedure, category) in [
                ("H44.01", "2.000488", "poor_household"), ("H44.01", "2.000488", "child"),
                ("H44.02", "1.004222", "poor_household"), ("H26.02", "1.004222", "child"),
                ("H44.01", "1.000894", "poor_household"), ("H44.01", "2.000488", "student"),
            ] {
                try await make(services, agency, procedure, category)
            }
            try await body(services)
        }
    }

    @Test func `requests are counted by unit and rule, with what was forgone`() async throws {
        try await with { services in
            let report = try await services.reports.exemptions(try question())
            #expect(
                report.lines.map { "\($0.unit.code) \($0.code) \($0.requests) \($0.forgone.dong)" } == [
                    "01 CT-MIEN 1 20000", "25 LLTP-GIAM-2025 2 400000", "25 CT-MIEN 1 20000",
                ]
            )
            #expect(report.lines[1].legalBasis == "Thông tư 16/2025/TT-BTC" && report.lines[1].rule == "reduction")
            #expect(report.requests == 4 && report.forgone == Money(440_000))
            let communes = try await services.reports.exemptions(try question("commune"))
            #expect(communes.lines.map(\.unit.code).contains("00004"))
            #expect(communes.requests == 4 && communes.forgone == Money(440_000))
            let one = try await services.reports.exemptions(try question(locality: "01"))
            #expect(one.lines.map(\.unit.code) == ["01"] && one.requests == 1 && one.forgone == Money(20_000))
        }
    }

    @Test func `exempt dossiers are told with lines of 0 đồng, and are no part of the indicator`() async throws {
        try await with { services in
            func page(exempt: Bool) async throws -> [JSON] {
                try await services.reports.dossiers(
                    try question(),
                    procedure: nil,
                    isCounted: nil,
                    areExempt: exempt,
                    after: nil,
                    limit: 100
                )["items"]?.array ?? []
            }
            let exempt = try await page(exempt: true)
            let places = exempt.map { "\($0["agency_code"]?.string ?? "") \($0["procedure_code"]?.string ?? "")" }
            // A dossier of which anything is owed is none, whatever else of it is exempt.
            #expect(places == ["H26.02 1.004222", "H44.02 1.004222"], "\(places)")
            for item in exempt {
                #expect(
                    item["why"] == "exempt" && item["DuocThanhToanTrucTuyen"] == "0" && item["paid_online"] == false
                )
                let prices = item["DanhSachLePhi"]?.array ?? []
                #expect(!prices.isEmpty && prices.allSatisfy { $0["Gia"] == "0" }, "\(item)")
            }
            // What is owed half is a dossier of the indicator.
            #expect(try await page(exempt: false).map { $0["why"] } == ["waiting"])
        }
    }

    @Test func `json, csv and workbook show the same`() async throws {
        try await with { services in
            let report = try await services.reports.exemptions(try question())
            #expect(report.json["total"] == ["requests": 4, "amount_forgone": 440_000])
            #expect(report.json["rows"]?.array?.count == 3)
            let row = try #require(report.json["rows"]?.array?.first)
            #expect(row["locality_code"] == "01" && row["code"] == "CT-MIEN" && row["amount_forgone"] == 20_000)
            let csv = report.sheet.csv.split(whereSeparator: \.isNewline)
            #expect(csv.count == 5 && csv[0].hasSuffix("rule,code,legal_basis,requests,amount_forgone"))
            #expect(try Workbook.xlsx([report.sheet]).count > 1000)
        }
    }

    @Test func `exempted requests count in no rate, and nothing else but units can be asked for`() async throws {
        try await with { services in
            #expect(try await services.reports.nonCash(try question()).total.figures.paid == 0)
            let error = try await #require(throws: ServiceError.self) {
                try await services.reports.exemptions(try question(by: "procedure"))
            }
            #expect(error.faults.map(\.pointer) == ["by"])
        }
    }
}
