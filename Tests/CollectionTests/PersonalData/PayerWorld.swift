import Casework
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// A payer who has left traces everywhere: his request, the callback, the statement, a case.
struct PayerWorld {
    let sealed: SealedWorld
    let desk: Desk

    static let name = "NGUYEN VAN TRUONG"
    static let identity = "001099012345"
    static let account = "5550001112223"
    static let place = "https://portal.example/ho-so/truong"
    static let contact = "truong@payer.example.vn"
    /// Whatever a dump of the database must not hold once he is erased.
    static let traces = [name, identity, account, place, contact]

    /// Somebody who may erase.
    static let admin = TestPerson.person(40, "Admin")

    static func with(_ body: (PayerWorld) async throws -> Void) async throws {
        try await SealedWorld.with { sealed in
            try await TestPerson.insert(admin, .admin, sealed.services.database)
            try await body(PayerWorld(sealed: sealed, desk: try await Desk(sealed.services)))
        }
    }

    var services: Services { sealed.services }

    /// A request in his name, not paid.
    func request() async throws -> PaymentRequest {
        let made = try await desk.request()
        _ = try await services.database.asOwner(
            """
            update payment_request set payer_name = \(PayerWorld.name), payer_evidence_kind = 'citizen_id',
                payer_evidence_number = \(PayerWorld.identity), return_url = \(PayerWorld.place)
            where id = \(made.id)::uuid
            """
        )
        let wanted = try #require(WantedContact(.email, PayerWorld.contact, in: .vietnamese))
        try await services.messages.add(wanted, to: made.id, from: CallOrigin(address: "203.0.113.9"))
        return made
    }

    /// He pays: a callback tells of it, and a statement that is reconciled shows it.
    func pay(_ request: PaymentRequest, _ id: String, _ amount: Int64 = 10_000) async throws {
        let memo = "\(PayerWorld.name) nop le phi \(request.reference)"
        var row = desk.row(id, amount, [request.reference])
        row.memo = memo
        row.raw = try await services.sealedRaw(#"{"memo": "\#(memo)", "account": "\#(PayerWorld.account)"}"#)
        _ = try await services.settler.settle(row)
        var lines = StatementLines()
        lines.text +=
            CSV.line([
                id, Instant.now().description, Instant.now().day.description, "\(amount)", "VND", PayerWorld.name,
                PayerWorld.account, memo, "",
            ]) + "\n"
        _ = try await lines.imported(into: desk)
        _ = try await services.reconciliation.run(account: desk.account, through: Instant.now().day, by: "test")
    }

    func erase(_ subject: PersonalDataSubject) async throws -> PersonalData.Erased {
        try await services.personalData.erase(
            subject,
            why: "the payer's letter 17 of 30 November",
            by: PayerWorld.admin
        )
    }

    /// Everything in the database, as a backup holds it.
    func dump() async throws -> String {
        let name = try await services.database.query("select current_database()::text").row().get(0, as: String.self)
        return try TestDatabase.cluster.contents(of: name)
    }

    /// Which of the traces a dump holds, as text or as bytes.
    func tracesLeft() async throws -> [String] {
        let dump = try await dump()
        return PayerWorld.traces.filter { trace in
            let bytes = trace.utf8.map { String(format: "%02x", $0) }.joined()
            return dump.contains(trace) || dump.contains(bytes)
        }
    }

    func notice() async throws -> Int64 {
        try await services.database.query("select min(id) from bank_notice").row().get(0)
    }

    func line() async throws -> Int64 {
        try await services.database.query("select min(id) from statement_line").row().get(0)
    }

    /// Two persons pay a case's money back to him; returns the refund, which is approved.
    func askBack(_ id: Int64) async throws -> UUID {
        let payee = Beneficiary(bankBIN: "970436", account: PayerWorld.account, name: PayerWorld.name)
        _ = try await desk.decide(id, .refund(.init(reason: "overpaid", payee: .transfer(payee))))
        return try await services.database.query("select id from refund order by requested_at desc limit 1").row().get(
            0
        )
    }

    /// Two persons end a case that still holds money.
    func writeOff(_ id: Int64) async throws {
        guard try await services.cases.find(id).head.state == .open else { return }
        _ = try await desk.decide(id, .writeOff(amount: nil))
    }
}
