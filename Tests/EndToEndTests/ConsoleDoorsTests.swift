import Collection
import FeeSchedule
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// Whoever looks is led to what they may see, and to all of it.
@Suite struct ConsoleDoorsTests {
    @Test func `no page shows a leader a door that is shut`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(1)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            for role in Role.ofPersons {
                let visitor = try await desk.visitor(role)
                let home = try await visitor.get("/console")
                let links = home.text.matches(of: /(?:href|action)="(\/console[^"]*)"/).map {
                    String($0.1).replacing("&amp;", with: "&")
                }
                for link in Set(links) where link != "/console/views" {
                    #expect(try await visitor.get(link).status == 200, "\(role): \(link)")
                }
            }
        }
    }

    @Test func `a leader finds every commune, those without payments too`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let paid = try await desk.ask(1)
            try await RecordedCalls(server).pay(paid[0].due, "FT1", paid[0].reference)
            let leader = try await desk.visitor(.leader)
            let month = Instant.now().day.description.prefix(7)
            let schedule = try await server.services.tariff.current().schedule
            let home = try #require(schedule.unit(ofAgency: "H44.01", on: Instant.now().day))
            let province = try #require(
                schedule.localities.chain(of: home, on: Instant.now().day).first { $0.level == .province }
            )
            let provinces = try await leader.get("/console/rates?period=\(month)")
            let address = "/console/rates?period=\(month)&level=commune&as_of=recorded&locality=\(province.code)"
            #expect(
                provinces.text.contains("href=\"\(address.replacing("&", with: "&amp;"))\""),
                "\(address): \(provinces.text)"
            )
            let below = try await leader.get(address)
            #expect(below.status == 200 && below.text.contains(province.nameEn), "\(below.text)")
            let all = try await leader.get("/console/rates?period=\(month)&level=commune")
            let question = NonCashReport.Question(
                period: try ReportPeriod(String(month), basis: .calendar),
                level: .commune,
                locality: province.code,
                asOf: .recorded
            )
            let quiet = try await server.services.reports.nonCash(question).quiet
            let one = try #require(quiet.first)
            #expect(below.text.contains(one.nameEn) && all.text.contains(one.nameEn), "\(one.nameEn): \(all.text)")
        }
    }

    @Test func `a view that climbs out of the console is not kept`() async throws {
        try await LiveServer.with { server in
            let clerk = try await ConsoleDesk(server: server).visitor(.finance)
            let csrf = try await clerk.get("/console/views").csrf
            for address in [
                "/console/../logout", "/console/%2e%2e/logout", "/console/.%2E/logout", "/console/cases/../../logout",
            ] {
                let sent = try await clerk.post("/console/views", ["csrf": csrf, "name": "x", "address": address])
                #expect(sent.status == 400 || sent.status == 422, "\(address): \(sent.status)")
            }
            let kept = try await clerk.post(
                "/console/views",
                ["csrf": csrf, "name": "y", "address": "/console/cases?q=a..b"]
            )
            #expect(kept.status == 303, "\(kept.text)")
        }
    }

    @Test func `today's day is not counted among those that nobody has signed, here and there`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(1)
            // Of today alone.
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let overview = try await server.services.overviews.accounts([ConsoleDesk.account])
            #expect(overview.map(\.unsignedDays) == [0])
        }
    }
}
