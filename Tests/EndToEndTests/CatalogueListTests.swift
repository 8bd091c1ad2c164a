import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// The catalogue as portals read it: page by page, and only when it has changed.
@Suite struct CatalogueListTests {
    /// All items of a list, read in pages of a size.
    private static func all(_ server: LiveServer, _ path: String, by size: Int, key: String) async throws -> [JSON] {
        var items: [JSON] = []
        var cursor: String?
        repeat {
            let next = cursor.map { "&cursor=" + $0.percentEncoded() } ?? ""
            let answer = try await server.send("GET", "\(path)limit=\(size)\(next)", key: key)
            #expect(answer.status == 200, "\(answer.text)")
            let page = try answer.json
            let found = try #require(page["items"]?.array)
            #expect(found.count <= size && (page["next_cursor"]?.string == nil || found.count == size))
            items += found
            cursor = page["next_cursor"]?.string
        } while cursor != nil
        return items
    }

    @Test func `pages of any size make the same list, each item once`() async throws {
        try await LiveServer.with { server in
            let portal = try await server.key(.portal)
            let rows = try await server.services.catalogue.load().rows
            for (path, count) in [
                ("/v1/catalogue/agencies?", rows.agencies.count),
                ("/v1/catalogue/procedures?", rows.procedures.count),
                ("/v1/catalogue/fees?", rows.fees.count { $0.validity.contains(Instant.now().day) }),
                ("/v1/catalogue/categories?", Set(rows.reductions.map(\.payerCategory).filter { !$0.isEmpty }).count),
            ] {
                let whole = try await Self.all(server, path, by: 500, key: portal)
                #expect(whole.count == count && count > 3, "\(path): \(whole.count) of \(count)")
                for size in [1, 2, 7] {
                    #expect(try await Self.all(server, path, by: size, key: portal) == whole, "\(path) by \(size)")
                }
            }
        }
    }

    @Test func `what an agency charges for a procedure is what a quote asks for`() async throws {
        try await LiveServer.with { server in
            let portal = try await server.key(.portal)
            let fees = try await Self.all(
                server,
                "/v1/catalogue/fees?procedure=1.004222.000.00.00.H44&agency=H44.01&",
                by: 100,
                key: portal
            )
            let quote = try await server.send(
                "POST",
                "/v1/quotes",
                key: portal,
                json: ["agency_code": "H44.01", "procedure_code": "1.004222", "channel": "counter_cash"]
            ).json
            let lines = try #require(quote["lines"]?.array)
            #expect(fees.map { $0["fee_code"] } == lines.map { $0["fee_code"] } && !fees.isEmpty)
            #expect(fees.map { $0["amount"] } == lines.map { $0["unit_amount"] })
        }
    }

    @Test func `who has the catalogue is told that it has not changed, until it has`() async throws {
        try await LiveServer.with { server in
            let portal = try await server.key(.portal)
            let path = "/v1/catalogue/procedures?limit=5"
            let first = try await server.send("GET", path, key: portal)
            let tag = try #require(first.headers["etag"])
            #expect(first.headers["cache-control"] == "private, no-cache")
            for known in [tag, "W/" + tag, "\"other\", " + tag, "*"] {
                let same = try await server.send("GET", path, key: portal, headers: ["If-None-Match": known])
                #expect(same.status == 304 && same.body.isEmpty && same.headers["etag"] == tag, "\(known)")
            }
            let targets = Array("locality_code,year,indicator,target_percent\n01,2031,non_cash,81\n".utf8)
            _ = try await server.services.catalogue.importFiles([(file: .targets, bytes: targets)], by: "test")
            _ = try await server.services.tariff.reload()
            let later = try await server.send("GET", path, key: portal, headers: ["If-None-Match": tag])
            #expect(later.status == 200 && later.headers["etag"] != tag)
        }
    }

    @Test func `what is wrong in the question is named, and a leader or a feed has no need of it`() async throws {
        try await LiveServer.with { server in
            let portal = try await server.key(.portal)
            for (query, field) in [
                ("fees?on=2026-13-01", "on"), ("fees?agency=NIX", "agency"), ("agencies?locality=99999", "locality"),
                ("procedures?limit=0", "limit"),
            ] {
                let refused = try await server.send("GET", "/v1/catalogue/" + query, key: portal)
                #expect(refused.status == 400 && refused.text.contains("\"pointer\":\"\(field)\""), "\(refused.text)")
            }
            for role in [Role.leader, .feed] {
                let key = try await server.key(role)
                #expect(try await server.send("GET", "/v1/catalogue/fees", key: key).status == 403, "\(role)")
            }
        }
    }
}
