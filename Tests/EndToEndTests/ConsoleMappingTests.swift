import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// A table that nothing knows, from the file that was dropped to the statement that is read by the stored mapping.
@Suite struct ConsoleMappingTests {
    private static let choices = [
        "set": "1", "account": ConsoleDesk.account, "date": "dd/MM/yyyy", "debits": "positive", "header": "1",
        "c0": "booked_at", "c1": "transaction_id", "c2": "debit", "c3": "credit",
    ]
    private static let whole = choices.merging(["c4": "balance", "c5": "memo"]) { $1 }

    static func table(_ mark: String = "A", opening: Int64 = 1_000_000, hasBalances: Bool = true) -> String {
        var balance = opening
        let rows = [(3, "1", 100_000), (3, "2", -50_000), (2, "3", 30_000)].map { ago, id, amount -> String in
            balance += Int64(amount)
            let day = Instant.now().adding(seconds: Int64(-ago) * 86_400).day.formatted
            let (out, into) = (amount < 0 ? Money(50_000).grouped : "", amount > 0 ? Money(Int64(amount)).grouped : "")
            let left = hasBalances ? ";" + Money(balance).grouped : ""
            return "\(day);GD\(mark)000\(id);\(out);\(into)\(left);nop phi ho so \(id)"
        }
        let head = "Ngày;Mã;Chi;Thu" + (hasBalances ? ";Còn lại" : "") + ";Diễn nghĩa"
        return (["Số tài khoản;\(ConsoleDesk.account)", head] + rows).joined(separator: "\n") + "\n"
    }

    private static func query(_ fields: [String: String]) -> String {
        "?"
            + fields.map { "\($0.key)=\($0.value.replacing("/", with: "%2F").replacing(" ", with: "+"))" }
            .joined(separator: "&")
    }

    private func wizard(_ page: PageVisitor.Page) throws -> String {
        let found = page.text.firstMatch(of: /href="(\/console\/statements\/mappings\/new\/[^"]+)"/)
        return String(try #require(found, "\(page.text)").1)
    }

