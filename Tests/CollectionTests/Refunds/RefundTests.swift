import Casework
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

@Suite struct RefundTests {
    private let finance = Person(id: "key:finance", name: "Finance")
    private let approver = Person(id: "key:approver", name: "Approver")
    private let payer = Beneficiary(bankBIN: "970436", account: "0011223344", name: "NGUYEN VAN <A> & CON")

    /// A desk whose fees all have one refund policy.
    private static func withDesk(
        policy: String = "always",
        _ body: @Sendable (Desk) async throws -> Void
    ) async throws {
        try await TestDatabase.withServices { services in
            let files = try TestDatabase.demonstrationCatalogue().map { file, bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                // The policy is the last column, and empty there.
                return (file, Array((file == .fees ? text.replacing(",\n", with: ",\(policy)\n") : text).utf8))
            }
            _ = try await services.catalogue.importFiles(files, by: "test")
            try await body(try await Desk(services))
        }
    }

    private func ask(_ desk: Desk, _ request: PaymentRequest, _ amount: Int64? = nil, reason: String = "withdrawn")
        async throws -> Refund
    {
        let draft = RefundDraft(
            source: .request(request.id),
            amount: amount.map { Money($0) },
            reason: reason,
            payee: .transfer(payer)
        )
        let body = try JSON.parse(try await desk.services.refunds.request(draft, by: finance).body)
        return try await desk.services.refunds.find(try #require(UUID(uuidString: body["id"]?.string ?? "")))
    }

    private func approveAndExecute(_ desk: Desk, _ refund: Refund) async throws -> Refund {
        _ = try await desk.services.refunds.approve(refund.id, by: approver)
        return try await desk.services.refunds.execute(refund.id, by: finance)
    }

    private func countedToday(_ desk: Desk) async throws -> Int64 {
        try await desk.services.database.query("select coalesce(sum(paid_requests), 0)::bigint from daily_total").row()
            .get(0)
    }

    @Test func `two persons refund a fee, and its line shows it leaving the bank`() async throws {
        try await Self.withDesk { desk in
            let request = try await desk.request()
            #expect(try await desk.settle("FT1", 10_000, request.reference) == .settled)
            #expect(try await countedToday(desk) == 1)
            let part = try await ask(desk, request, 4000)
            #expect(part.state == .requested && part.amount == Money(4000))
            #expect(
                await desk.refusal { try await desk.services.refunds.approve(part.id, by: finance) }?.code == .forbidden
            )
            #expect(
                await desk.refusal { try await desk.services.refunds.execute(part.id, by: finance) }?.code == .conflict
            )
            #expect(try await approveAndExecute(desk, part).state == .executed)
            #expect(
                await desk.refusal { try await desk.services.refunds.execute(part.id, by: finance) }?.code == .conflict
            )
            let partly = try await desk.find(request.id.text)
            // Money that was given back has not been received.
            #expect(partly.status == .partiallyRefunded && partly.amountRemaining == Money(4000))
            #expect(try await countedToday(desk) == 1)
            try await desk.expectCleanBooks()

            #expect(await desk.refusal { try await ask(desk, request, 6001) }?.code == .invalidBody)
            let rest = try await ask(desk, request)
            #expect(rest.amount == Money(6000))
            _ = try await approveAndExecute(desk, rest)
            let refunded = try await desk.find(request.id.text)
            #expect(refunded.status == .refunded && refunded.amountRefunded == Money(10_000))
            #expect(try await countedToday(desk) == 0)
            try await desk.expectCleanBooks()

            let file = try await desk.services.refunds.paymentFile(account: desk.account, by: finance)
            #expect(file.items.count == 2 && file.total == Money(10_000))
            let again = try await desk.services.refunds.paymentFile(account: desk.account, by: finance)
            #expect(again.messageID == file.messageID && again.text(.pain001) == file.text(.pain001))

