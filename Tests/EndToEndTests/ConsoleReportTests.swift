import Collection
import Console
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// The reports as pages, files, and what lies behind their figures.
@Suite struct ConsoleReportTests {
    private static let readers: Set<Role> = [.finance, .approver, .auditor, .leader, .admin]

    /// Two payments and what they left: one in cash at the desk.
    private static func pay(_ desk: ConsoleDesk) async throws -> [ConsoleDesk.Asked] {
        let asked = try await desk.ask(2)
        let cashier = try await desk.server.key(.cashier)
        for one in asked {
            let answer = try await desk.server.send(
                "POST",
                "/v1/counter-payments",
                key: cashier,
                json: ["payment_request_id": .string(one.id), "channel": "counter_cash", "amount": 20_000]
            )
            #expect(answer.status == 201, "\(answer)")
        }
        return asked
    }

    @Test func `every report answers each role as the API does, as page and as files`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            _ = try await Self.pay(desk)
            for role in Role.ofPersons {
                let visitor = try await desk.visitor(role)
                let isReader = Self.readers.contains(role)
                #expect(try await visitor.get("/console/reports").status == (isReader ? 200 : 403), "\(role)")
                for report in ConsoleReport.allCases {
                    let page = try await visitor.get(report.path)
                    #expect(page.status == (isReader ? 200 : 403), "\(role) at \(report)")
                    // Axe wants a head in each row, sums too.
                    #expect(!page.text.contains("<th scope=\"row\"></th>"), "\(report)")
                    // The files are the same for all who may read them.
                    guard role == .leader || !isReader else { continue }
                    for (ending, type) in [
                        ("csv", "text/csv"), ("xlsx", "application/vnd"), ("pdf", "application/pdf"),
                    ] {
                        let file = try await visitor.get(report.path + "." + ending)
                        let isThere = ending != "pdf" || report.isForm
                        #expect(file.status == (isThere ? isReader ? 200 : 403 : 404), "\(role) \(report).\(ending)")
                        guard file.status == 200 else { continue }
                        #expect(file.headers["content-type"]?.hasPrefix(type) == true, "\(report).\(ending)")
                    }
                }
            }
        }
    }

    @Test func `files bear the period that they are of, and each table has its CSV`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            _ = try await Self.pay(desk)
            let leader = try await desk.visitor(.leader)
            let today = Instant.now().day
            let month = today.description.prefix(7)
            for (path, name) in [
                ("non-cash-rates.csv?period=2026-10", "non-cash-rates_2026-10.csv"),
                ("non-cash-rates.pdf?period=2026-Q3", "non-cash-rates_2026-Q3.pdf"),
                ("collections.xlsx?period=2026-10&basis=decree09", "collections_2026-10_decree09.xlsx"),
                ("collections.csv?period=2026-10&table=remittances", "collections-remittances_2026-10.csv"),
                ("hours.csv?from=2026-10-02&to=2026-10-05", "hours_2026-10-02_2026-10-05.csv"),
                ("decision766.csv", "decision766_\(month).csv"),
                ("decision766.csv?table=plan", "decision766-plan_\(month).csv"),
                ("decision766.csv?table=procedures", "decision766-procedures_\(month).csv"),
                ("decision766.xlsx?period=2026", "decision766_2026.xlsx"),
                ("receipts.csv?day=2026-11-03", "receipts_2026-11-03.csv"),
                ("days.csv?month=2026-10", "days_2026-10.csv"),
            ] {
                let file = try await leader.get("/console/reports/" + path)
                let told = file.headers["content-disposition"]
                #expect(file.status == 200 && told == "attachment; filename=\"\(name)\"", "\(path): \(told ?? "")")
            }
            let plan = try await leader.get("/console/reports/decision766.csv?table=plan").text
            #expect(plan.contains("step,procedure_code") && plan.contains("1.004222"), "\(plan)")
            #expect(try await leader.get("/console/reports/decision766").text.contains("table=plan"))
            #expect(try await leader.get("/console/reports/decision766.csv?table=nothing").status == 400)
        }
    }

    @Test func `each figure leads to its payments and each payment to its story`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await Self.pay(desk)
            let clerk = try await desk.visitor(.finance)
            var found = 0
            for report in ConsoleReport.allCases where report != .days {
                let page = try await clerk.get(report.path)
                let links = page.text.matches(
                    of: /<a href="(\/console\/(?:reports\/(?:payments|dossiers)|payments\/)[^"]*)"/
                )
                .map { String($0.1).replacing("&amp;", with: "&") }
                // Those that were exempted are no figure's.
                .filter { !$0.contains("exempt=true") }
                // Nothing was reduced or exempted at the desk.
                let isEmpty = [.discounts, .exemptions].contains(report)
                #expect(links.isEmpty == isEmpty, "\(report): \(links)")
                for link in Set(links) {
                    let list = try await clerk.get(link)
                    #expect(list.status == 200, "\(link)")
                    guard !link.hasPrefix("/console/payments/") else {
                        found += 1
                        continue
                    }
                    // Each list is of the two payments or their dossiers, and each of them has its story.
                    let stories = list.text.matches(of: /href="(\/console\/payments\/[0-9a-f-]+)"/).map { String($0.1) }
                    let isOfOnline = link.contains("counted=online") || link.contains("counted=true")
                    #expect(Set(stories).count == (isOfOnline ? 0 : 2), "\(link): \(stories)")
                    for story in Set(stories) { #expect(try await clerk.get(story).status == 200) }
                }
            }
            #expect(found == 2, "the receipts lead to the stories of their payments")
            // A leader sees the list, and no story, which the role may not read.
            let leader = try await desk.visitor(.leader)
            let list = try await leader.get(
                "/console/reports/payments?period=\(Instant.now().day.description.prefix(7))"
            )
            #expect(list.status == 200 && list.text.contains(asked[0].reference))
            #expect(!list.text.contains("/console/payments/"))
            // Counted and added up, on every page of the list.
            let rows = list.text.matches(of: /<tr data-row>/).count
            #expect(rows > 0 && list.text.contains("<dt>Payments</dt><dd>\(rows)</dd>"), "\(list.text)")
            #expect(list.text.contains("<dt>Amount in all</dt><dd>40,000 ₫</dd>"))
        }
    }

    @Test func `who acts for a locality asks about it alone, and a wrong filter is told beside the form`() async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            _ = try await Self.pay(desk)
            let bound = try await desk.visitor(.finance, locality: "01")
            let own = try await bound.get("/console/reports/non-cash-rates")
            #expect(own.status == 200 && own.text.contains("locality=01") && !own.text.contains("(25)"))
            for path in ["non-cash-rates", "collections", "hours", "payments"] {
                let other = try await bound.get("/console/reports/\(path)?locality=25&period=2026")
                #expect(other.status == 403, "\(path)")
            }
            let clerk = try await desk.visitor(.finance)
            let wrong = try await clerk.get("/console/reports/non-cash-rates?period=2026-13&by=channel")
            #expect(wrong.status == 400 && wrong.text.contains("role=\"alert\""))
            #expect(wrong.text.contains("<option value=\"channel\" selected>"))
            // Days that somebody named mean more than the period that the form sends along.
            let day = Instant.now().day
            let days = try await clerk.get("/console/reports/collections?period=2019&from=\(day)&to=\(day)&locality=")
            #expect(days.status == 200 && days.text.contains("/console/reports/payments?"), "\(days.text)")
            for path in [
                "payments?period=2026&hour=24", "payments?period=2026&weekday=0", "payments?period=2026&counted=x",
                "payments?period=2026&row_valid_from=x", "payments?period=x", "dossiers?period=2026&cursor=",
            ] {
                let page = try await clerk.get("/console/reports/" + path)
                #expect(page.status == (path.hasPrefix("dossiers") ? 200 : 400), "\(path)")
                // The form stays, so that what is wrong can be put right.
                #expect(path.hasPrefix("dossiers") || page.text.contains("<select name=\"hour\">"), "\(path)")
            }
        }
    }

    @Test func `the list of payments is narrowed down by its form, which keeps what else the address says`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await Self.pay(desk)
            let clerk = try await desk.visitor(.finance)
            // Without any filter it is of this month.
            let bare = try await clerk.get("/console/reports/payments")
            #expect(bare.status == 200 && asked.allSatisfy { bare.text.contains($0.reference) })
            let hour = try #require(
                try await server.services.database.query(
                    "select extract(hour from paid_at at time zone 'Asia/Ho_Chi_Minh')::integer from payment_request"
                ).first?.get(0, as: Int32.self)
            )
            for (query, count) in [
                ("counted=cash", 2), ("counted=online", 0), ("hour=\(hour)", 2), ("hour=\((hour + 1) % 24)", 0),
                ("agency=H44.01", 2), ("agency=H26.01", 0),
            ] {
                let page = try await clerk.get("/console/reports/payments?" + query)
                #expect(asked.count { page.text.contains($0.reference) } == count, "\(query)")
                let (name, value) = (query.prefix { $0 != "=" }, query.drop { $0 != "=" }.dropFirst())
                let isKept =
                    name == "agency"
                    ? page.text.contains("name=\"agency\" value=\"\(value)\"")
                    : page.text.contains("<option value=\"\(value)\" selected>")
                #expect(isKept, "\(query)")
            }
            let of = try await clerk.get("/console/reports/payments?fee=1.004222&row=1.004222&by=procedure")
            #expect(of.text.contains("<input type=\"hidden\" name=\"row\" value=\"1.004222\">"))
        }
    }

    @Test func `a view is kept, opened by others at its address, renamed and deleted`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let lan = try await desk.visitor(.finance, name: "Lan")
            let page = try await lan.get("/console/reports/non-cash-rates?by=channel&period=2026-11&lang=en&locality=")
            let address = "/console/reports/non-cash-rates?by=channel&period=2026-11"
            #expect(
                page.text.contains("name=\"address\" value=\"\(address.replacing("&", with: "&amp;"))\""),
                "\(page.text)"
            )
            let form = ["csrf": page.csrf, "name": "Kênh <tháng 11>", "address": address]
            #expect(try await lan.post("/console/views", form).location == "/console/views?done=saved")
            let twice = try await lan.post("/console/views", form)
            #expect(twice.status == 409 && twice.text.contains("role=\"alert\""))
            let own = try await lan.get("/console/views")
            #expect(own.text.contains("Kênh &lt;tháng 11&gt;") && !own.text.contains("<tháng"))
            let link = try #require(own.text.firstMatch(of: /href="(\/console\/views\/[0-9a-f-]+)"/)).1
            // Another person is led to the same page, and may not change it; a cashier may not read what it shows.
            let nam = try await desk.visitor(.approver, name: "Nam")
            #expect(try await nam.get(String(link)).location == address)
            let other = try await nam.get("/console/views")
            #expect(try await nam.post(link + "/delete", ["csrf": other.csrf]).status == 404)
            let cashier = try await desk.visitor(.cashier, name: "Hoa")
            #expect(try await cashier.get(String(link)).location == address)
            #expect(try await cashier.get(address).status == 403)
            let renamed = try await lan.post(link + "/rename", ["csrf": own.csrf, "name": "Kênh"])
            #expect(renamed.location == "/console/views?done=renamed")
            #expect(try await lan.post(link + "/delete", ["csrf": own.csrf]).location == "/console/views?done=deleted")
            #expect(try await lan.get(String(link)).status == 404)
        }
    }

    @Test
    func `dossiers that were exempted in full are found from the reports, and are a file for the national portal`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            _ = try await desk.ask(1)
            let portal = try await server.key(.portal)
            let free: JSON = [
                "dossier_code": "H44-26-MIEN", "agency_code": "H44.01", "procedure_code": "1.004222",
                "channel": "online",
                "payer": [
                    "name": "Nguyễn Văn Miễn", "category": "poor_household",
                    "evidence": ["kind": "poor_household_certificate", "number": "1"],
                ],
            ]
            let made = try await server.send("POST", "/v1/payment-requests", key: portal, json: free)
            #expect(try made.json["status"] == "paid", "\(made.text)")
            let leader = try await desk.visitor(.leader)
            for report in [ConsoleReport.decision766, .exemptions] {
                let page = try await leader.get(report.path)
                let link = try #require(
                    page.text.firstMatch(of: /href="(\/console\/reports\/dossiers[^"]*exempt=true[^"]*)"/)
                )
                let list = try await leader.get(String(link.1).replacing("&amp;", with: "&"))
                #expect(list.text.contains("H44-26-MIEN") && !list.text.contains("H44-26-1001"), "\(list.text)")
                let file = try #require(
                    list.text.firstMatch(of: /href="(\/console\/reports\/exempt-dossiers.json[^"]*)"/)
                )
                let export = try await leader.get(String(file.1).replacing("&amp;", with: "&"))
                #expect(export.headers["content-disposition"]?.contains("ho-so-mien") == true)
                let json = try JSON.parse(export.bytes)
                #expect(json["items"]?.array?.map { $0["dossier_code"] } == ["H44-26-MIEN"], "\(export.text)")
                #expect(json["items"]?.array?.first?["DanhSachLePhi"]?.array?.first?["Gia"] == "0")
            }
            let cashier = try await desk.visitor(.cashier)
            #expect(try await cashier.get("/console/reports/exempt-dossiers.json").status == 403)
        }
    }
}
