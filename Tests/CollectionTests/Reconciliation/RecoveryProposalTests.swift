import Casework
import Collection
import Foundation
import Matching
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// What a statement recovers waits for another person than the one who imported it.
@Suite struct RecoveryProposalTests {
    @Test func `what a person uploaded waits, its money in suspense and without a case`() async throws {
        try await Desk.withConfirmation { desk in
            let request = try await desk.request()
            let id = try await desk.waiting([request])
            #expect(try await desk.status(of: request) == .pending)
            #expect(try await desk.balance("suspense", desk.account) == -10_000)
            #expect(try await desk.services.cases.list(Cases.Filter(), limit: 10).isEmpty)
            let shown = try await desk.services.statementRecords.show(id)
            #expect(shown.lines("awaiting_confirmation") == 1 && shown.lines("recovered") == 0)
            let item = try #require(shown.awaiting.items.first)
            #expect(shown.awaiting.lines == 1 && shown.awaiting.total == Money(10_000))
            #expect(item.number == 2 && item.payments.map(\.reference) == [request.reference])
            #expect(shown.warnings.map(\.code) == [.recoveriesAwait])
            let listed = try await desk.services.statementRecords.list(awaiting: true)
            #expect(listed.map(\.id) == [id] && listed.first?.awaitingConfirmation == 1)
            // The same run again proposes nothing.
            #expect(try await desk.reconcile() == [:])
            #expect(try await desk.recoveryStates() == ["waiting"])
        }
    }

    @Test func `what a feed brought settles at once`() async throws {
        try await Desk.withConfirmation { desk in
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT1", 10_000, request.reference)
            _ = try await lines.imported(into: desk, isFeed: true)
            #expect(try await desk.reconcile() == ["recovered": 1])
            #expect(try await desk.status(of: request) == .paid)
            #expect(try await desk.recoveryStates().isEmpty)
        }
    }

    @Test func `an account whose files are trusted settles at once`() async throws {
        try await Desk.withConfirmation { desk in
            try await desk.services.accountTerms.setRecovery(.automatic, account: desk.account, by: Desk.hoa)
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT1", 10_000, request.reference)
            _ = try await lines.imported(into: desk)
            #expect(try await desk.reconcile() == ["recovered": 1])
            #expect(try await desk.status(of: request) == .paid)
        }
    }

    @Test func `another person confirms, who imported may not`() async throws {
        try await Desk.withConfirmation { desk in
            let requests = [try await desk.request(), try await desk.request()]
            let id = try await desk.waiting(requests)
            let refused = await #expect(throws: ServiceError.self) {
                _ = try await desk.confirm(id, by: StatementLines.importer)
            }
            #expect(refused?.code == .forbidden && refused?.reason?.code == .importerCannotConfirm)
            #expect(try await desk.recoveryStates() == ["waiting", "waiting"])

            let confirmed = try await desk.confirm(id)
            #expect(confirmed.lines == 2 && confirmed.total == Money(20_000) && confirmed.cases.isEmpty)
            for request in requests { #expect(try await desk.status(of: request) == .paid) }
            #expect(try await desk.recoveryStates() == ["confirmed", "confirmed"])
            #expect(try await desk.balance("suspense", desk.account) == 0)
            let shown = try await desk.services.statementRecords.show(id)
            #expect(shown.lines("recovered") == 2 && shown.awaiting.lines == 0 && shown.warnings.isEmpty)

            let again = await #expect(throws: ServiceError.self) { _ = try await desk.confirm(id, by: Desk.nam) }
            #expect(again?.code == .conflict && again?.reason?.code == .nothingToConfirm)
            let none = await #expect(throws: ServiceError.self) { _ = try await desk.confirm(999) }
            #expect(none?.code == .notFound)
            // The callback that comes at last reports what is counted.
            #expect(try await desk.settle("FT0", 10_000, requests[0].reference) == .duplicate)
            #expect(try await desk.settle("OTHER", 10_000, requests[1].reference) == .duplicate)
            #expect(try await desk.reconcile() == [:])
        }
    }

