import Collection
import Identity
import Server
import TestSupport
import Testing
import Values

/// The check-up of the installation as a page.
@Suite struct ConsoleDoctorTests {
    @Test func `what is to be mended comes first, with its cure, and versions and queues stand beside it`() async throws
    {
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.version = "9.8.7"
        options.checkUp = {
            [
                .ok("database", Phrase(vi: "trả lời", en: "it answers <well>")),
                .wrong("clock", Phrase(vi: "lệch", en: "the clock is off"), advice: Phrase(vi: "NTP", en: "run NTP")),
            ]
        }
        let given = options
        try await TestDatabase.withServices { services in
            try await LiveServer.over(services, given) { server in
                let admin = try await ConsoleDesk(server: server).visitor(.admin)
                let page = try await admin.get("/console/operations/doctor")
                #expect(page.status == 200)
                for part in ["1 of the 2 things looked at are to be mended", "the clock is off", "run NTP", "9.8.7"] {
                    #expect(page.text.contains(part), "\(part) in \(page.text)")
                }
                let wrong = try #require(page.text.range(of: "the clock is off"))
                let well = try #require(page.text.range(of: "it answers &lt;well&gt;"))
                #expect(wrong.lowerBound < well.lowerBound)
                let local = try await ConsoleDesk(server: server).visitor(.admin, locality: "25")
                #expect(try await local.get("/console/operations/doctor").status == 403)
            }
        }
    }

    @Test func `a server alone tells what its database shows`() async throws {
        try await LiveServer.with { server in
            let admin = try await ConsoleDesk(server: server).visitor(.admin)
            let page = try await admin.get("/console/operations/doctor")
            #expect(page.text.contains("no bank connection for") && page.text.contains("khop connection add"))
            #expect(page.text.contains("there are two ends to every decision"))
        }
    }
}
