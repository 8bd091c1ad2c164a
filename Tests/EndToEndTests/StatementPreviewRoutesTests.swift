import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// Previews and dry runs over HTTP.
@Suite struct StatementPreviewRoutesTests {
    private static let account = "0801000567890"
    private static let path = "/v1/statements?preview=true&account=\(account)"

    private static func file(_ lines: String...) -> [UInt8] {
        Array(("transaction_id,booked_at,amount,memo,balance\n" + lines.joined(separator: "\n")).utf8)
    }

    @Test func `a preview is answered at once, in the caller's language, and nothing is imported`() async throws {
        try await LiveServer.with { server in
            let finance = try await server.key(.finance)
            let file = Self.file("T1,2026-11-20T09:00:00+07:00,5000,x,105000", "T2,2026-11-21,-300,y,104700")
            let answer = try await server.send("POST", Self.path, key: finance, body: file)
            let preview = try answer.json
            #expect(answer.status == 200)
            let names = [
                "format", "bank", "period", "lines", "new", "known", "outcomes", "faults", "continuity",
            ]
            for name in names { #expect(preview[name] != nil, "\(name)") }
            #expect(preview["lines"] == 2 && preview["new"] == 2 && preview["known"] == 0)
            #expect(preview["period"] == ["first_day": "2026-11-20", "last_day": "2026-11-21"])
            #expect(preview["outcomes"]?["unmatched"] == 2 && preview["outcomes"]?["matched"] == 0)
            #expect(preview["continuity"]?["sentence"]?.string?.contains("No balance is known") == true)
            let told = try await server.send(
                "POST",
                Self.path,
                key: finance,
                headers: ["Accept-Language": "vi"],
                body: file
            ).json
            #expect(told["continuity"]?["sentence"]?.string?.contains("chưa có số dư nào") == true)
            #expect(told["outcomes"] == preview["outcomes"])
            #expect(try await server.send("GET", "/v1/statements", key: finance).json["items"]?.array?.isEmpty == true)
        }
    }

    @Test func `a broken file is answered with every fault`() async throws {
        try await LiveServer.with { server in
            let finance = try await server.key(.finance)
            let file = Self.file("T1,soon,5000,x,", "T2,2026-11-21,zero,y,")
            let answer = try await server.send("POST", Self.path, key: finance, body: file)
            #expect(answer.status == 200)
            let faults = try #require(try answer.json["faults"]?.array)
            #expect(faults.map { $0["line"] } == [2, 3] && faults.map { $0["column"] } == ["booked_at", "amount"])
            #expect(faults.allSatisfy { $0["code"] == "field_invalid" })
            #expect(faults[0]["reason"]?.string?.hasPrefix("“soon” ") == true)
        }
    }

    @Test func `who reads cases may preview, a feed may not`() async throws {
        try await LiveServer.with { server in
            let file = Self.file("T1,2026-11-21,5,x,")
            for role in Role.allCases {
                let status = try await server.send("POST", Self.path, key: server.key(role), body: file).status
                let may: Set<Role> = [.finance, .approver, .auditor, .admin]
                #expect(status == (may.contains(role) ? 200 : 403), "\(role)")
            }
            #expect(try await server.send("POST", Self.path, body: file).status == 401)
            // An auditor may look, and not import.
            let auditor = try await server.key(.auditor)
            let importing = "/v1/statements?preview=false&account=\(Self.account)"
            #expect(try await server.send("POST", importing, key: auditor, body: file).status == 403)
            let elsewhere = try await server.key(.auditor, locality: "01")
            #expect(try await server.send("POST", Self.path, key: elsewhere, body: file).status == 403)
            for wrong in ["preview=1&account=\(Self.account)", "preview=true", "preview=true&account=1"] {
                let refused = try await server.send("POST", "/v1/statements?\(wrong)", key: auditor, body: file)
                #expect(refused.status == 400, "\(wrong)")
            }
        }
    }

    @Test func `a dry run is answered with the counts of a run and no id`() async throws {
        try await LiveServer.with { server in
            let finance = try await server.key(.finance)
            let imported = "/v1/statements?account=\(Self.account)"
            let file = Self.file("T1,2026-11-21,5,x,", "T2,2026-11-21,7,y,")
            #expect(try await server.send("POST", imported, key: finance, body: file).status == 202)
            let order: JSON = ["account_number": .string(Self.account), "through": "2026-11-21"]
            let rehearsing = JSON.object((order.members ?? []) + [.init("dry_run", true)])
            let answer = try await server.send("POST", "/v1/reconciliations", key: finance, json: rehearsing)
            let rehearsal = try answer.json
            #expect(answer.status == 200 && rehearsal["run_id"] == .null && rehearsal["dry_run"] == true)
            #expect(rehearsal["unmatched"] == 2 && rehearsal["cases_opened"] == 2)
            let run = try await server.send("POST", "/v1/reconciliations", key: finance, json: order)
            #expect(run.status == 201)
            for name in Reconciliation.outcomes { #expect(try run.json[name] == rehearsal[name], "\(name)") }
            let auditor = try await server.key(.auditor)
            #expect(try await server.send("POST", "/v1/reconciliations", key: auditor, json: rehearsing).status == 403)
            let wrong = JSON.object((order.members ?? []) + [.init("dry_run", 1)])
            #expect(try await server.send("POST", "/v1/reconciliations", key: finance, json: wrong).status == 422)
        }
    }
}
