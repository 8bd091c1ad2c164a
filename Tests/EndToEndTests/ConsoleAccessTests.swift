import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// Persons, roles and keys at the console.
@Suite struct ConsoleAccessTests {
    private static let persons = "/console/operations/persons"
    private static let keys = "/console/operations/keys"

    @Test func `an administrator invites, gives and ends roles, disables, and never for himself`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let admin = try await desk.visitor(.admin, name: "Quản Trị")
            let list = try await admin.get(Self.persons)
            let form = ["csrf": list.csrf, "name": "Nguyễn Thị Hoa", "email": "hoa@example.vn", "role": "finance"]
            let bad = try await admin.post(Self.persons, form.merging(["email": "hoa"]) { $1 })
            #expect(bad.status >= 400 && bad.text.contains("value=\"Nguyễn Thị Hoa\""), "\(bad.text)")
            let invited = try await admin.post(Self.persons, form)
            #expect(invited.status == 200, "\(invited.text)")
            let link = try #require(invited.text.firstMatch(of: /https?:[^<]*\/invite\/[^<]+/))
            #expect(try await admin.get(Self.persons).text.contains(link.0) == false)
            let person = try await server.services.persons.find("hoa@example.vn")
            let page = Self.persons + "/" + person.id.text
            let shown = try await admin.get(page)
            #expect(shown.text.contains("Finance staff"))
            func change(_ what: String, _ fields: [String: String]) async throws -> PageVisitor.Page {
                try await admin.post(page + "/" + what, fields.merging(["csrf": shown.csrf]) { $1 })
            }
            #expect(try await change("grant", ["role": "cashier", "locality": "999999"]).status == 400)
            #expect(try await change("grant", ["role": "portal"]).status == 400)
            let given = try await change("grant", ["role": "cashier", "until": "2099-01-31"])
            #expect(given.location == page + "?done=grant", "\(given.text)")
            #expect(try await change("revoke", ["role": "finance", "locality": ""]).location == page + "?done=revoke")
            #expect(try await change("disable", [:]).location == page + "?done=disable")
            let after = try await server.services.persons.find("hoa@example.vn")
            #expect(after.disabledAt != nil && after.roles.map(\.grant.role) == [.cashier])
            #expect(try await change("invite", [:]).status == 409)
            #expect(try await change("enable", [:]).location == page + "?done=enable")
            #expect(try await change("invite", [:]).text.contains("/invite/"))
            let me = try #require(try await server.services.persons.list().first { $0.name == "Quản Trị" })
            let mine = try await admin.get(Self.persons + "/" + me.id.text)
            #expect(mine.status == 200 && !mine.text.contains("/grant\""))
            let own = ["csrf": mine.csrf, "role": "approver"]
            let refused = try await admin.post(Self.persons + "/\(me.id.text)/grant", own)
            #expect(refused.status == 403 && refused.text.contains("another administrator"), "\(refused.text)")
        }
    }

    @Test func `a key is shown once, works, gets a new secret, and ends`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let admin = try await desk.visitor(.admin)
            let list = try await admin.get(Self.keys)
            let form = ["csrf": list.csrf, "name": "Cổng <b>tỉnh</b>", "role": "portal", "hosts": "dvc.example.vn"]
            func key(_ page: PageVisitor.Page) throws -> String {
                String(try #require(page.text.firstMatch(of: /khop_[0-9A-Za-z_-]+/), "\(page.text)").0)
            }
            let made = try await admin.post(Self.keys, form)
            let first = try key(made)
            #expect(made.text.contains("Cổng &lt;b&gt;tỉnh&lt;/b&gt;") && !made.text.contains("<b>tỉnh"))
            #expect(made.headers["cache-control"]?.contains("no-store") == true)
            func works(_ key: String) async throws -> Bool {
                let quote: JSON = ["agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"]
                return try await server.send("POST", "/v1/quotes", key: key, json: quote).status == 200
            }
            #expect(try await works(first))
            #expect(try await !admin.get(Self.keys).text.contains(first))
            let id = try #require(
                try await server.services.keys.list().first { $0.caller.name.contains("tỉnh") }?.caller.id.text
            )
            for hours in ["x", "-1", "9999"] {
                let bad = try await admin.post(Self.keys + "/\(id)/rotate", ["csrf": list.csrf, "overlap": hours])
                #expect(bad.status == 400, "\(hours)")
            }
            let rotated = try await admin.post(Self.keys + "/\(id)/rotate", ["csrf": list.csrf, "overlap": "0"])
            let second = try key(rotated)
            #expect(second != first)
            #expect(try await works(second))
            let revoked = try await admin.post(Self.keys + "/\(id)/revoke", ["csrf": list.csrf])
            #expect(revoked.location == Self.keys + "?done=1")
            #expect(try await admin.get(Self.keys).text.contains("revoked"))
            #expect(try await admin.post(Self.keys, form.merging(["role": "leader"]) { $1 }).status == 400)
            #expect(try await admin.post(Self.keys, form.merging(["until": "x"]) { $1 }).status == 400)
        }
    }

    @Test func `it takes a code given just before, and somebody who acts for the whole province`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let admin = try await desk.visitor(.admin)
            let form = ["csrf": try await admin.get(Self.keys).csrf, "name": "x", "role": "portal"]
            _ = try await server.services.database.asOwner(
                "update person_session set factor_at = factor_at - interval '10 minutes'"
            )
            let stale = try await admin.post(Self.keys, form)
            #expect(stale.status == 303 && stale.location == "/second-factor?next=/console/operations/keys")
            let auditor = try await desk.visitor(.auditor)
            let page = try await auditor.get(Self.keys)
            #expect(page.status == 200 && !page.text.contains("name=\"role\""))
            let refused = try await auditor.post(Self.keys, form.merging(["csrf": page.csrf]) { $1 })
            #expect(refused.status == 403)
        }
    }
}
