import Collection
import FeeSchedule
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// The catalogue brought by one person and put in force by another.
@Suite struct ConsoleCatalogueTests {
    private static let path = "/console/operations/catalogue"

    /// The fees in force with another price for permanent residence.
    private static func fees(_ server: LiveServer, _ change: (String) -> String) async throws -> [UInt8] {
        let files = try await server.services.catalogue.export()
        return Array(change(try #require(files.first { $0.file == .fees }).text).utf8)
    }

    private static func dearer(_ text: String) -> String {
        text.split(separator: "\n").map { line in
            line.contains(",1.004222,") ? String(line.replacing(",20000,", with: ",30000,")) : String(line)
        }.joined(separator: "\n") + "\n"
    }

    private static func version(_ server: LiveServer) async throws -> Int32 {
        try await server.services.catalogue.version()
    }

    @Test func `a price is proposed, rehearsed, and put in force by another person once`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            // Two payments of last month.
            let asked = try await desk.ask(2)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let last = Instant.now().day.adding(days: -Instant.now().day.components.day)
            try await server.services.database.scriptUnguarded(
                """
                update payment_request set channel = 'counter_qr';
                insert into payment_request_event (payment_request_id, event, to_status, amount_received, paid_on, agency_code)
                select id, 'pay', 'paid', amount_due, '\(last)', agency_code from payment_request;
                """
            )
            let before = try await Self.version(server)
            let admin = try await desk.visitor(.admin, name: "Quân")
            let page = try await admin.get(Self.path)
            let changed = try await Self.fees(server, Self.dearer)
            let sent = try await admin.drop([("fees.csv", changed)], csrf: page.csrf, at: Self.path)
            #expect(sent.status == 303, "\(sent.text)")
            let address = try #require(sent.location)
            #expect(address == Self.path + "/proposals/1?done=proposed")
            let own = try await admin.get(address)
            #expect(own.text.contains("1 prices changed"), "\(own.text)")
            #expect(own.text.contains(/amount: 20,000.₫ → 30,000.₫/), "\(own.text)")
            // Two payments at the counter: 40.000 by what is in force, 60.000 by the proposal.
            for sum in ["40,000 ₫", "60,000 ₫", "+20,000 ₫"] { #expect(own.text.contains(sum), "\(own.text)") }
            #expect(!own.text.contains("/adopt\""))
            #expect(try await Self.version(server) == before)
            let mine = try await admin.post(Self.path + "/proposals/1/adopt", ["csrf": own.csrf])
            #expect(mine.status == 403)
            let first = try await desk.visitor(.approver, name: "Minh")
            #expect(try await first.get("/console").text.contains("catalogues for you to put in force"))
            let second = try await desk.visitor(.approver, name: "Hoa")
            let (one, other) = (
                try await first.get(Self.path + "/proposals/1"), try await second.get(Self.path + "/proposals/1")
            )
            // Both at once: one puts it in force, the other is told so.
            async let left = first.post(Self.path + "/proposals/1/adopt", ["csrf": one.csrf, "note": "NQ 12"])
            async let right = second.post(Self.path + "/proposals/1/adopt", ["csrf": other.csrf])
            let answers = try await [left, right]
            #expect(answers.map(\.status).sorted() == [303, 409], "\(answers.map(\.text))")
            #expect(answers.contains { $0.text.contains("has put this in force already") })
            #expect(try await Self.version(server) == before + 1)
            let history = try await admin.get(Self.path + "/\(before + 1)")
            #expect(history.status == 200 && history.text.contains("amount: 30000"))
        }
    }

    @Test func `the database itself lets nobody put in force what they brought`() async throws {
        try await LiveServer.with { server in
            let proposal = try await server.services.catalogueProposals.propose(
                [(file: .fees, bytes: try await Self.fees(server, Self.dearer))],
                note: nil,
                by: TestPerson.approver
            )
            await #expect(throws: (any Error).self) {
                _ = try await server.services.database.query(
                    """
                    insert into catalogue_decision (proposal_id, proposer, decided_by, decided_by_name, version)
                    select id, proposed_by_person, proposed_by, 'x', 1 from catalogue_proposal
                    where id = \(proposal.id)::bigint
                    """
                )
            }
        }
    }

    @Test func `faults are told by line, and what changes nothing or is no file of it is refused`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance)
            let csrf = try await clerk.get(Self.path).csrf
            let faulty = try await Self.fees(server) { $0.replacing(",20000,", with: ",hai mươi,") }
            let told = try await clerk.drop([("fees.csv", faulty)], csrf: csrf, at: Self.path)
            #expect(told.status == 422 && told.text.contains("fees.csv:"), "\(told.status) \(told.text)")
            #expect(told.text.contains("hai mươi"))
            let same = try await Self.fees(server) { $0 }
            let nothing = try await clerk.drop([("fees.csv", same)], csrf: csrf, at: Self.path)
            #expect(nothing.status == 409 && nothing.text.contains("nothing to propose"))
            let other = try await clerk.drop([("gia.csv", same)], csrf: csrf, at: Self.path)
            #expect(other.status == 422 && other.text.contains("fees.csv"))
            let twice = try await clerk.drop([("fees.csv", same), ("fees.csv", same)], csrf: csrf, at: Self.path)
            #expect(twice.status == 422)
            #expect(try await server.services.catalogueProposals.list(limit: 10).isEmpty)
            let auditor = try await desk.visitor(.auditor)
            let read = try await auditor.get(Self.path)
            #expect(read.status == 200 && !read.text.contains("name=\"files\""))
            #expect(try await auditor.drop([("fees.csv", same)], csrf: read.csrf, at: Self.path).status == 403)
        }
    }

    @Test func `what was compared with an older catalogue is not put in force, and may be withdrawn`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let csrf = try await clerk.get(Self.path).csrf
            let changed = try await Self.fees(server, Self.dearer)
            _ = try await clerk.drop([("fees.csv", changed)], csrf: csrf, at: Self.path)
            let later = try await Self.fees(server) { $0.replacing(",50000,", with: ",55000,") }
            _ = try await server.services.catalogue.importFiles([(file: .fees, bytes: later)], by: "test")
            let approver = try await desk.visitor(.approver)
            let page = try await approver.get(Self.path + "/proposals/1")
            #expect(page.text.contains("has changed since") && !page.text.contains("/adopt\""))
            let late = try await approver.post(Self.path + "/proposals/1/adopt", ["csrf": page.csrf])
            #expect(late.status == 409)
            let bare = try await clerk.post(Self.path + "/proposals/1/reject", ["csrf": csrf])
            #expect(bare.status == 422)
            let done = try await clerk.post(Self.path + "/proposals/1/reject", ["csrf": csrf, "note": "nhầm tệp"])
            #expect(done.status == 303)
            let again = try await approver.post(
                Self.path + "/proposals/1/reject",
                ["csrf": page.csrf, "note": "cũ"]
            )
            #expect(again.status == 409 && again.text.contains("has turned this down already"))
        }
    }
}