    @Test func `the database refuses a confirmation by who imported the statement`() async throws {
        try await Desk.withConfirmation { desk in
            let id = try await desk.waiting([try await desk.request()])
            let other = try await desk.request()
            func refused(_ query: Query) async -> String? {
                await #expect(throws: PostgresError.self) { _ = try await desk.services.database.asOwner(query) }?
                    .constraint
            }
            _ = try await desk.settle("X", 500, nil)
            #expect(
                await refused(
                    """
                    update recovery_proposal set state = 'confirmed', decided_by = 'cli:test', decided_by_name = 'test',
                        decided_at = now(), notice_id = (select min(id) from bank_notice)
                    """
                ) == "recovery_proposal_two_persons_check"
            )
            #expect(await refused("update recovery_proposal set imported_by = 'key:other'") == nil)
            #expect(
                await refused(
                    """
                    insert into recovery_proposal (run_id, statement_id, line_id, payment_request_id, amount, imported_by)
                    select run_id, statement_id, line_id, \(other.id)::uuid, 1, 'key:other'
                    from recovery_proposal where statement_id = \(id)::bigint
                    """
                ) == "recovery_proposal_named_fkey"
            )
        }
    }

    @Test func `a line that is turned down is a case with its reason`() async throws {
        try await Desk.withConfirmation { desk in
            let requests = [try await desk.request(), try await desk.request(), try await desk.request()]
            let id = try await desk.waiting(requests)
            let wrong = await #expect(throws: ServiceError.self) {
                _ = try await desk.confirm(id, rejecting: [try RecoveryConfirmations.rejection(option: "9:no")])
            }
            #expect(wrong?.code == .invalidBody && wrong?.faults.map(\.pointer) == ["--reject"])
            #expect(throws: ServiceError.self) { try RecoveryConfirmations.rejection(option: "3") }

            let confirmed = try await desk.confirm(
                id,
                rejecting: [try RecoveryConfirmations.rejection(option: "3:the payer withdrew: see letter 7")]
            )
            #expect(confirmed.lines == 2 && confirmed.cases.map(\.lineNumber) == [3])
            let left = try #require(confirmed.cases.first)
            #expect(left.isRejected && left.kind == .unmatched && left.reason.code == .recoveryNotConfirmed)
            #expect(
                left.reason.sentence(in: .english).contains("Hoa")
                    && left.reason.sentence(in: .english).contains("letter 7")
            )
            #expect(try await desk.recoveryStates() == ["confirmed", "rejected", "confirmed"])
            #expect(try await desk.status(of: requests[1]) == .pending)
            let shown = try await desk.services.statementRecords.show(id)
            #expect(shown.lines("recovered") == 2 && shown.lines("unmatched") == 1)

            // Two persons may pay the request from the case all the same.
            let cases = try await desk.cases("unmatched")
            #expect(cases.count == 1 && cases.first?["amount"] == 10_000)
            let caseID = try #require(left.caseID)
            #expect(cases.first?["id"]?.integer == caseID)
            let accept = CaseDecision(.accept(amount: nil), note: "it was right after all")
            _ = try await desk.services.caseActions.resolve(caseID, accept, by: Desk.hoa)
            _ = try await desk.services.caseActions.approve(caseID, by: Desk.nam)
            #expect(try await desk.status(of: requests[1]) == .paid)
            #expect(try await desk.balance("suspense", desk.account) == 0)
        }
    }

    @Test func `two who confirm at once settle once`() async throws {
        try await Desk.withConfirmation { desk in
            let requests = [try await desk.request(), try await desk.request(), try await desk.request()]
            let id = try await desk.waiting(requests)
            let lines = try await withThrowingTaskGroup(of: Int.self) { group in
                for person in [Desk.hoa, Desk.nam, Desk.hoa, Desk.nam] {
                    group.addTask {
                        do { return try await desk.confirm(id, by: person).lines } catch let error as ServiceError {
                            #expect(error.reason?.code == .nothingToConfirm)
                            return 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(lines == 3)
            for request in requests { #expect(try await desk.find(request.id.text).amountReceived == Money(10_000)) }
        }
    }

    @Test func `whoever signs the day off is warned that lines wait`() async throws {
        try await Desk.withConfirmation { desk in
            let day = Instant.now().day
            _ = try await desk.waiting([try await desk.request()])
            let signed = try await desk.services.reports.signOff(
                account: desk.account,
                day: day,
                by: Desk.nam,
                acknowledging: "chờ xác nhận"
            )
            let warnings = signed.json["warnings"]?.array ?? []
            #expect(warnings.map { $0["code"]?.string } == ["day_signed_with_open_items", "day_awaits_confirmation"])
            let warning = try #require(warnings.last)
            #expect(warning["code"] == "day_awaits_confirmation" && warning["values"]?["total"] == 10_000)
            let head = signed.sheets[0].subtitles.map { $0[.english] }.joined(separator: "\n")
            #expect(head.contains("still await another person's confirmation"))
            #expect(signed.groups.map(\.outcome) == ["awaiting_confirmation"])
        }
    }

    @Test func `the warnings of a run say what waits`() async throws {
        try await Desk.withConfirmation { desk in
            var lines = StatementLines()
            lines.add("FT1", 10_000, try await desk.request().reference)
            let id = try await lines.imported(into: desk).statement.id
            let run = try await desk.services.reconciliation.run(
                account: desk.account,
                through: Instant.now().day,
                by: "test"
            )
            let warnings = try await desk.services.statementRecords.warnings(ofRun: run.id)
            #expect(warnings == [.recoveriesAwait(statement: id, lines: 1, total: Money(10_000))])
        }
    }
}
