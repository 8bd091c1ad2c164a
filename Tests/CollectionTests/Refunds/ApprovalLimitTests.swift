import Casework
import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// How much one person may approve alone, and who approves above it.
@Suite struct ApprovalLimitTests {
    private static let (asker, nam, other) = (TestPerson.hoa, TestPerson.nam, TestPerson.approver)
    private static let admin = Person(id: "cli:root", name: "root")

    /// Refunds of money that nobody can place, each of its own case.
    private static func ask(_ desk: Desk, _ name: String, _ amount: Int64) async throws -> UUID {
        _ = try await desk.settle(name, amount, nil)
        let id = try #require(try await desk.cases("unknown_reference").compactMap { $0["id"]?.integer }.max())
        let draft = RefundDraft(source: .suspense(id), reason: "nobody's", payee: .byHand(nil))
        let made = try JSON.parse(try await desk.services.refunds.request(draft, by: asker).body)
        return try #require(UUID(uuidString: made["id"]?.string ?? ""))
    }

    @discardableResult
    private static func limit(_ services: Services, refund: Int64?, day: Int64? = nil, role: Role = .approver)
        async throws -> StandingLimit
    {
        try await services.approvalLimits.set(
            role,
            refund: .set(refund.map { Money($0) }),
            day: .set(day.map { Money($0) }),
            by: admin
        )
    }

    /// As if all that was set had been set so many days ago.
    private static func age(_ services: Services, days: Int = 1) async throws {
        try await services.database.scriptUnguarded(
            "update approval_limit set set_on = set_on - \(days), set_at = set_at - interval '\(days) days'"
        )
    }

