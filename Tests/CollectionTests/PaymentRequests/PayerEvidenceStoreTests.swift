import Collection
import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// What a payer's category takes off, and what proves it, against the database.
@Suite struct PayerEvidenceStoreTests {
    /// A judicial record (200.000 đồng): free for poor households, half for students.
    private func draft(
        _ category: String?,
        evidence: JSON? = nil,
        channel: String = "online",
        procedure: String = "2.000488"
    )
        throws -> PaymentRequestDraft
    {
        try PaymentRequestDraft(
            [
                "dossier_code": "D-1", "agency_code": "H44.01", "procedure_code": .string(procedure),
                "channel": .string(channel),
                "payer": ["category": .optional(category), "name": "Nguyễn Văn A", "evidence": evidence ?? .null],
            ],
            today: Instant.now().day
        )
    }

    private static let card: JSON = ["kind": "student_card", "number": "SV-77"]

    private func make(_ services: Services, _ draft: PaymentRequestDraft) async throws -> PaymentRequest {
        let body = try JSON.parse(
            try await services.paymentRequests.create(draft, caller: nil, idempotency: nil).body
        )
        #expect(body["payer"] == nil)
        return try await services.paymentRequests.find(try #require(UUID(uuidString: body["id"]?.string ?? "")))
    }

    @Test func `a reduction for a category needs the paper that proves it`() async throws {
        try await TestDatabase.withServices { services in
            let error = try await #require(throws: ServiceError.self) {
                try await services.paymentRequests.create(try draft("poor_household"), caller: nil, idempotency: nil)
            }
            #expect(error.code == .notAssessable && error.faults.map(\.pointer) == ["/payer/evidence"])
            #expect(error.reason?.code == .evidenceMissing)
            for part in ["poor_household", "200.000 ₫", "LLTP-GIAM-2025", "Thông tư 16/2025/TT-BTC"] {
                #expect(error.message(in: .vietnamese).contains(part), "\(error.message(in: .vietnamese))")
            }
            // Nothing is owed by a quote.
            let quote = try await services.paymentRequests.quote(try draft("poor_household").assessment, caller: nil)
            #expect(quote.amountDue == .zero && quote.settledBy == .exemption)
        }
    }

    @Test func `with its paper the request is paid by exemption, and the paper is kept`() async throws {
        try await TestDatabase.withServices { services in
            let evidence: JSON = ["kind": "poor_household_certificate", "number": " 12 /  HN "]
            let request = try await make(services, try draft("poor_household", evidence: evidence))
            #expect(request.status == .paid && request.amountDue == .zero && request.settledBy == .exemption)
            #expect(request.payerEvidence?.kind == .poorHousehold && request.payerEvidence?.number == "12 / HN")
            let shown = request.staffJSON(publicURL: "", now: .now(), in: .english)["payer"]
            #expect(shown?["evidence"] == ["kind": "poor_household_certificate", "number": "12 / HN"])
            #expect(shown?["category"] == "poor_household" && shown?["name"] == "Nguyễn Văn A")
        }
    }

    @Test func `a category without a reduction needs no paper`() async throws {
        try await TestDatabase.withServices { services in
            let request = try await make(services, try draft("poor_household", procedure: "1.000894"))
            #expect(request.settledBy == .nothingDue && request.payerEvidence == nil)
            let other = try await make(services, try draft("student", procedure: "1.004222"))
            #expect(other.amountDue == Money(10_000) && other.settledBy == nil)
        }
    }

    private static let unreadable: [(evidence: JSON, pointer: String)] = [
        (["kind": "passport", "number": "1"], "/payer/evidence/kind"),
        (["kind": "other"], "/payer/evidence/number"), (["kind": "other", "number": "  "], "/payer/evidence/number"),
        (["kind": "other", "number": .string(String(repeating: "9", count: 65))], "/payer/evidence/number"),
        (["kind": "other", "number": "1", "nmuber": "2"], "/payer/evidence/nmuber"), ("12/HN", "/payer/evidence"),
    ]

    @Test(arguments: unreadable)
    func `a paper that cannot be read is refused, and its member is named`(_ evidence: JSON, _ pointer: String) throws {
        let error = try #require(throws: ServiceError.self) { try draft("student", evidence: evidence) }
        #expect(error.faults.map(\.pointer) == [pointer], "\(error)")
    }

    @Test func `assessed again at the counter, a category counts only with its paper`() async throws {
        try await TestDatabase.withServices { services in
            let request = try await make(services, try draft("student", evidence: Self.card))
            #expect(request.amountDue == Money(100_000))
            func take(_ amount: Int64) async throws -> CounterPayments.Outcome {
                let taken: JSON = [
                    "payment_request_id": .string(request.id.text), "channel": "counter_cash",
                    "amount": .integer(amount),
                ]
                return try await services.counterPayments.take(try CounterPayments.Taken(taken), caller: nil)
            }
            _ = try await services.database.asOwner(
                "update payment_request set payer_evidence_kind = null, payer_evidence_number = null"
            )
            guard case .otherAmount(let assessment, let due) = try await take(100_000) else {
                Issue.record("a category that nothing proves took something off")
                return
            }
            #expect(due == Money(200_000) && assessment.lines[0].applied.isEmpty)
            _ = try await services.database.asOwner(
                "update payment_request set payer_evidence_kind = 'student_card', payer_evidence_number = 'SV-77'"
            )
            guard case .paid = try await take(100_000) else {
                Issue.record("a category that is proved did not count")
                return
            }
        }
    }

    @Test func `a late payment is compared with the price of a category only if its paper is there`() async throws {
        try await TestDatabase.withServices { services in
            let request = try await make(services, try draft("student", evidence: Self.card))
            let today = Instant.now().day
            #expect(try await services.paymentRequests.changedPrices(references: [request.reference], day: today) == [])
            _ = try await services.database.asOwner(
                "update payment_request set payer_evidence_kind = null, payer_evidence_number = null"
            )
            let changed = try await services.paymentRequests.changedPrices(references: [request.reference], day: today)
            #expect(changed == [request.reference])
        }
    }
}
