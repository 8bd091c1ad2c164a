import Values
import Workflow

/// Holds a day's file of the national payment platform against the books and the bank's statement.
///
/// A pure function of its facts. Each row has one finding, and so has each payment of the day that the file lacks.
public struct PlatformComparison: Sendable {
    private let facts: PlatformFacts
    private let payments: [String: PlatformFacts.Payment]
    private let byCode: [String: [PlatformFacts.Payment]]
    /// What rows have as paid.
    private let paid: Set<String>

    public static func judge(_ facts: PlatformFacts) -> [PlatformFinding] { PlatformComparison(facts).findings }

    private init(_ facts: PlatformFacts) {
        self.facts = facts
        payments = Dictionary(facts.payments.map { ($0.transaction, $0) }) { first, _ in first }
        byCode = Dictionary(grouping: facts.payments.filter { $0.code != nil }) { $0.code ?? "" }
        paid = Set(facts.rows.filter { $0.fault == nil && $0.isPaid }.map(\.transaction))
    }

    private var findings: [PlatformFinding] {
        var seen: Set<String> = []
        // Payments that a row was about although it does not have their transaction.
        var answered: Set<String> = []
        var found: [PlatformFinding] = []
        for row in facts.rows {
            let (verdict, reason) = judge(row, isRepeated: seen.contains(row.transaction), &answered)
            if row.fault == nil, row.isPaid { seen.insert(row.transaction) }
            found.append(
                PlatformFinding(
                    row: row.number,
                    code: row.code,
                    transaction: row.transaction,
                    amount: row.amount,
                    verdict: verdict,
                    reason: reason
                )
            )
        }
        return found + missing(answered)
    }

    private typealias Judged = (PlatformFinding.Verdict, Reason)

    private func judge(_ row: PlatformFacts.Row, isRepeated: Bool, _ answered: inout Set<String>) -> Judged {
        if let fault = row.fault { return (.differs, .platformRowUnreadable(row.number, field: fault)) }
        guard row.isPaid else { return unpaid(row, &answered) }
        if isRepeated || facts.earlierFiles.contains(row.transaction) {
            return (.differs, .platformRowRepeated(row.transaction, amount: row.amount))
        }
        if let payment = payments[row.transaction] { return compare(row, payment) }
        guard facts.attempts.contains(row.code) else {
            return (.differs, .platformRowUnknown(row.code, amount: row.amount))
        }
        // Paid with another transaction, which no file has: one of the two is wrong.
        if let other = (byCode[row.code] ?? []).first(where: { isUnnamed($0) && !answered.contains($0.transaction) }) {
            answered.insert(other.transaction)
            return (
                .differs,
                .platformTransactionDiffers(row.transaction, other: other.transaction, code: row.code)
            )
        }
        return (.differs, .platformRowUnheard(row.transaction, code: row.code, amount: row.amount))
    }

    private func isUnnamed(_ payment: PlatformFacts.Payment) -> Bool {
        !paid.contains(payment.transaction) && !facts.otherFiles.contains(payment.transaction)
    }

    private func compare(_ row: PlatformFacts.Row, _ payment: PlatformFacts.Payment) -> Judged {
        if payment.amount != row.amount {
            return (
                .differs, .platformAmountDiffers(row.transaction, found: row.amount, expected: payment.amount)
            )
        }
        if let code = payment.code, code != row.code {
            return (.differs, .platformTransactionDiffers(row.transaction, other: code, code: row.code))
        }
        switch payment.bank {
        case .shown: return (.agrees, .platformAgrees(row.transaction, amount: row.amount))
        case .awaited: return (.waits, .platformBankAwaited(row.transaction, amount: row.amount))
        case .missing: return (.differs, .platformBankMissing(row.transaction, amount: row.amount))
        }
    }

    /// A row that is not paid, of an attempt that the books have as paid by what no row has.
    private func unpaid(_ row: PlatformFacts.Row, _ answered: inout Set<String>) -> Judged {
        let own = payments[row.transaction].map { [$0] } ?? byCode[row.code] ?? []
        guard let payment = own.first(where: { isUnnamed($0) && !answered.contains($0.transaction) }) else {
            return (.agrees, .platformNotPaid(row.code))
        }
        answered.insert(payment.transaction)
        return (.differs, .platformSaysUnpaid(payment.transaction, amount: payment.amount))
    }

    /// The day's payments that neither this file nor another has.
    private func missing(_ answered: Set<String>) -> [PlatformFinding] {
        facts.payments.filter { $0.isOfDay && isUnnamed($0) && !answered.contains($0.transaction) }.map { payment in
            let waits = payment.isLate && !facts.hasNextFile
            return PlatformFinding(
                row: nil,
                code: payment.code ?? "",
                transaction: payment.transaction,
                amount: payment.amount,
                verdict: waits ? .waits : .differs,
                reason: waits
                    ? .platformInNextFile(payment.transaction, facts.day.next)
                    : .platformRowMissing(payment.transaction, amount: payment.amount, facts.day)
            )
        }
    }
}
