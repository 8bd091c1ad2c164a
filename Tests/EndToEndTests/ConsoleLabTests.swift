import BankCallbacks
import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// The lab in the console: what a bank's engineer is told, and what nobody is.
@Suite struct ConsoleLabTests {
    /// A callback of the bank as it goes over the wire, signed by a program that shares no code with the lab.
    private static func captured(secret: String, body: String, line: String = "\n") async throws -> String {
        let job: JSON = [
            "profile": "standard", "secret": .string(secret), "body": .string(body), "id": "msg_1",
            "time": .integer(Instant.now().unixSeconds),
        ]
        let program = Repository.root + "/Fixtures/signatures/sign.py"
        let output = try await OtherProgram.aside {
            try OtherProgram.run("python3", [program], input: Data((job.serialized + "\n").utf8))
        }
        let headers = try JSON.parse(Array(output))["headers"]?.members ?? []
        let head = headers.map { "\($0.name): \($0.value.string ?? "")" }.joined(separator: line)
        return ["POST /v1/callbacks/bank HTTP/1.1", "Host: khop.test", head, "", body].joined(separator: line)
    }

    private static let occurred = Instant.now()

    private static func body(pretty: Bool = false) -> String {
        let content: JSON = [
            "transaction_id": "FT-1", "amount": 10_000, "currency": "VND", "account_number": .string(PayDesk.account),
            "direction": "credit", "status": "success", "occurred_at": .text(occurred),
            "memo": "ck RF18539007547034",
        ]
        return pretty ? content.pretty : content.serialized
    }

    /// Sends the form as a browser does: all line ends of a field as CRLF.
    private static func send(
        _ visitor: PageVisitor,
        _ fields: [(name: String, value: String)],
        file: [UInt8]? = nil
    ) async throws -> PageVisitor.Page {
        let csrf = try await visitor.get("/console/lab").csrf
        var body = Data()
        for (name, value) in [(name: "csrf", value: csrf)] + fields {
            let text = value.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
            body += Data("--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(text)\r\n".utf8)
        }
        if let file {
            body += Data("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n".utf8)
            body += Data(file) + Data("\r\n".utf8)
        }
        body += Data("--edge--\r\n".utf8)
        return try await visitor.send("/console/lab", body, type: "multipart/form-data; boundary=edge")
    }

    @Test func `a right callback, a wrong secret and a rewritten body are told apart, and no secret is shown`()
        async throws
    {
        try await PayDesk.with { desk in
            let secret = TestSecret.standard()
            let clerk = try await ConsoleDesk(server: desk.server).visitor(.finance)
            let form = try await clerk.get("/console/lab")
            #expect(form.status == 200 && form.text.contains("bank · standard · \(PayDesk.account)"))
            let right = try await Self.captured(secret: secret, body: Self.body(pretty: true))
            let rewritten = right.replacing(Self.body(pretty: true), with: Self.body())
            let cases: [(message: String, verdict: String, code: String?)] = [
                (right, "this callback would be taken", nil),
                (
                    try await Self.captured(secret: TestSecret.standard(9), body: Self.body()), "does not hold",
                    "wrong_secret"
                ),
                (rewritten.replacing("\"amount\":10000", with: "\"amount\": 10000"), "does not hold", nil),
            ]
            for (message, verdict, code) in cases {
                let sent = try await Self.send(clerk, [("as", "connection:bank"), ("message", message)])
                let path = try #require(sent.location, "\(sent.status) \(sent.text)")
                let page = try await clerk.get(path)
                #expect(page.text.contains(verdict), "\(verdict): \(page.text)")
                if let code { #expect(page.text.contains(code), "\(page.text)") }
                let json = try JSON.parse(Array(try await clerk.get(path + "/report.json").text.utf8))
                #expect(json["connection"] == "bank" && json["profile"] == "standard")
                #expect(json["accepted"]?.bool == (verdict == "this callback would be taken"))
                let pdf = try await clerk.get(path + "/report.pdf")
                let words = String(
                    decoding: try await OtherProgram.aside {
                        try OtherProgram.run("pdftotext", ["-", "-"], input: Data(pdf.bytes))
                    },
                    as: UTF8.self
                )
                #expect(
                    words.contains("standard") && words.contains(json["sha256"]?.string?.prefix(10) ?? "?"),
                    "\(words)"
                )
                let shown = page.text + json.serialized + words
                #expect(!shown.contains(secret) && !shown.contains(secret.dropFirst(6)))
                // Nobody else sees it, and it is not booked.
                let other = try await ConsoleDesk(server: desk.server).visitor(.finance, name: "Khác")
                #expect(try await other.get(path).status == 404)
            }
            let notices = try await desk.server.services.database.query("select count(*) from bank_notice")
            #expect(try notices.row().get(0, as: Int.self) == 0)
            let entries = try await desk.server.services.database.query(
                "select subject, detail from audit_entry where action = 'lab.check'"
            )
            #expect(entries.count == 3)
            #expect(try entries.first?.get(1, as: JSON.self)["sha256"]?.string?.count == 64)
        }
    }

