import Matching
import Values

extension Line {
    /// What a case keeps of the line, whoever opens it; what it does not say is left out.
    var evidence: [JSON.Member] {
        var members: [JSON.Member] = []
        if let transactionID { members.append(.init("transaction_id", .string(transactionID))) }
        if !memo.isEmpty { members.append(.init("memo", .string(memo))) }
        if let counterpartyName { members.append(.init("counterparty_name", .string(counterpartyName))) }
        if !counterpartyAccount.isEmpty {
            members.append(.init("counterparty_account", .string(counterpartyAccount)))
        }
        return members + [.init("booked_at", .text(bookedAt)), .init("line_amount", .money(amount))]
    }
}
