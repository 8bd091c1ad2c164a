import Collection
import Identity
import TestSupport
import Testing
import Values

/// Who may name the day whose prices apply, over HTTP.
@Suite struct AssessmentDayEdgeTests {
    private func ask(_ server: LiveServer, _ role: Role, _ day: Day?, path: String = "/v1/payment-requests")
        async throws -> LiveServer.Answer
    {
        var members: [JSON.Member] = [
            .init("dossier_code", "D-1"), .init("agency_code", "H44.01"), .init("procedure_code", "1.004222"),
            .init("channel", "online"),
        ]
        if let day { members.append(.init("assessed_on", .text(day))) }
        return try await server.send("POST", path, key: try await server.key(role), json: .object(members))
    }

    @Test func `a portal and an administrator may name the day of receipt`() async throws {
        try await LiveServer.with { server in
            let today = Instant.now().day
            for role in [Role.portal, .admin] {
                for day in [today, today.adding(days: -60)] {
                    let made = try await ask(server, role, day)
                    #expect(made.status == 201, "\(made.text)")
                    #expect(try made.json["assessed_on"]?.string == day.description)
                }
                for (day, code) in [
                    (today.next, "assessment_day_ahead"), (today.adding(days: -61), "assessment_day_too_far_back"),
                ] {
                    let refused = try await ask(server, role, day)
                    #expect(refused.status == 422, "\(refused.text)")
                    #expect(try refused.json["reason"]?["code"]?.string == code)
                    #expect(try refused.json["errors"]?.array?.first?["pointer"] == "/assessed_on")
                }
            }
        }
    }

    @Test func `a cashier may not name the day`() async throws {
        try await LiveServer.with { server in
            let today = Instant.now().day
            #expect(try await ask(server, .cashier, nil).status == 201)
            for day in [today.previous, today] {
                let refused = try await ask(server, .cashier, day)
                #expect(refused.status == 403, "\(refused.text)")
                #expect(try refused.json["reason"]?["code"] == "assessment_day_not_yours")
                #expect(try refused.json["errors"]?.array?.first?["pointer"] == "/assessed_on")
            }
        }
    }

    @Test func `a quote may be asked for any day`() async throws {
        try await LiveServer.with { server in
            let day = try #require(Day("2026-01-05"))
            let quoted = try await ask(server, .cashier, day, path: "/v1/quotes")
            #expect(quoted.status == 200, "\(quoted.text)")
            #expect(try quoted.json["assessed_on"]?.string == "2026-01-05")
        }
    }
}
