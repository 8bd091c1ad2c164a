import Collection
import Foundation
import TestSupport
import Testing
import Values

/// A payment looked up without its link.
@Suite struct LookUpTests {
    private static func look(_ desk: PayDesk, _ fields: [String: String]) async throws -> PageVisitor.Page {
        try await PageVisitor(desk.server.baseURL).post("/lookup?lang=en", fields)
    }

    @Test func `a reference, or a dossier with its payer, finds the state and no link`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await desk.pay(10_000, asked.reference, id: "9")
            // However it is written.
            let reference = asked.reference.lowercased()
            let spaced = reference.prefix(4) + " " + reference.dropFirst(4)
            for fields in [
                ["reference": String(spaced)], ["dossier": "H44-26-0001", "payer": "NGUYEN VAN AN"],
                ["dossier": " H44-26-0001 ", "payer": "nguyễn văn an"],
            ] {
                let found = try await Self.look(desk, fields)
                #expect(found.status == 200 && found.text.contains("<h2>Paid</h2>"), "\(fields)")
                #expect(found.text.contains(asked.reference) && !found.text.contains(asked.path))
                #expect(!found.text.contains("FT-9"))
            }
        }
    }

    @Test func `what does not fit is answered as what does not exist`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            var last = asked.reference
            last.removeLast()
            last += asked.reference.hasSuffix("0") ? "1" : "0"
            func answer(_ dossier: String, _ payer: String) async throws -> String {
                try await Self.look(desk, ["dossier": dossier, "payer": payer]).text
                    .replacing(dossier, with: "D").replacing(payer, with: "P")
            }
            let other = try await answer("H44-26-0001", "Trần Thị Bình")
            #expect(other.contains("No payment matches this"))
            #expect(try await answer("H44-99-9999", "Lê Văn Cường") == other)
            // A reference with one letter wrong is none, and is said to be wrong; half of the answer is asked for.
            let wrong = try await Self.look(desk, ["reference": last]).text
            #expect(wrong.contains("A character of this reference is wrong"), "\(last)")
            for fields in [["dossier": "H44-26-0001"], ["payer": "Nguyễn Văn An"], [:]] {
                #expect(try await Self.look(desk, fields).text.contains("Enter the payment reference"), "\(fields)")
            }
        }
    }

    @Test func `who guesses is held up`() async throws {
        try await TestDatabase.withServices(
            options: {
                var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
                options.limits.attemptsPerMinute = 3
                return options
            }()
        ) { services in
            try await LiveServer.over(services) { server in
                let visitor = PageVisitor(server.baseURL)
                var statuses: [Int] = []
                for number in 0..<5 {
                    let fields = ["dossier": "D\(number)", "payer": "Nguyễn Văn An"]
                    statuses.append(try await visitor.post("/lookup", fields).status)
                }
                #expect(statuses == [200, 200, 200, 429, 429])
            }
        }
    }
}