    @Test func `an unknown table is described, proven, stored, and the statement imported with it`() async throws {
        try await LiveServer.with { server in
            let clerk = try await ConsoleDesk(server: server).visitor(.finance, name: "Lan")
            let csrf = try await clerk.get("/console/statements").csrf
            let unknown = try await clerk.drop([("la.csv", Self.table())], csrf: csrf)
            #expect(unknown.text.contains("No layout reads this table"))
            let place = try wizard(unknown)
            let guessed = try await clerk.get(place)
            #expect(guessed.status == 200 && guessed.text.contains("Choose the account of the file"), "\(guessed.text)")
            #expect(guessed.text.contains("<option value=\"credit\" selected>") && guessed.text.contains("GDA0001"))
            let read = try await clerk.get(place + Self.query(Self.whole))
            #expect(read.text.contains("The balances prove the columns of money"), "\(read.text)")
            #expect(read.text.contains("3 lines; credits 130,000") || read.text.contains("130.000"))
            var form = Self.whole.merging(["csrf": read.csrf, "scope": "account", "title": "Ngân hàng lạ"]) { $1 }
            for (name, told) in [
                ("", "Name: is missing"), ("vietcombank", "built in"), ("Có Dấu", "lowercase letters"),
            ] {
                form["name"] = name
                let refused = try await clerk.post(place, form)
                #expect(refused.status == 422 && refused.text.contains(told), "\(name): \(refused.text)")
                #expect(refused.text.contains("value=\"Ngân hàng lạ\""))
            }
            form["name"] = "ngan-hang-la"
            let saved = try await clerk.post(place, form)
            let preview = try await clerk.get(try #require(saved.location, "\(saved.text)"))
            #expect(preview.text.contains("ngan-hang-la") && preview.text.contains("Import and reconcile"))
            let token = try #require(preview.text.firstMatch(of: /name="token" value="([^"]+)"/)).1
            let imported = try await clerk.post(
                "/console/statements/import",
                ["csrf": preview.csrf, "token": String(token), "account": ConsoleDesk.account]
            )
            // What takes long is shown on a page of its own meanwhile.
            #expect(imported.status == 303, "\(imported.text)")
            try await until("it is imported") { try await clerk.get("/console/statements/1").status == 200 }
            let statement = try await clerk.get("/console/statements/1")
            #expect(statement.text.contains("ngan-hang-la, version 1"))
            #expect(try await clerk.get("/console/statements/mappings/1").text.contains("prove the columns of money"))
            let file = try await clerk.get("/console/statements/mappings/1/mapping.json")
            #expect(try JSON.parse(file.bytes)["columns"]?["debit"] == ["Chi"])
            // The next day's file is read without a word.
            let next = try await clerk.drop([("la.csv", Self.table("B", opening: 1_080_000))], csrf: csrf)
            #expect(next.text.contains("ngan-hang-la") && !next.text.contains("No layout reads"), "\(next.text)")
        }
    }

    @Test func `choices that cannot be are told, and nothing is stored`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let list = try await clerk.get("/console/statements/mappings")
            let path = "/console/statements/mappings/look"
            let place = try #require(
                try await clerk.drop([("la.csv", Array(Self.table().utf8))], csrf: list.csrf, at: path).location
            )
            for (changes, told) in [
                (["c2": "amount", "c3": "amount"], "two columns, 3 and 4"),
                (["c0": "memo", "c5": "booked_at"], "nop phi"),
                (["c2": ""], "must have either amount"), (["c9": "fee"], "has only 6"),
                (["c2": "geld"], "must be one of"),
                (["date": "yyyy-MM-dd"], "What cannot be read"), (["date": "ngày"], "is not a pattern"),
                (["c2": "credit", "c3": "debit"], "does not follow"),
            ] as [([String: String], String)] {
                let fields = Self.whole.merging(changes) { $1 }
                let page = try await clerk.get(place + Self.query(fields))
                #expect(page.status == 200 && page.text.contains(told), "\(told): \(page.text)")
                #expect(!page.text.contains("id=\"scope\""), "\(told)")
                let sent = fields.merging(["csrf": list.csrf, "name": "la", "title": "Lạ"]) { $1 }
                #expect(try await clerk.post(place, sent).status == 422, "\(told)")
            }
            let others = try await clerk.get(place + "?set=1&account=9999")
            #expect(others.status == 403)
            for (bytes, status, told) in [
                (Array("%PDF-1.7".utf8), 422, "no table"), ([0x50, 0x4B, 3, 4, 0], 422, "ZIP"),
                (Array("a;b\nc;d\n".utf8), 200, "no row has a date"),
                ([UInt8](repeating: 0x3B, count: (16 << 20) + 1), 413, "16 MiB"),
            ] as [([UInt8], Int, String)] {
                let sent = try await clerk.drop([("la.csv", bytes)], csrf: list.csrf, at: path)
                let page = if let location = sent.location { try await clerk.get(location) } else { sent }
                #expect(page.status == status && page.text.contains(told), "\(told): \(page.status) \(page.text)")
            }
            // Another person has no hold of the file, and an auditor none of the form.
            let other = try await desk.visitor(.finance, name: "Hoa")
            #expect(try await other.get(place).status == 404)
            let auditor = try await desk.visitor(.auditor, name: "Kiểm")
            #expect(try await auditor.get(place).status == 403)
            #expect(try await !auditor.get("/console/statements/mappings").text.contains("mappings/look"))
            #expect(try await server.services.statementMappings.list().isEmpty)
        }
    }

    @Test func `what no balance proves counts when another person has seen it read a file`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let csrf = try await clerk.get("/console/statements").csrf
            let text = Self.table(hasBalances: false)
            let place = try wizard(try await clerk.drop([("la.csv", text)], csrf: csrf))
            let fields = Self.choices.merging(["c4": "memo", "name": "la", "title": "Lạ", "csrf": csrf]) { $1 }
            let saved = try await clerk.post(place, fields)
            #expect(saved.location == "/console/statements/mappings/1?done=waits", "\(saved.text)")
            let own = try await clerk.get("/console/statements/mappings/1")
            #expect(own.text.contains("awaits another person") && !own.text.contains("mappings/1/try"))
            let still = try await clerk.drop([("la.csv", text)], csrf: csrf)
            #expect(still.text.contains("No layout reads"))
            let approver = try await desk.visitor(.approver, name: "Nam")
            let shown = try await approver.get("/console/statements/mappings/1")
            #expect(shown.text.contains("mappings/1/try") && !shown.text.contains("mappings/1/accept"))
            let blind = try await approver.post("/console/statements/mappings/1/accept", ["csrf": shown.csrf])
            #expect(blind.status == 404)
            let tried = try await approver.drop(
                [("la.csv", Array(text.utf8))],
                csrf: shown.csrf,
                at: "/console/statements/mappings/1/try"
            )
            let seen = try await approver.get(try #require(tried.location, "\(tried.text)"))
            #expect(seen.text.contains("nop phi ho so 2"), "\(seen.text)")
            let token = try #require(seen.text.firstMatch(of: /name="file" value="([^"]+)"/)).1
            let form = ["csrf": seen.csrf, "file": String(token)]
            let accepted = try await approver.post("/console/statements/mappings/1/accept", form)
            #expect(accepted.location == "/console/statements/mappings/1?done=accepted", "\(accepted.text)")
            let read = try await clerk.drop([("la.csv", text)], csrf: csrf)
            #expect(!read.text.contains("No layout reads") && read.text.contains("la"), "\(read.text)")
            let bare = try await approver.post("/console/statements/mappings/1/end", ["csrf": shown.csrf, "note": " "])
            #expect(bare.status == 422)
            let note = ["csrf": shown.csrf, "note": "ngân hàng đổi mẫu"]
            let ended = try await approver.post("/console/statements/mappings/1/end", note)
            #expect(ended.location == "/console/statements/mappings/1?done=ended")
            #expect(try await clerk.drop([("la.csv", text)], csrf: csrf).text.contains("No layout reads"))
        }
    }

    @Test func `headings in two rows and a column of marks are guessed, can be said, and are read when stored`()
        async throws
    {
        @Sendable func table(_ first: Int64, _ mark: String) -> String {
            var balance = first
            let rows = [(3, "1", 100_000), (3, "2", -50_000), (2, "3", 30_000)].map { ago, id, amount -> String in
                balance += Int64(amount)
                let day = Instant.now().adding(seconds: Int64(-ago) * 86_400).day.formatted
                let sign = amount < 0 ? "H" : "G"
                return "\(day);GD\(mark)\(id)000;\(sign);\(abs(amount));\(balance);nop phi ho so \(id)"
            }
            let head = ["Ngày;Giao dịch;;;Số dư;Diễn nghĩa", ";Mã;Loại;Số tiền;;"]
            return (["Số tài khoản;\(ConsoleDesk.account)"] + head + rows).joined(separator: "\n") + "\n"
        }
        try await LiveServer.with { server in
            let clerk = try await ConsoleDesk(server: server).visitor(.finance, name: "Lan")
            let csrf = try await clerk.get("/console/statements").csrf
            let place = try wizard(try await clerk.drop([("la.csv", table(1_000_000, "A"))], csrf: csrf))
            let guessed = try await clerk.get(place)
            #expect(guessed.text.contains("<option value=\"2\" selected>two"), "\(guessed.text)")
            #expect(guessed.text.contains("Giao dịch Loại"))
            // Nobody knows these marks: the person says them.
            var fields = [
                "set": "1", "account": ConsoleDesk.account, "date": "dd/MM/yyyy", "debits": "positive", "header": "2",
                "rows": "2", "c0": "booked_at", "c1": "transaction_id", "c2": "sign", "c3": "amount", "c4": "balance",
                "c5": "memo",
            ]
            #expect(try await clerk.get(place + Self.query(fields)).text.contains("marks of credits and of debits"))
            (fields["credit"], fields["debit"]) = ("G", "H")
            let read = try await clerk.get(place + Self.query(fields))
            #expect(read.text.contains("The balances prove the columns of money"), "\(read.text)")
            #expect(read.text.contains("name=\"credit\" value=\"G\"") && read.text.contains("3 lines; credits 130"))
            let form = fields.merging(["csrf": read.csrf, "scope": "account", "title": "Lạ", "name": "la-hai"]) { $1 }
            let saved = try await clerk.post(place, form)
            #expect(saved.location?.hasPrefix("/console/statements/preview/") == true, "\(saved.text)")
            let stored = try await clerk.get("/console/statements/mappings/1")
            #expect(stored.text.contains("Marks of debits") && stored.text.contains("<dd>H</dd>"), "\(stored.text)")
            let json = try JSON.parse(try await clerk.get("/console/statements/mappings/1/mapping.json").bytes)
            #expect(json["header_rows"] == 2 && json["signs"]?["debit"] == ["H"], "\(json.serialized)")
            // The next file is read by it without a word.
            let next = try await clerk.drop([("la.csv", table(1_080_000, "B"))], csrf: csrf)
            #expect(next.text.contains("la-hai") && !next.text.contains("No layout reads"), "\(next.text)")
        }
    }
}
