import Casework
import Collection
import Foundation
import PaymentQR
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// Where a refund goes, and who carries it to the bank.
@Suite struct RefundPayeeTests {
    private static let finance = TestPerson.finance
    private static let approver = TestPerson.approver
    private static let treasurer = TestPerson.treasurer
    private static let payer = Beneficiary(bankBIN: "970436", account: "0011223344", name: "NGUYEN VAN A")

    private static func with(_ body: @Sendable (Desk) async throws -> Void) async throws {
        try await TestDatabase.withServices { services in try await body(try await Desk(services)) }
    }

    /// A request that was paid twice: 10.000 of it are an excess, which always goes back.
    private func paidTwice(_ desk: Desk, _ mark: String) async throws -> PaymentRequest {
        let request = try await desk.request()
        _ = try await desk.settle(mark + "-1", 10_000, request.reference)
        _ = try await desk.settle(mark + "-2", 10_000, request.reference)
        return request
    }

    private func ask(
        _ desk: Desk,
        _ source: RefundDraft.Source,
        _ payee: RefundPayee?,
        _ amount: Int64? = 10_000
    ) async throws -> Refund {
        let draft = RefundDraft(source: source, amount: amount.map { Money($0) }, reason: "overpaid", payee: payee)
        let body = try JSON.parse(try await desk.services.refunds.request(draft, by: Self.finance).body)
        return try await desk.services.refunds.find(try #require(UUID(uuidString: body["id"]?.string ?? "")))
    }

    @Test func `a refund without a payee is listed as such and never approved`() async throws {
        try await Self.with { desk in
            let refunds = desk.services.refunds
            let request = try await paidTwice(desk, "A")
            let asked = try await ask(desk, .request(request.id), nil)
            #expect(asked.json(in: .english)["decision"]?["code"] == "refund_without_payee")
            let refused = await desk.refusal { try await refunds.approve(asked.id, by: Self.approver) }
            #expect(refused?.code == .conflict && refused?.reason?.code == .refundWithoutPayee)
            let named = await desk.refusal { try await refunds.approve(asked.id, by: Self.approver, namesPayee: true) }
            #expect(named?.code == .invalidBody && named?.faults.first?.pointer == "/beneficiary")
            _ = try await refunds.reject(asked.id, note: "nobody to pay", by: Self.approver)
            let again = try await ask(desk, .request(request.id), .transfer(Self.payer))
            #expect(again.json(in: .english)["decision"]?["code"] == "money_goes_back")
            #expect(try await refunds.approve(again.id, by: Self.approver).state == .approved)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `no row gets past approval without a payee, whoever writes it`() async throws {
        try await Self.with { desk in
            let request = try await paidTwice(desk, "A")
            let asked = try await ask(desk, .request(request.id), nil)
            let approved = """
                update refund set state = 'approved', approved_by = '\(TestPerson.approver.id)', approved_by_name = 'X', approved_at = now()
                where id = $1::uuid
                """
            let error = await #expect(throws: PostgresError.self) {
                _ = try await desk.services.database.query(Query(trustedSQL: approved, binding: [asked.id]))
            }
            #expect(error?.constraint == "refund_payee_check")
            let paid = try await ask(desk, .request(request.id), .transfer(Self.payer), 10_000)
            let elsewhere = await #expect(throws: PostgresError.self) {
                _ = try await desk.services.database.asOwner(
                    "update refund set beneficiary_account = '9999999999' where id = \(paid.id)::uuid"
                )
            }
            #expect(elsewhere?.constraint == "refund_content_check")
        }
    }

    @Test(arguments: [
        ("123456", "0011223344", "A", "/beneficiary/bank_bin"), ("970436", "ABC", "A", "/beneficiary/account_number"),
        ("970436", "0011 22334", "A", "/beneficiary/account_number"),
        ("970436", "00112233445566778899", "A", "/beneficiary/account_number"),
    ])
    func `a payee that no bank can pay is refused when it is asked for`(
        _ bin: String,
        _ account: String,
        _ name: String,
        _ pointer: String
    ) {
        let body: JSON = [
            "case_id": 1, "reason": "x",
            "beneficiary": ["bank_bin": .string(bin), "account_number": .string(account), "name": .string(name)],
        ]
        let error = #expect(throws: ServiceError.self) { try RefundDraft(body) }
        #expect(error?.code == .invalidBody && error?.faults.map(\.pointer) == [pointer])
    }

