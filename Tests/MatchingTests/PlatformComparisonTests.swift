import PureSupport
import Testing
import Values
import Workflow

@testable import Matching

/// The platform's daily file beside the books and the bank.
@Suite struct PlatformComparisonTests {
    private static let day = Day(daysSinceEpoch: 20_000)

    private static func row(_ number: Int, _ code: String, _ tx: String, _ amount: Int64, paid: Bool = true)
        -> PlatformFacts.Row
    {
        PlatformFacts.Row(number: number, code: code, transaction: tx, amount: Money(amount), isPaid: paid)
    }

    private static func payment(
        _ tx: String,
        _ code: String?,
        _ amount: Int64,
        _ bank: PlatformFacts.Bank = .shown,
        late: Bool = false,
        ofDay: Bool = true
    ) -> PlatformFacts.Payment {
        PlatformFacts.Payment(
            transaction: tx,
            code: code,
            amount: Money(amount),
            bank: bank,
            isOfDay: ofDay,
            isLate: late
        )
    }

    private static func codes(
        _ rows: [PlatformFacts.Row],
        _ payments: [PlatformFacts.Payment],
        attempts: Set<String> = ["A", "B"],
        _ change: (inout PlatformFacts) -> Void = { _ in }
    ) -> [Reason.Code] {
        var facts = PlatformFacts(day: day, rows: rows, payments: payments, attempts: attempts)
        change(&facts)
        return PlatformComparison.judge(facts).map(\.reason.code)
    }

    @Test func `payment, platform and bank: each difference has its reason`() {
        let paid = Self.row(1, "A", "1", 100)
        #expect(Self.codes([paid], [Self.payment("1", "A", 100)]) == [.platformAgrees])
        #expect(Self.codes([paid], [Self.payment("1", "A", 100, .awaited)]) == [.platformBankAwaited])
        #expect(Self.codes([paid], [Self.payment("1", "A", 100, .missing)]) == [.platformBankMissing])
        #expect(Self.codes([paid], [Self.payment("1", "A", 90)]) == [.platformAmountDiffers])
        #expect(Self.codes([paid], [Self.payment("1", "B", 100)]) == [.platformTransactionDiffers])
        #expect(Self.codes([paid], [Self.payment("1", nil, 100)]) == [.platformAgrees])
        #expect(Self.codes([paid], []) == [.platformRowUnheard])
        #expect(Self.codes([paid], [], attempts: []) == [.platformRowUnknown])
        #expect(Self.codes([], [Self.payment("1", "A", 100)]) == [.platformRowMissing])
        #expect(Self.codes([paid, paid], [Self.payment("1", "A", 100)]) == [.platformAgrees, .platformRowRepeated])
    }

    @Test func `another transaction of the same attempt is one difference, and a second payment is another`() {
        let first = Self.payment("1", "A", 100)
        #expect(Self.codes([Self.row(1, "A", "2", 100)], [first]) == [.platformTransactionDiffers])
        let both = [Self.row(1, "A", "1", 100), Self.row(2, "A", "2", 100)]
        #expect(Self.codes(both, [first]) == [.platformAgrees, .platformRowUnheard])
    }

    @Test func `what the platform has as not paid differs only from what is in the books`() {
        let failed = Self.row(1, "A", "", 100, paid: false)
        #expect(Self.codes([failed], []) == [.platformNotPaid])
        #expect(Self.codes([failed], [Self.payment("1", "A", 100)]) == [.platformSaysUnpaid])
        // A first attempt failed, the second was paid.
        let then = Self.row(2, "A", "2", 100)
        #expect(Self.codes([failed, then], [Self.payment("2", "A", 100)]) == [.platformNotPaid, .platformAgrees])
    }

