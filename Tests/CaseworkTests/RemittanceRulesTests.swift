import Casework
import FeeSchedule
import Testing
import Values
import Workflow

@Suite struct RemittanceRulesTests {
    private func refusal(_ work: () throws -> Void) -> Reason.Code? {
        do {
            try work()
            return nil
        } catch { return (error as? Refusal)?.reason.code }
    }

    private static func order(_ state: RemittanceState, approved: String? = nil, sent: String? = nil)
        -> RemittanceFacts
    {
        RemittanceFacts(mark: "KHNAB12CD34EF56GH", state: state, madeBy: "lan", approvedBy: approved, sentBy: sent)
    }

    @Test func `three hands: the maker does not approve, the approver does not take, the taker says nothing came back`()
        throws
    {
        #expect(refusal { _ = try RemittanceRules.approve(Self.order(.made), by: "lan") } == .makerCannotApprove)
        #expect(try RemittanceRules.approve(Self.order(.made), by: "nam") == .approved)
        let approved = Self.order(.approved, approved: "nam")
        #expect(refusal { _ = try RemittanceRules.send(approved, by: "nam") } == .approverCannotTakeOrder)
        #expect(try RemittanceRules.send(approved, by: "lan") == .sent)
        let sent = Self.order(.sent, approved: "nam", sent: "lan")
        #expect(refusal { _ = try RemittanceRules.comeBack(sent, by: "lan") } == .takerCannotReturn)
        #expect(try RemittanceRules.comeBack(sent, by: "nam") == .returned)
    }

    @Test func `who stands in for somebody decides nothing that this one did`() throws {
        let standIn = StandIns(["lan": "Lan"])
        let refused = refusal { _ = try RemittanceRules.approve(Self.order(.made), by: "hoa", standIn) }
        #expect(refused == .standInCannotDecide)
        let approved = Self.order(.approved, approved: "nam")
        let taken = refusal { _ = try RemittanceRules.send(approved, by: "hoa", StandIns(["nam": "Nam"])) }
        #expect(taken == .standInCannotDecide)
    }

    @Test func `an order that is at the bank is not rejected, nor one that ended`() {
        for state in [RemittanceState.sent, .settled, .rejected, .returned] {
            #expect(refusal { _ = try RemittanceRules.reject(Self.order(state)) } == .remittanceCannot)
        }
    }

    @Test func `an order takes what is due by a day, and nothing without a sub-item`() throws {
        let key = RemittanceKey(agencyCode: "A", accountNumber: "1", treasuryAccount: .revenue, budgetYear: 2026)
        func part(_ code: String, _ amount: Int64, _ day: Day) -> CollectedPart {
            CollectedPart(
                key: key,
                code: RemittanceCode(chapter: "860", budgetCode: code),
                name: "Lệ phí \(code)",
                collected: Money(amount),
                retainedRate: 0,
                deadline: day.next.start
            )
        }
        let (early, late) = (Day("2026-12-03")!, Day("2026-12-10")!)
        let items = RemittanceRules.due([part("2767", 5000, early), part("2767", 7000, late)], ordered: [:])
        #expect(try RemittanceRules.lines(items, by: early.next.start).map(\.amount) == [Money(5000)])
        #expect(try RemittanceRules.lines(items, by: late.next.start).map(\.amount) == [Money(12_000)])
        #expect(refusal { _ = try RemittanceRules.lines(items, by: early.start) } == .nothingToRemit)
        let nameless = RemittanceRules.due([part("", 1, early)], ordered: [:])
        #expect(refusal { _ = try RemittanceRules.lines(nameless, by: late.start) } == .remittanceWithoutCode)
    }

    @Test func `eight working hours are one working day, whatever lies between`() {
        // Saturday and Sunday are free, and so is Monday 7 December.
        let working = WorkingDays(holidays: [Day("2026-12-07")!], weekend: [5, 6])
        func end(_ day: String, _ hour: Int) -> String {
            RemittanceDeadline.of(.workingHours, day: Day(day)!, hour: hour, working).formatted
        }
        #expect(end("2026-12-02", 10) == "10:00 03/12/2026")
        #expect(end("2026-12-02", 7) == "17:00 02/12/2026")
        #expect(end("2026-12-02", 8) == "17:00 02/12/2026")
        #expect(end("2026-12-02", 13) == "12:00 03/12/2026")
        #expect(end("2026-12-02", 17) == "17:00 03/12/2026")
        #expect(end("2026-12-04", 15) == "15:00 08/12/2026")
        #expect(end("2026-12-05", 9) == "17:00 08/12/2026")
    }

    @Test func `terms that end on a day without work end with the next working day`() {
        let working = WorkingDays(holidays: [Day("2026-12-10")!], weekend: [5, 6])
        func end(_ calendar: RemittanceCalendar, _ day: String) -> String {
            RemittanceDeadline.of(calendar, day: Day(day)!, hour: 0, working).adding(seconds: -1).day.description
        }
        // The week of 30 November: Monday 7, Thursday 10 is free, so Friday 11.
        #expect(end(.weeklyMonday, "2026-12-06") == "2026-12-07")
        #expect(end(.weeklyThursday, "2026-11-30") == "2026-12-11")
        // The 5th of December is a Saturday.
        #expect(end(.monthly, "2026-11-30") == "2026-12-07")
        #expect(end(.monthly, "2026-12-31") == "2027-01-05")
    }
}