    @Test func `a secret that is typed is used once and comes back nowhere`() async throws {
        try await PayDesk.with { desk in
            let admin = try await ConsoleDesk(server: desk.server).visitor(.admin)
            let secret = TestSecret.standard(5)
            let message = try await Self.captured(secret: secret, body: Self.body())
            let fields = [("as", "profile:standard"), ("message", message), ("secret", secret)]
            let sent = try await Self.send(admin, fields)
            let page = try await admin.get(try #require(sent.location, "\(sent.text)"))
            #expect(page.text.contains("would be taken") && !page.text.contains(secret), "\(page.text)")
            // A form that is refused comes back with what was typed, but for the secret.
            for (name, value, status) in [
                ("at", "hôm qua", 400), ("secret", "whsec_***", 400), ("as", "profile:x", 400),
            ] {
                let refused = try await Self.send(admin, fields.filter { $0.0 != name } + [(name, value)])
                #expect(
                    refused.status == status && refused.text.contains("RF18539007547034"),
                    "\(name): \(refused.status)"
                )
                #expect(!refused.text.contains(secret) && !refused.text.contains("whsec_***"), "\(name)")
            }
            #expect(try await Self.send(admin, [("as", "profile:standard"), ("message", " ")]).status == 422)
            let large = String(repeating: "x", count: 300_000)
            #expect(try await Self.send(admin, [("as", "profile:standard"), ("message", large)]).status == 422)
            let audit = try await desk.server.services.database.query(
                "select coalesce(string_agg(detail::text || subject, ' '), '') from audit_entry"
            ).row().get(0, as: String.self)
            #expect(!audit.contains(secret))
        }
    }

    @Test func `a file is examined byte by byte, and a pasted text by either line end`() async throws {
        try await PayDesk.with { desk in
            let clerk = try await ConsoleDesk(server: desk.server).visitor(.finance)
            for line in ["\n", "\r\n"] {
                let body = Self.body(pretty: true).replacing("\n", with: line)
                let message = try await Self.captured(secret: TestSecret.standard(), body: body, line: line)
                let pasted = try await Self.send(clerk, [("as", "connection:bank"), ("message", message)])
                let dropped = try await Self.send(clerk, [("as", "connection:bank")], file: Array(message.utf8))
                for sent in [pasted, dropped] {
                    let page = try await clerk.get(try #require(sent.location, "\(sent.text)"))
                    #expect(page.text.contains("would be taken"), "\(page.text)")
                }
            }
        }
    }

    @Test func `who may not try messages may read the form alone, and others not even that`() async throws {
        try await PayDesk.with { desk in
            let console = ConsoleDesk(server: desk.server)
            let auditor = try await console.visitor(.auditor, name: "Kiểm")
            #expect(try await auditor.get("/console/lab").status == 200)
            #expect(try await Self.send(auditor, [("as", "connection:bank"), ("message", "{}")]).status == 403)
            let cashier = try await console.visitor(.cashier, name: "Quầy")
            #expect(try await cashier.get("/console/lab").status == 403)
        }
    }
}