    @Test func `what is paid around midnight may be in the file of the next day`() {
        let late = Self.payment("1", "A", 100, late: true)
        #expect(Self.codes([], [late]) == [.platformInNextFile])
        #expect(Self.codes([], [late]) { $0.hasNextFile = true } == [.platformRowMissing])
        #expect(Self.codes([], [late]) { $0.otherFiles = ["1"] } == [])
        let row = Self.row(1, "A", "1", 100)
        #expect(Self.codes([row], [Self.payment("1", "A", 100, ofDay: false)]) == [.platformAgrees])
        #expect(
            Self.codes([row], [Self.payment("1", "A", 100)]) {
                $0.earlierFiles = ["1"]
                $0.otherFiles = ["1"]
            }
                == [.platformRowRepeated]
        )
    }

    @Test func `a row that cannot be read is a case, and what the bank lacks is none of its own`() {
        let broken = PlatformFacts.Row(
            number: 1,
            code: "",
            transaction: "",
            amount: .zero,
            isPaid: false,
            fault: "SoTien"
        )
        let facts = PlatformFacts(
            day: Self.day,
            rows: [broken, Self.row(2, "A", "1", 100)],
            payments: [Self.payment("1", "A", 100, .missing)],
            attempts: ["A"]
        )
        let found = PlatformComparison.judge(facts)
        #expect(found.map(\.isCase) == [true, false] && found.map(\.isMatched) == [false, false])
        #expect(found.map(\.verdict) == [.differs, .differs])
    }

    /// What is planted for one attempt, and what is to be found of it.
    private struct Planted {
        var rows: [(code: String, tx: String, amount: Int64, isPaid: Bool)] = []
        var payments: [PlatformFacts.Payment] = []
        var isAttempt = true
        var isInOther = false
        var found: [Reason.Code] = []
    }

    /// A world is made by planting; what is to be found is known from what was planted, not worked out again.
    private static func plant(_ number: Int, _ random: inout Seeded) -> Planted {
        let (code, tx, amount) = ("C\(number)", "T\(number)", Int64.random(in: 1...1_000_000, using: &random))
        var planted = Planted()
        let good = (code: code, tx: tx, amount: amount, isPaid: true)
        let booked = payment(tx, code, amount)
        switch Int.random(in: 0..<14, using: &random) {
        case 0: (planted.rows, planted.payments, planted.found) = ([good], [booked], [.platformAgrees])
        case 1:
            planted.rows = [good]
            planted.payments = [payment(tx, code, amount, .awaited)]
            planted.found = [.platformBankAwaited]
        case 2:
            planted.rows = [good]
            planted.payments = [payment(tx, code, amount, .missing)]
            planted.found = [.platformBankMissing]
        case 3:
            planted.rows = [(code, tx, amount + 1, true)]
            planted.payments = [booked]
            planted.found = [.platformAmountDiffers]
        case 4: (planted.rows, planted.found) = ([good], [.platformRowUnheard])
        case 5: (planted.rows, planted.isAttempt, planted.found) = ([good], false, [.platformRowUnknown])
        case 6: (planted.payments, planted.found) = ([booked], [.platformRowMissing])
        case 7:
            planted.rows = [good, good]
            planted.payments = [booked]
            planted.found = [.platformAgrees, .platformRowRepeated]
        case 8: (planted.rows, planted.found) = ([(code, "", amount, false)], [.platformNotPaid])
        case 9:
            planted.rows = [(code, "", amount, false)]
            planted.payments = [booked]
            planted.found = [.platformSaysUnpaid]
        case 10:
            planted.rows = [(code, tx + "x", amount, true)]
            planted.payments = [booked]
            planted.found = [.platformTransactionDiffers]
        case 11: (planted.payments, planted.isInOther) = ([booked], true)
        case 12:
            planted.payments = [payment(tx, code, amount, late: true)]
            planted.found = [.platformInNextFile]
        default:
            planted.rows = [good, (code, tx + "x", amount, true)]
            planted.payments = [booked]
            planted.found = [.platformAgrees, .platformRowUnheard]
        }
        return planted
    }

    @Test func `in worlds at random each planted fault is named, and nothing else`() {
        var random = Seeded("platform comparison")
        for _ in 0..<300 {
            let planted = (0..<Int.random(in: 0...40, using: &random)).map { Self.plant($0, &random) }
            // Rows of all attempts mixed, those of one in their order.
            var rest = planted.map { ArraySlice($0.rows) }
            var rows: [PlatformFacts.Row] = []
            while let place = rest.indices.filter({ !rest[$0].isEmpty }).randomElement(using: &random) {
                let row = rest[place].removeFirst()
                rows.append(Self.row(rows.count + 1, row.code, row.tx, row.amount, paid: row.isPaid))
            }
            let facts = PlatformFacts(
                day: Self.day,
                rows: rows,
                payments: planted.flatMap(\.payments).shuffled(using: &random),
                attempts: Set(planted.enumerated().filter { $1.isAttempt }.map { "C\($0.offset)" }),
                otherFiles: Set(planted.enumerated().filter { $1.isInOther }.map { "T\($0.offset)" })
            )
            let found = PlatformComparison.judge(facts)
            for (number, one) in planted.enumerated() {
                let own = found.filter { $0.code == "C\(number)" }.map(\.reason.code)
                #expect(own.sorted { $0.rawValue < $1.rawValue } == one.found.sorted { $0.rawValue < $1.rawValue })
            }
            // Each row once, and nothing of nobody.
            #expect(found.compactMap(\.row) == rows.map(\.number))
            #expect(found.count == planted.reduce(0) { $0 + $1.found.count })
        }
    }
}
