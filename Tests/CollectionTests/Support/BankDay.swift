import PaymentQR
import Settlement
import TestSupport
import Values

/// One day at the bank, and what is to come of it.
struct BankDay {
    var requests: [(reference: String, due: Int64)] = []
    var callbacks: [(id: String, amount: Int64, reference: String?, isGateway: Bool)] = []
    /// Callbacks that come when the day was reconciled already, and what each is answered.
    var late: [(id: String, amount: Int64, reference: String?, outcome: NoticeOutcome)] = []
    /// Those that settle a request by themselves while its line waits for confirmation.
    var overtakes: Set<String> = []
    var lines: [(id: String, amount: Int64, memo: String)] = []
    var truth: [String: Int64] = [:]
    /// What the books have more than the bank after the day.
    var missing: Int64 = 0
    var repeated: Int64 = 0
    var paid: Set<String> = []
    private let name: String
    private var number = 0

    private mutating func count(_ outcome: String, _ number: Int64 = 1) { truth[outcome, default: 0] += number }

    private mutating func request(_ random: inout Seeded) -> (reference: String, due: Int64) {
        let made = (
            reference: CreditorReference.random(using: &random).text,
            due: Int64.random(in: 2...900, using: &random) * 500
        )
        requests.append(made)
        return made
    }

    private static func memo(_ reference: String, _ random: inout Seeded) -> String {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: "CK \(reference.lowercased()) le phi"
        case 1: "MBVCB.12345.\(reference).NOP"
        case 2: reference.enumerated().map { $0 % 4 == 3 ? "\($1) " : "\($1)" }.joined()
        default: "\(reference)"
        }
    }

    init(_ name: String, _ random: inout Seeded) {
        self.name = name
        for _ in 0..<Int.random(in: 2...9, using: &random) {
            let one = request(&random)
            let transfer = next()
            let memo = BankDay.memo(one.reference, &random)
            let kind = Int.random(in: 0..<14, using: &random)
            switch kind {
            case 3, 8...12: addUnreported(kind, one, transfer, memo, &random)
            default: addReported(kind, one, transfer, memo)
            }
        }
        addPayout(&random)
        lines.shuffle(using: &random)
        callbacks.shuffle(using: &random)
    }

    private mutating func next() -> String {
        number += 1
        return "\(name)-\(number)"
    }

    /// A transfer that the bank reports.
    private mutating func addReported(
        _ kind: Int,
        _ one: (reference: String, due: Int64),
        _ transfer: String,
        _ memo: String
    ) {
        switch kind {
        case 0, 1:
            callbacks.append((transfer, one.due, one.reference, false))
            lines.append((transfer, one.due, "x"))
            paid.insert(one.reference)
            count("matched")
        case 2:
            // The bank's own id differs from the gateway's; the memo tells.
            callbacks.append((transfer, one.due, one.reference, false))
            lines.append((next(), one.due, memo))
            paid.insert(one.reference)
            count("matched")
        case 4:
            callbacks.append((transfer, one.due, one.reference, false))
            paid.insert(one.reference)
            missing += one.due
            count("missing_at_bank")
        case 5:
            callbacks.append((transfer, one.due, one.reference, false))
            lines.append((transfer, one.due + 500, memo))
            paid.insert(one.reference)
            count("amount_mismatch")
        case 6:
            callbacks.append((transfer, one.due, one.reference, false))
            lines.append((transfer, one.due, memo))
            lines.append((transfer, one.due, memo))
            paid.insert(one.reference)
            repeated += one.due
            count("matched")
            count("duplicate_line")
        case 7:
            callbacks.append((transfer, one.due, one.reference, false))
            lines.append((transfer, one.due, memo))
            lines.append((next(), one.due, memo))
            paid.insert(one.reference)
            count("matched")
            count("duplicate_line")
        default:
            callbacks.append((transfer, one.due - 500, one.reference, false))
            lines.append((transfer, one.due - 500, memo))
            count("matched")
        }
    }

    /// A transfer that a line shows first, or a line that is none.
    private mutating func addUnreported(
        _ kind: Int,
        _ one: (reference: String, due: Int64),
        _ transfer: String,
        _ memo: String,
        _ random: inout Seeded
    ) {
        switch kind {
        case 3:
            lines.append((transfer, one.due, memo))
            paid.insert(one.reference)
            count("recovered")
            if random.chance(50) {
                late.append((transfer, one.due, one.reference, .duplicate))
                overtakes.insert(transfer)
            }
        case 8:
            lines.append((transfer, one.due, "NGUYEN VAN A chuyen tien"))
            count("unmatched")
            // The callback has what the memo had not.
            if random.chance(60) {
                late.append((transfer, one.due, one.reference, .settled))
                paid.insert(one.reference)
            } else if random.chance(50) {
                late.append((transfer, one.due, nil, .duplicate))
            }
        case 9:
            lines.append((transfer, one.due - 500, memo))
            lines.append((next(), 500, memo))
            paid.insert(one.reference)
            count("recovered", 2)
        case 10:
            let other = request(&random)
            lines.append((transfer, one.due + other.due, "\(memo) va \(BankDay.memo(other.reference, &random))"))
            paid.formUnion([one.reference, other.reference])
            count("recovered")
            if random.chance(50) { late.append((transfer, one.due + other.due, one.reference, .duplicate)) }
        case 11:
            lines.append((transfer, one.due + 1500, memo))
            count("amount_mismatch")
        case 12:
            lines.append((transfer, -one.due, "phi dich vu"))
            count("unmatched")
        default: break
        }
    }

    private mutating func addPayout(_ random: inout Seeded) {
        // A gateway's day, paid out in one line less its commission. Where another line might be the payout as well, no
        // truth can be told from the bank's side: such a world has none.
        let dues = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            Int64.random(in: 2...900, using: &random) * 500
        }
        let total = dues.reduce(0, +)
        let least = total - total * 25 / 1000
        if random.chance(30),
            !lines.contains(where: { $0.memo.hasPrefix("NGUYEN") && (least...total).contains($0.amount) })
        {
            for due in dues {
                let reference = CreditorReference.random(using: &random).text
                requests.append((reference, due))
                callbacks.append((next(), due, reference, true))
                paid.insert(reference)
            }
            lines.append((next(), Int64.random(in: least...total, using: &random), "THANH TOAN CONG"))
            count("grouped")
        }
    }
}
