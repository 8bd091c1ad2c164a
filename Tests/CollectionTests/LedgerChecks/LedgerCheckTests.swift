import Collection
import Postgres
import TestSupport
import Testing
import Values

@Suite
struct LedgerCheckTests {
    /// Data changed behind the program's back, and what the check then reports in English.
    struct Tampering: Sendable, CustomTestStringConvertible {
        let check: String
        let sql: String
        let report: String

        init(_ check: String, _ sql: String, _ report: String) {
            (self.check, self.sql, self.report) = (check, sql, report)
        }

        var testDescription: String { "\(check): \(report)" }
    }

    static let tamperings: [Tampering] = [
        Tampering(
            "transfers_balance",
            """
            alter table ledger_transfer drop constraint ledger_transfer_accounts_check;
            update ledger_transfer set debit_account = credit_account
            """,
            "of 10,000 ₫ is not positive, or debits and credits the same account"
        ),
        Tampering(
            "notices_are_booked",
            "update bank_notice set applied_amount = 9000, suspense_amount = 1000",
            "9,000 ₫ applied, 1,000 ₫ to suspense and 0 ₫ cleared, but 10,000 ₫, 0 ₫ and 0 ₫ booked"
        ),
        Tampering(
            "amounts_received",
            "update payment_request set amount_received = 10001",
            "10,001 ₫ received, but 10,000 ₫ according to the notices"
        ),
        Tampering(
            "revenue_matches_requests",
            """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, booked_on)
            select debit_account, credit_account, 1, kind, payment_request_id, booked_on from ledger_transfer limit 1
            """,
            "10,000 ₫ applied, but 10,001 ₫ in revenue"
        ),
        Tampering(
            "statuses_follow_events",
            "delete from payment_request_event",
            "is paid, its last event is –, with 10,000 ₫ due and 10,000 ₫ applied"
        ),
        Tampering(
            "daily_totals",
            "update daily_total set amount_total = amount_total + 1",
            "H44.01 online: 1 requests of 10,001 ₫ kept, but 1 of 10,000 ₫ according to the payments"
        ),
        Tampering(
            "daily_procedure_totals",
            "update daily_procedure_total set amount_total = amount_total + 1",
            "online: 1 requests of 10,001 ₫ kept, but 1 of 10,000 ₫ according to the payments"
        ),
        Tampering(
            "refunds_are_booked",
            """
            insert into refund (id, end_to_end_id, payment_request_id, account_number, amount, reason,
                requested_by, requested_by_name, requested_at)
            select gen_random_uuid(), 'KHR00000000000000', id, '0801000567890', 500, 'x', 'a', 'A', now()
            from payment_request
            """,
            "(requested) of 500 ₫: 0 ₫ booked, 0 ₫ paid, parts of 0 ₫"
        ),
        Tampering(
            "refund_claims",
            "update payment_request set fee_refund_claimed = 1000",
            "1,000 ₫ reserved for refunds, but refunds of 0 ₫"
        ),
        Tampering(
            "suspense_is_explained",
            "update ledger_transfer set credit_account = (select id from ledger_account where kind = 'suspense' limit 1)",
            "10,000 ₫ in suspense, but 0 ₫ held by cases"
        ),
        Tampering(
            "lines_are_booked",
            """
            insert into line_outcome (line_id, run_id, outcome, pass, suspense_amount)
            values (7, 1, 'unmatched', 'unmatched', 300)
            """,
            "line 7: 300 ₫ to suspense, but 0 ₫ booked"
        ),
        Tampering(
            "outcomes_name_what_exists",
            "insert into line_notice (line_id, notice_id) values (7, 8)",
            "line 7 confirms notice 8, one of which does not exist"
        ),
        Tampering(
            "unconfirmed_notices_are_known",
            "insert into unconfirmed_notice (notice_id, account_number, is_missing) values (7, '0801000567890', false)",
            "notice 7 is tracked as unconfirmed, but is confirmed"
        ),
        Tampering(
            "ended_cases_hold_nothing",
            """
            insert into reconciliation_case (kind, account_number, notice_id, amount, state, ended_at, ended_by)
            select 'late', '0801000567890', id, 10000, 'resolved', now(), 'one' from bank_notice;
            update bank_notice set applied_amount = 0, suspense_amount = 10000
            """,
            "(late) ended with 10,000 ₫ in suspense, by one"
        ),
        Tampering(
            "clearing_is_explained",
            """
            insert into clearing_item (notice_id, ledger_account, account_number, payment_request_id, amount, booked_on)
            select b.id, a.id, b.account_number, b.payment_request_id, 10000, b.booked_on
            from bank_notice b, ledger_account a where a.kind = 'clearing' and a.owner = 'H44.01'
            """,
            "agency H44.01: 0 ₫ in clearing, but payments not yet shown by the bank are 10,000 ₫"
        ),
        Tampering(
            "statements_add_up",
            """
            insert into statement (account_number, file_hash, format, lines, credits, debits, opening_balance,
                closing_balance, imported_by, imported_by_id)
            values ('0801000567890', 'x', 'csv', 2, 70, 20, 1000, 1100, 'test', 'cli:test')
            """,
            "opening 1,000 ₫ plus lines 50 ₫ is not closing 1,100 ₫; statement 1: 2 lines of its own, but 0 stored"
        ),
        Tampering(
            "days_are_explained",
            """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, booked_on)
            select debit_account, credit_account, 700, kind, booked_on from ledger_transfer
            """,
            "account 0801000567890, "
        ),
    ]

    @Test(arguments: tamperings)
    func `tampering is reported in both languages`(_ tampering: Tampering) async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await desk.settle("t1", 10_000, try await desk.request().reference)
            try await desk.expectCleanBooks()

            try await TestDatabase.with(.superuser, of: services.database) { database in
                try await database.transaction { tx in
                    // As an administrator could: without the triggers that forbid it.
                    try tx.script("set local session_replication_role = replica; \(tampering.sql)")
                }
            }

            let finding = try #require(try await services.ledger.verify().first { $0.name == tampering.check })
            #expect(!finding.ok)
            let (vietnamese, english) = (finding.detail[.vietnamese], finding.detail[.english])
            #expect(english.contains(tampering.report), "\(english)")
            #expect(vietnamese != english && !vietnamese.contains("{") && !english.contains("{"))
            #expect(digits(vietnamese) == digits(english))
        }
    }

    @Test func `a check that passes says how much it looked at`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await desk.settle("t1", 10_000, try await desk.request().reference)

            let findings = try await services.ledger.verify()

            #expect(Set(findings.map(\.name)).isSuperset(of: Self.tamperings.map(\.check)))
            let finding = try #require(findings.first { $0.name == "notices_are_booked" })
            #expect(finding.detail == Phrase(vi: "1 thông báo khớp", en: "1 notices agree"))
            #expect(finding.title == Phrase(vi: "thông báo đã ghi sổ đủ", en: "notices are booked"))
        }
    }

    private func digits(_ text: String) -> String { text.filter(\.isNumber) }
}