    @Test func `the file leaves out what is paid by hand and what its taker approved, and says so`() async throws {
        try await Self.with { desk in
            let refunds = desk.services.refunds
            let requests = [try await paidTwice(desk, "A"), try await paidTwice(desk, "B")]
            let sent = try await ask(desk, .request(requests[0].id), .transfer(Self.payer))
            let byHand = try await ask(desk, .request(requests[1].id), .byHand(nil))
            #expect(byHand.json(in: .english)["paid_by_hand"] == true)
            for id in [sent.id, byHand.id] {
                _ = try await refunds.approve(id, by: Self.approver)
                _ = try await refunds.execute(id, by: Self.approver)
            }
            // Whoever approved where it goes does not take it to the bank, not even what others took before.
            let refused = await desk.refusal {
                try await refunds.paymentFile(account: desk.account, by: Self.approver)
            }
            #expect(refused?.code == .forbidden && refused?.reason?.code == .approverCannotTakeFile)
            let file = try await refunds.paymentFile(account: desk.account, by: Self.treasurer)
            #expect(file.items.map(\.endToEndID) == [sent.endToEndID])
            #expect(file.leftOut.map(\.refundID) == [byHand.id])
            #expect(file.leftOut.first?.reason.code == .refundPaidByHand)
            #expect(
                file.json(in: .vietnamese)["left_out"]?.array?.first?["sentence"]?.string?.contains("ngoài tệp") == true
            )
            for name in [nil, file.messageID] {
                let again = await desk.refusal {
                    try await refunds.paymentFile(account: desk.account, messageID: name, by: Self.approver)
                }
                #expect(again?.reason?.code == .approverCannotTakeFile)
            }
            let same = try await refunds.paymentFile(account: desk.account, by: Self.finance)
            #expect(same.messageID == file.messageID && same.leftOut.count == 1)
            // In the file of another account's taker it never turns up: its debit line settles it.
            var lines = StatementLines()
            for (index, request) in requests.enumerated() {
                lines.add("\(["A", "B"][index])-1", 10_000, request.reference)
                lines.add("\(["A", "B"][index])-2", 10_000, request.reference)
            }
            lines.add("OUT", -10_000, byHand.endToEndID)
            _ = try await lines.imported(into: desk)
            _ = try await desk.services.reconciliation.run(
                account: desk.account,
                through: Instant.now().day,
                by: "test"
            )
            #expect(try await refunds.find(byHand.id).state == .settled)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `money goes back to the account that paid, if the bank reported it`() async throws {
        try await Self.with { desk in
            let request = try await paidTwice(desk, "A")
            var lines = StatementLines()
            lines.add("A-1", 10_000, request.reference, counterparty: "0099887766")
            lines.add("A-2", 10_000, request.reference, counterparty: "0099887766")
            _ = try await lines.imported(into: desk)
            // As a statement that names the bank and the holder brings it.
            _ = try await desk.services.database.asOwner(
                """
                alter table statement_line disable trigger statement_line_erased
                """
            )
            _ = try await desk.services.database.asOwner(
                "update statement_line set counterparty_bank = '970415', counterparty_name = 'TRAN THI B'"
            )
            _ = try await desk.services.reconciliation.run(
                account: desk.account,
                through: Instant.now().day,
                by: "test"
            )
            let told = Beneficiary(bankBIN: "970415", account: "0099887766", name: "TRAN THI B")
            let asked = try await ask(desk, .request(request.id), nil)
            #expect(asked.payee == .transfer(told))
            _ = try await desk.services.refunds.reject(asked.id, note: "by the case", by: Self.approver)
            let id = try await desk.only("overpaid")
            let proposed = try await desk.services.caseActions.resolve(
                id,
                CaseDecision(.refund(.init()), note: "x"),
                by: Self.finance
            )
            let arguments = proposed.json(in: .english)["proposal"]?["arguments"]
            #expect(arguments?["beneficiary"]?["account_number"] == "0099887766")
        }
    }

    @Test func `a refund is asked for by the reference that people have at hand`() async throws {
        try await Self.with { desk in
            let request = try await paidTwice(desk, "A")
            for field in ["payment_request_id", "reference"] {
                let draft = try RefundDraft(
                    .object([
                        .init(field, .string(request.reference.lowercased())), .init("amount", 100),
                        .init("reason", "overpaid"), .init("paid_by_hand", true),
                    ])
                )
                let answer = try JSON.parse(try await desk.services.refunds.request(draft, by: Self.finance).body)
                #expect(answer["payment_request_id"]?.string == request.id.text)
            }
        }
    }

    @Test func `the audit trail of a request and its approval states where the money goes`() async throws {
        try await Self.with { desk in
            let request = try await paidTwice(desk, "A")
            let asked = try await ask(desk, .request(request.id), .transfer(Self.payer))
            _ = try await desk.services.refunds.approve(asked.id, by: Self.approver)
            let rows = try await desk.services.database.query(
                """
                select action, detail #>> '{beneficiary,account_number}' from audit_entry
                where subject = \("refund:\(asked.id.text)") order by id
                """
            )
            let audited = try rows.map { try $0.decode(String.self, String?.self) }
            #expect(audited.map(\.0) == ["refund.request", "refund.approve"])
            // Entries are sealed: they hold enough to compare the account, and nobody's name.
            #expect(audited.allSatisfy { $0.1 == "…3344" })
        }
    }
}
