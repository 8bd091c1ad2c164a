import Casework
import Collection
import FeeSchedule
import Foundation
import Postgres
import PureSupport
import TestSupport
import Testing
import Values

/// Random days of cashiers, beside a plain book of their drawers.
@Suite struct ShiftWorldTests {
    /// A drawer as anybody would keep it on paper.
    private struct Paper {
        let shift: Shift
        let person: Person
        let agency: String
        let float: Int64
        var cash: Int64
        var counted: Int64?
        var isClosed = false
        var isDeposited = false
    }

    private struct World {
        let drawer: Drawer
        var random: Seeded
        var papers: [Paper] = []
        /// Of each agency, what should be at its desk and in its clearing account.
        var desk: [String: Int64] = [:]
        var clearing: [String: Int64] = [:]
        var refunds: [(id: UUID, amount: Int64)] = []
        var number = 0

        mutating func open() async throws {
            let (person, agency) = (random.pick([Drawer.mai, Drawer.hien]), random.pick(["H44.01", "H44.02"]))
            let float = Int64.random(in: 0...10, using: &random) * 50_000
            let isTaken = papers.contains { $0.person == person && $0.agency == agency && $0.counted == nil }
            let refusal = try await Drawer.refusal {
                let shift = try await drawer.open(person, at: agency, float: float)
                papers.append(Paper(shift: shift, person: person, agency: agency, float: float, cash: float))
            }
            #expect(refusal == (isTaken ? "shift_open_already" : nil))
        }

