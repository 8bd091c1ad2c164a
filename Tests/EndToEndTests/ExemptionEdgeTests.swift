import Collection
import Identity
import TestSupport
import Testing
import Values

/// Who sees what proves a category, over HTTP and at the command line.
@Suite struct ExemptionEdgeTests {
    private static let number = "HN-0099-ZZ"

    private static func order(_ evidence: JSON?, category: JSON = "poor_household") -> JSON {
        [
            "dossier_code": "D-1", "agency_code": "H44.01", "procedure_code": "2.000488", "channel": "online",
            "payer": ["category": category, "name": "A", "evidence": evidence ?? .null],
        ]
    }

    private static let paper: JSON = ["kind": "poor_household_certificate", "number": .string(number)]

    @Test func `a missing paper is named with the reduction it is needed for`() async throws {
        try await LiveServer.with { server in
            let key = try await server.key(.portal)
            let refused = try await server.send("POST", "/v1/payment-requests", key: key, json: Self.order(nil))
            #expect(refused.status == 422)
            #expect(try refused.json["errors"]?.array?.first?["pointer"] == "/payer/evidence")
            #expect(try refused.json["reason"]?["code"] == "evidence_missing")
            #expect(try refused.json["detail"]?.string?.contains("LLTP-GIAM-2025 (Thông tư 16/2025/TT-BTC)") == true)
            #expect(try await server.send("POST", "/v1/quotes", key: key, json: Self.order(nil)).status == 200)
        }
    }

    @Test func `staff see the paper; the portal and the payer do not`() async throws {
        try await LiveServer.with { server in
            let portal = try await server.key(.portal)
            let made = try await server.send("POST", "/v1/payment-requests", key: portal, json: Self.order(Self.paper))
            #expect(made.status == 201 && !made.text.contains(Self.number))
            #expect(try made.json["settled_by"] == "exemption" && made.json["status"] == "paid")
            let id = try #require(try made.json["id"]?.string)
            for role in [Role.cashier, .finance, .approver, .auditor, .admin] {
                let key = try await server.key(role)
                let read = try await server.send("GET", "/v1/payment-requests/\(id)", key: key).json
                // Whoever decides sees it in full; others see enough to compare it with the paper.
                let isWhole = role == .finance || role == .approver
                let number = isWhole ? Self.number : "***" + Self.number.suffix(4)
                #expect(read["payer"]?["evidence"]?["number"]?.string == number, "\(role)")
                let list = try await server.send("GET", "/v1/payment-requests?dossier_code=D-1", key: key)
                #expect(list.text.contains(Self.number) == isWhole && list.text.contains(number), "\(role)")
            }
            let read = try await server.send("GET", "/v1/payment-requests/\(id)", key: portal)
            #expect(read.status == 200 && !read.text.contains(Self.number))
            let list = try await server.send("GET", "/v1/payment-requests?dossier_code=D-1", key: portal)
            #expect(!list.text.contains(Self.number))
            let page = try #require(try made.json["pay_url"]?.string?.split(separator: "/").last)
            let shown = try await server.send("GET", "/pay/\(page)")
            #expect(shown.status == 200 && !shown.text.contains(Self.number))
        }
    }

    @Test func `the report is answered in each format`() async throws {
        try await LiveServer.with { server in
            let portal = try await server.key(.portal)
            _ = try await server.send("POST", "/v1/payment-requests", key: portal, json: Self.order(Self.paper))
            let key = try await server.key(.auditor)
            let today = Instant.now().day
            let address = "/v1/reports/exemptions?from=\(today)&to=\(today)"
            #expect(try await server.send("GET", address, key: portal).status == 403)
            let report = try await server.send("GET", address, key: key).json
            #expect(report["total"] == ["requests": 1, "amount_forgone": 200_000])
            let csv = try await server.send("GET", address + "&format=csv", key: key)
            #expect(csv.status == 200 && csv.text.contains("LLTP-GIAM-2025"))
            #expect(try await server.send("GET", address + "&format=xlsx", key: key).body.starts(with: [0x50, 0x4B]))
            #expect(try await server.send("GET", address + "&format=pdf", key: key).status == 400)
        }
    }

    @Test func `the command line creates, shows and reports exempted requests`() async throws {
        try await TestDatabase.withServices { services in
            let khop = KhopProgram(services.database.pool.options)
            let order = [
                "request", "create", "--dossier", "D-1", "--agency", "H44.01", "--procedure", "2.000488",
                "--payer-category", "poor_household", "--assessed-on", Instant.now().day.adding(days: -30).description,
                "--json",
            ]
            let refused = try khop.run(order)
            #expect(refused.status == 2 && refused.errors.contains("LLTP-GIAM-2025"), "\(refused.errors)")
            let paper = ["--payer-evidence", "poor_household_certificate:\(Self.number)"]
            let made = try khop.run(order + paper)
            #expect(made.status == 0, "\(made.errors)")
            let reference = try #require(try JSON.parse(made.output)["reference"]?.string)
            let show = ["request", "show", reference, "--unmask", "to see the paper", "--json"]
            let shown = try JSON.parse(try khop.run(show).output)
            #expect(shown["settled_by"] == "exemption" && shown["payer"]?["evidence"]?["number"]?.string == Self.number)
            let today = Instant.now().day.description
            let report = try khop.run(["report", "exemptions", "--from", today, "--to", today, "--json"])
            #expect(try JSON.parse(report.output)["total"]?["requests"] == 1, "\(report.errors)")
        }
    }
}