    @Test func `above the limit a third person approves as well, who is neither of the others`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.limit(services, refund: 5000)
            let small = try await Self.ask(desk, "S", 5000)
            #expect(try await services.refunds.approve(small, by: Self.nam).state == .approved)
            let large = try await Self.ask(desk, "L", 5001)
            let waiting = try await services.refunds.approve(large, by: Self.nam)
            #expect(waiting.state == .requested && waiting.approvalsNeeded == 2)
            #expect(waiting.decision.code == .refundNeedsThirdPerson)
            let json = waiting.json(in: .english)
            #expect(json["needs_approval_by"] == 2 && json["approved_by"] == "Nam")
            #expect(json["second_approved_by"]?.isNull == true)
            #expect(json["sentence"]?.string?.contains("another approver") == true)
            // Neither executed, nor approved by one of the two again.
            #expect(await desk.refusal { try await services.refunds.execute(large, by: Self.asker) }?.code == .conflict)
            let again = await desk.refusal { try await services.refunds.approve(large, by: Self.nam) }
            #expect(again?.code == .forbidden && again?.reason?.code == .approvedAlready)
            let own = await desk.refusal { try await services.refunds.approve(large, by: Self.asker) }
            #expect(own?.reason?.code == .requesterCannotApprove)
            let approved = try await services.refunds.approve(large, by: Self.other)
            #expect(approved.state == .approved && approved.json(in: .english)["second_approved_by"] == "Approver")
            #expect(try await services.refunds.execute(large, by: Self.asker).state == .executed)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `neither of the approvers takes the payment file`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.limit(services, refund: 0)
            _ = try await desk.settle("L", 7000, nil)
            let draft = RefundDraft(
                source: .suspense(try await desk.only("unknown_reference")),
                reason: "nobody's",
                payee: .transfer(Beneficiary(bankBIN: "970436", account: "0011223344", name: "A"))
            )
            let made = try JSON.parse(try await services.refunds.request(draft, by: Self.asker).body)
            let id = try #require(UUID(uuidString: made["id"]?.string ?? ""))
            for person in [Self.nam, Self.other] { _ = try await services.refunds.approve(id, by: person) }
            _ = try await services.refunds.execute(id, by: Self.asker)
            for person in [Self.nam, Self.other] {
                let refused = await desk.refusal {
                    try await services.refunds.paymentFile(account: desk.account, by: person)
                }
                #expect(refused?.reason?.code == .approverCannotTakeFile)
                let byHand = await Self.constraint(
                    services,
                    """
                    with f as (insert into refund_file (account_number, message_id, created_at, created_by, created_by_id)
                        values ('\(desk.account)', 'KHOPX', now(), 'x', '\(person.id)') returning id)
                    update refund set file_id = f.id from f where refund.id = '\(id)'
                    """
                )
                #expect(byHand == "refund_file_person_check")
            }
            let file = try await services.refunds.paymentFile(account: desk.account, by: Self.asker)
            #expect(file.items.count == 1)
        }
    }

    @Test func `a day's total is counted over the refunds that a person approved alone`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.limit(services, refund: nil, day: 10_000)
            let first = try await Self.ask(desk, "A", 6000)
            #expect(try await services.refunds.approve(first, by: Self.nam).state == .approved)
            let second = try await Self.ask(desk, "B", 4001)
            #expect(try await services.refunds.approve(second, by: Self.nam).state == .requested)
            // Another person has a day of their own; what took a third person is not in it.
            #expect(try await services.refunds.approve(second, by: Self.other).state == .approved)
            let third = try await Self.ask(desk, "C", 10_000)
            #expect(try await services.refunds.approve(third, by: Self.other).state == .approved)
            let fourth = try await Self.ask(desk, "D", 4000)
            #expect(try await services.refunds.approve(fourth, by: Self.nam).state == .approved)
            // What is rejected does not leave: its amount is free again.
            _ = try await services.refunds.reject(fourth, note: "no", by: Self.other)
            let fifth = try await Self.ask(desk, "E", 4000)
            #expect(try await services.refunds.approve(fifth, by: Self.nam).state == .approved)
        }
    }

    @Test func `two approvals at once do not pass each other`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.limit(services, refund: nil, day: 10_000)
            var refunds: [UUID] = []
            for number in 0..<4 { refunds.append(try await Self.ask(desk, "T\(number)", 6000)) }
            let states = try await withThrowingTaskGroup(of: Bool.self) { group in
                for id in refunds {
                    group.addTask { try await services.refunds.approve(id, by: Self.nam).state == .approved }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(states == 1)
        }
    }

    /// Each approval writes a row that names the person before the person is locked: two of them once waited for each other.
    @Test func `refunds of cases that one person approves at once do not end each other`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            for number in 0..<16 { _ = try await desk.settle("D\(number)", 3000, nil) }
            let cases = try await desk.cases("unknown_reference").compactMap { $0["id"]?.integer }
            #expect(cases.count == 16)
            let decision = CaseDecision(.refund(.init(reason: "not_eligible", payee: .byHand(nil))), note: "nobody's")
            for id in cases { _ = try await services.caseActions.resolve(id, decision, by: Desk.first) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in cases {
                    group.addTask { _ = try await services.caseActions.approve(id, by: Self.other) }
                }
                try await group.waitForAll()
            }
            #expect(try await desk.cases("unknown_reference").isEmpty)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a limit is lowered at once and raised from the next day, and raising it is an alarm`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let today = Instant.now().day
            let first = try await Self.limit(services, refund: 5000)
            #expect(first.today.refund == Money(5000) && first.tomorrow.refund == Money(5000))
            #expect(try await services.alarms.raise(on: today).allSatisfy { $0.kind != .raisedLimit })
            let raised = try await Self.limit(services, refund: 9_000_000)
            #expect(raised.today.refund == Money(5000) && raised.tomorrow.refund == Money(9_000_000))
            let id = try await Self.ask(desk, "L", 6000)
            #expect(try await services.refunds.approve(id, by: Self.nam).state == .requested)
            #expect(try await services.alarms.raise(on: today).map(\.kind).contains(.raisedLimit))
            let audit = try await services.database.query(
                "select detail from audit_entry where action = 'limit.set' order by id desc limit 1"
            ).row().get(0, as: JSON.self)
            #expect(audit["raised"] == true && audit["before"]?["refund"] == 5000)
            // The day after.
            try await Self.age(services)
            let next = try await Self.ask(desk, "N", 6000)
            #expect(try await services.refunds.approve(next, by: Self.nam).state == .approved)
            // To lift it is to raise it.
            let lifted = try await Self.limit(services, refund: nil)
            #expect(lifted.today.refund == Money(9_000_000) && lifted.tomorrow.refund == nil)
            let listed = try await services.approvalLimits.list()
            #expect(listed.count == 1 && listed[0].tomorrow == .none && listed[0].setBy == "root")
        }
    }

    @Test func `a case whose money goes back takes the third person too`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.limit(services, refund: 5000, role: .approver)
            try await Self.limit(services, refund: 5000, role: .finance)
            _ = try await desk.settle("L", 8000, nil)
            let id = try await desk.only("unknown_reference")
            let file = try await desk.decide(
                id,
                .refund(.init(reason: "nobody's", payee: .byHand(nil)))
            )
            #expect(file.head.state == .resolved)
            let refund = try #require(try await services.refunds.list(caseID: id).first)
            #expect(refund.state == .requested && refund.approvalsNeeded == 2)
            let refused = await desk.refusal { try await services.refunds.approve(refund.id, by: Desk.second) }
            #expect(refused?.reason?.code == .approvedAlready)
            #expect(try await services.refunds.approve(refund.id, by: Self.nam).state == .approved)
            try await desk.expectCleanBooks()
        }
    }

    private static func constraint(_ services: Services, _ sql: String) async -> String? {
        do {
            _ = try await services.database.query(Query(trustedSQL: sql))
            return nil
        } catch { return (error as? PostgresError)?.constraint }
    }

    @Test func `the database holds the limit, whoever writes`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await Self.limit(services, refund: 5000, day: 8000)
            let large = try await Self.ask(desk, "L", 5001)
            func approve(_ id: UUID, _ more: String = "") async -> String? {
                await Self.constraint(
                    services,
                    """
                    update refund set state = 'approved', approved_by = '\(Self.nam.id)', approved_by_name = 'x',
                        approved_at = now()\(more) where id = '\(id)'
                    """
                )
            }
            #expect(await approve(large) == "refund_limit_check")
            #expect(await approve(large, ", approvals_needed = 2") == "refund_approved_check")
            for (same, constraint) in [
                (Self.nam, "refund_third_person_check"), (Self.asker, "refund_third_person_check"),
            ] {
                let second = ", approvals_needed = 2, second_approved_by = '\(same.id)', second_approved_at = now()"
                #expect(await approve(large, second) == constraint)
            }
            let (one, two) = (try await Self.ask(desk, "A", 5000), try await Self.ask(desk, "B", 5000))
            #expect(await approve(one) == nil)
            #expect(await approve(two) == "refund_limit_check")
            // Neither who decided nor how many must is rewritten.
            for change in ["approved_by = '\(Self.other.id)'", "approved_by = null"] {
                let told = await Self.constraint(services, "update refund set \(change) where id = '\(one)'")
                #expect(told == "refund_decided_check")
            }
            #expect(await approve(two, ", approvals_needed = 2, second_approved_by = '\(Self.other.id)'") == nil)
            let fewer = await Self.constraint(services, "update refund set approvals_needed = 1 where id = '\(two)'")
            #expect(fewer == "refund_decided_check")
        }
    }
}