        mutating func take() async throws {
            let (person, agency) = (random.pick([Drawer.mai, Drawer.hien]), random.pick(["H44.01", "H44.02"]))
            let channel = random.pick([Channel.counterCash, .counterCash, .counterCard])
            let tendered: Int64? = random.chance(50) ? random.pick([10_000, 20_000, 100_000]) : nil
            let open = papers.firstIndex { $0.person == person && $0.agency == agency && $0.counted == nil }
            let request = try await drawer.request(agency)
            let refusal = try await Drawer.refusal {
                try await drawer.take(request, by: person, channel, tendered: channel.isCash ? tendered : nil)
            }
            guard channel.isCash else {
                #expect(refusal == nil)
                clearing[agency, default: 0] += 20_000
                return
            }
            guard let open else { return #expect(refusal == "shift_needed") }
            guard tendered != 10_000 else { return #expect(refusal == "cash_too_little") }
            #expect(refusal == nil)
            papers[open].cash += 20_000
            desk[agency, default: 0] += 20_000
        }

        mutating func giveBack() async throws {
            guard let open = papers.indices.filter({ papers[$0].agency == "H44.01" }).randomElement(using: &random)
            else { return }
            if refunds.isEmpty {
                number += 1
                let amount = Int64.random(in: 1...9, using: &random) * 10_000
                refunds.append((try await drawer.refundByHand("R\(number)", amount), amount))
            }
            let refund = refunds[0]
            let paper = papers[open]
            let refusal = try await Drawer.refusal {
                let shifts = drawer.services.shifts
                _ = try await shifts.giveBack(refund.id, in: paper.shift.id, by: paper.person, within: nil)
            }
            guard paper.counted == nil else { return #expect(refusal == "shift_cannot") }
            guard refund.amount <= paper.cash else { return #expect(refusal == "drawer_holds_less") }
            #expect(refusal == nil)
            papers[open].cash -= refund.amount
            desk["H44.01", default: 0] -= refund.amount
            refunds.removeFirst()
        }

        mutating func close() async throws {
            guard let place = papers.indices.randomElement(using: &random) else { return }
            let paper = papers[place]
            let counted = random.chance(60) ? paper.cash : max(0, paper.cash + random.pick([-1000, 500, 12_345]))
            let why: String? = random.chance(70) ? "lý do" : nil
            let refusal = try await Drawer.refusal {
                let closed = try await drawer.close(paper.shift, counted, why: why, by: paper.person)
                #expect(closed.expected == Money(paper.cash) && closed.counted == Money(counted))
                #expect(closed.state == (counted == paper.cash ? .closed : .counted))
            }
            guard !paper.isClosed else {
                // A closed shift is told so, but for a difference that nobody explains.
                return #expect(refusal == "shift_cannot" || refusal == "shift_unexplained")
            }
            guard counted == paper.cash || why != nil else { return #expect(refusal == "shift_unexplained") }
            #expect(refusal == nil)
            papers[place].counted = counted
            papers[place].isClosed = counted == paper.cash
        }

        mutating func approve() async throws {
            guard let place = papers.indices.randomElement(using: &random) else { return }
            let paper = papers[place]
            let person = random.pick([Drawer.mai, Drawer.hien, TestPerson.approver])
            let refusal = try await Drawer.refusal {
                _ = try await drawer.services.shifts.approve(paper.shift.id, note: "đã xem", by: person, within: nil)
            }
            guard let counted = paper.counted, !paper.isClosed else { return #expect(refusal == "shift_cannot") }
            guard person != paper.person else { return #expect(refusal == "shift_own_difference") }
            #expect(refusal == nil)
            papers[place].isClosed = true
            desk[paper.agency, default: 0] += counted - paper.cash
        }

        mutating func deposit() async throws {
            let agency = random.pick(["H44.01", "H44.02"])
            let chosen = papers.indices.filter {
                papers[$0].agency == agency && papers[$0].isClosed && !papers[$0].isDeposited
            }.prefix(3)
            let amount = chosen.reduce(0) { $0 + (papers[$1].counted ?? 0) - papers[$1].float }
            guard amount > 0 else { return }
            number += 1
            let slip = "S\(number)"
            let isWrong = random.chance(20)
            let refusal = try await Drawer.refusal {
                _ = try await drawer.services.shifts.deposit(
                    chosen.map { papers[$0].shift.id },
                    amount: Money(isWrong ? amount + 1 : amount),
                    slipNumber: slip,
                    on: Instant.now().day,
                    by: Drawer.mai,
                    within: nil
                )
            }
            guard !isWrong else { return #expect(refusal == "deposit_differs") }
            #expect(refusal == nil)
            for place in chosen { papers[place].isDeposited = true }
            desk[agency, default: 0] -= amount
            clearing[agency, default: 0] += amount
        }

        mutating func step() async throws {
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<3: try await open()
            case 3..<11: try await take()
            case 11..<13: try await giveBack()
            case 13..<16: try await close()
            case 16..<18: try await approve()
            default: try await deposit()
            }
        }

        func check() async throws {
            for paper in papers {
                let found = try await drawer.services.shifts.find(paper.shift.id, within: nil)
                #expect(found.expected == Money(paper.cash), "shift \(paper.shift.id), seed \(random.seed)")
                #expect(found.counted?.dong == paper.counted, "shift \(paper.shift.id), seed \(random.seed)")
                #expect((found.state == .closed) == paper.isClosed && (found.deposit != nil) == paper.isDeposited)
            }
            for agency in ["H44.01", "H44.02"] {
                let seed = random.seed
                #expect(try await drawer.desk.balance("desk", agency) == desk[agency] ?? 0, "\(agency), seed \(seed)")
                let inClearing = try await drawer.desk.balance("clearing", agency)
                #expect(inClearing == clearing[agency] ?? 0, "\(agency), seed \(seed)")
            }
            try await drawer.desk.expectCleanBooks()
        }
    }

    @Test func `random days of cashiers are what a book on paper says`() async throws {
        var seeds = Seeded("shift worlds")
        for _ in 0..<3 {
            let seed = seeds.next()
            try await TestDatabase.withServices { services in
                var world = World(drawer: try await Drawer(services), random: Seeded(seed: seed))
                for _ in 0..<80 { try await world.step() }
                try await world.check()
            }
        }
    }
}