            var lines = StatementLines()
            lines.add("FT1", 10_000, "x")
            lines.add("OUT1", -4000, "HOAN PHI \(part.endToEndID.lowercased())")
            lines.add("OUT2", -6000, "tra lai", counterparty: payer.account)
            lines.add("OUT3", -77, "phi dich vu")
            _ = try await lines.imported(into: desk)
            let run = try await desk.services.reconciliation.run(
                account: desk.account,
                through: Instant.now().day,
                by: "test"
            )
            #expect(run.counts?["matched"]?.integer == 3 && run.counts?["unmatched"]?.integer == 1)
            #expect(try await desk.services.refunds.find(part.id).state == .settled)
            #expect(try await desk.services.refunds.find(rest.id).state == .settled)
            #expect(try await desk.balance("refund", desk.account) == 0)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `refunds never exceed what was received, however many are requested at once`() async throws {
        try await Self.withDesk { desk in
            let request = try await desk.request()
            _ = try await desk.settle("FT1", 10_000, request.reference)
            _ = try await desk.settle("FT2", 10_000, request.reference)
            let granted = await withTaskGroup(of: Int64.self) { group in
                for _ in 0..<16 {
                    group.addTask { (try? await self.ask(desk, request, 3000))?.amount.dong ?? 0 }
                }
                return await group.reduce(0, +)
            }
            #expect(granted == 18_000)
            #expect(try await ask(desk, request).amount == Money(2000))
            #expect(await desk.refusal { try await ask(desk, request) }?.code == .invalidBody)
            try await desk.expectCleanBooks()
            // The database forbids it too.
            await #expect(throws: PostgresError.self) {
                try await desk.services.database.asOwner(
                    "update payment_request set fee_refund_claimed = 10001 where id = \(request.id)::uuid"
                )
            }
        }
    }

    @Test func `what is rejected may be claimed again`() async throws {
        try await Self.withDesk { desk in
            let request = try await desk.request()
            _ = try await desk.settle("FT1", 10_000, request.reference)
            _ = try await desk.settle("FT2", 10_000, request.reference)
            let all = try await ask(desk, request)
            #expect(all.amount == Money(20_000) && all.parts.count == 2)
            #expect(try await desk.cases("overpaid").isEmpty)
            _ = try await desk.services.refunds.reject(all.id, note: "another way", by: approver)
            #expect(try await desk.cases("overpaid").count == 1)
            let again = try await ask(desk, request)
            #expect(again.amount == Money(20_000))
            _ = try await approveAndExecute(desk, again)
            #expect(try await desk.find(request.id.text).amountRefunded == Money(20_000))
            try await desk.expectCleanBooks()
        }
    }

    @Test func `policies hold for fees and not for what was never owed`() async throws {
        for (policy, reason, allowed) in [
            ("never", "withdrawn", 5000), ("never", "not_eligible", 5000), ("not_eligible", "withdrawn", 5000),
            ("not_eligible", "not_eligible", 15_000), ("always", "withdrawn", 15_000),
        ] as [(String, String, Int64)] {
            try await Self.withDesk(policy: policy) { desk in
                let request = try await desk.request()
                _ = try await desk.settle("FT1", 10_000, request.reference)
                _ = try await desk.settle("FT2", 5000, request.reference)
                #expect(try await ask(desk, request, reason: reason).amount == Money(allowed), "\(policy) \(reason)")
                if allowed == 5000 {
                    let told = await desk.refusal { try await ask(desk, request, 1, reason: reason) }
                    #expect(told?.faults.first?.reason.english.contains("refund") == true)
                }
                try await desk.expectCleanBooks()
            }
        }
    }

    @Test func `the payment file is well formed whatever a payer's name is`() async throws {
        try await Self.withDesk { desk in
            let request = try await desk.request()
            _ = try await desk.settle("FT1", 10_000, request.reference)
            let refund = try await approveAndExecute(desk, try await ask(desk, request))
            let file = try await desk.services.refunds.paymentFile(account: desk.account, by: finance)
            let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).xml"
            defer { unlink(path) }
            try file.text(.pain001).write(toFile: path, atomically: true, encoding: .utf8)
            let script = """
                import sys, xml.etree.ElementTree as T
                r = T.parse(sys.argv[1]).getroot()
                n = {'p': r.tag.split('}')[0][1:]}
                t = r.find('.//p:CdtTrfTxInf', n)
                print(n['p'], r.find('.//p:NbOfTxs', n).text, r.find('.//p:CtrlSum', n).text,
                    t.find('.//p:EndToEndId', n).text, t.find('.//p:InstdAmt', n).attrib['Ccy'],
                    t.find('.//p:InstdAmt', n).text, t.find('.//p:Cdtr/p:Nm', n).text, sep='|')
                """
            let printed = try OtherProgram.run("python3", ["-c", script, path])
            let said = String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            let fields = said.split(separator: "|").map(String.init)
            #expect(fields.first?.hasPrefix("urn:iso:std:iso:20022:tech:xsd:pain.001") == true)
            #expect(Array(fields.dropFirst().prefix(5)) == ["1", "10000", refund.endToEndID, "VND", "10000"])
            #expect(fields.last?.contains("NGUYEN VAN") == true)
        }
    }
}
