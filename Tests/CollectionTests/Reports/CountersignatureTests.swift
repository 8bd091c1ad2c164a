import Collection
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// A day is signed by two persons, in the database too.
@Suite struct CountersignatureTests {
    private func signed(_ services: Services) async throws -> (desk: Desk, day: Day) {
        let desk = try await Desk(services)
        let day = Instant.now().day
        let request = try await desk.request()
        _ = try await desk.settle("FT1", 10_000, request.reference)
        var lines = StatementLines()
        lines.add("FT1", 10_000, "x")
        _ = try await lines.imported(into: desk)
        _ = try await services.reconciliation.run(account: desk.account, through: day, by: "Hoa")
        _ = try await services.reports.signOff(account: desk.account, day: day, by: TestPerson.finance)
        return (desk, day)
    }

    @Test func `another person signs it, what changed in between is acknowledged, and both stand in the record`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let (desk, day) = try await signed(services)
            let reports = services.reports
            func refusal(_ day: Day, by person: Person, note: String? = nil) async -> Reason.Code? {
                await refused {
                    try await reports.countersign(account: desk.account, day: day, by: person, note: note)
                }?.reason?.code
            }
            #expect(await refusal(day.previous, by: TestPerson.approver) == .dayNotSigned)
            #expect(await refusal(day, by: TestPerson.finance, note: "x") == .dayOwnSignature)
            // A payment that the bank tells of late.
            _ = try await desk.settle("FT9", 4000, nil)
            #expect(await refusal(day, by: TestPerson.approver) == .dayChangedSinceSigned)
            let record = try await reports.countersign(
                account: desk.account,
                day: day,
                by: TestPerson.approver,
                note: "FT9 đến muộn"
            )
            #expect(record.countersigned?.by == TestPerson.approver.name && record.countersigned?.changes == 3)
            #expect(record.json["signed_off_by"]?.string == TestPerson.finance.name)
            #expect(record.json["countersigned_by"]?.string == TestPerson.approver.name)
            #expect(record.json["countersigner_note"] == "FT9 đến muộn")
            let head = record.sheets[0].table(in: .vietnamese)
            #expect(head.contains("Ký lần hai: \(TestPerson.approver.name)"))
            #expect(await refusal(day, by: TestPerson.second, note: "x") == .dayCountersigned)
        }
    }

    @Test func `the database takes no second signature of the first person, none without a first, and keeps it`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let (desk, day) = try await signed(services)
            func written(_ signer: String, first: String, on day: Day) async -> String? {
                do {
                    _ = try await services.database.query(
                        """
                        insert into reconciliation_countersignature (account_number, day, first_signer, signed_by,
                            signed_by_name, changes)
                        values (\(desk.account), \(day)::date, substr(\(first), 8)::uuid, \(signer), 'x', 0)
                        """
                    )
                    return nil
                } catch { return (error as? PostgresError)?.constraint ?? "\(error)" }
            }
            let (first, second) = (TestPerson.finance.id, TestPerson.approver.id)
            #expect(
                await written(first, first: first, on: day) == "reconciliation_countersignature_two_persons_check"
            )
            // To name another as the first signer does not help.
            #expect(
                await written(first, first: second, on: day) == "reconciliation_countersignature_sign_off_fkey"
            )
            #expect(
                await written(second, first: first, on: day.previous)
                    == "reconciliation_countersignature_sign_off_fkey"
            )
            #expect(await written(second, first: first, on: day) == nil)
            await #expect(throws: PostgresError.self) {
                try await services.database.asOwner("delete from reconciliation_countersignature")
            }
        }
    }
}
