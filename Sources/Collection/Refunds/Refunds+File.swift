import Casework
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Refunds {
    /// The largest number of payments in one file; the next file contains the rest.
    private static let maximumPayments = 10_000

    /// Returns a new file of the account's executed refunds that are in no file yet or, if there are none, the latest
    /// file again. A file named by its message id is returned unchanged.
    ///
    /// Refunds that the person approved and those paid by hand are left out; an existing file that contains a refund
    /// the person approved is refused.
    public func paymentFile(account: String, messageID: String? = nil, by person: Person) async throws -> PaymentFile {
        try await Accounts.require(account, in: database)
        return try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                try Locks.paymentFile(of: account, tx)
                let waiting = try Refunds.waiting(account, tx)
                let sorted = waiting.map { ($0, RefundRules.leftOut($0.facts, takenBy: person.id)) }
                let leftOut = sorted.compactMap { refund, reason in
                    reason.map { PaymentFile.LeftOut(refundID: refund.id, amount: refund.amount, reason: $0) }
                }
                let ready = sorted.filter { $0.1 == nil }.map(\.0.id).prefix(Refunds.maximumPayments)
                let id: Int64
                if messageID == nil, !ready.isEmpty {
                    id = try Refunds.newFile(account, Array(ready), person, tx)
                } else {
                    id = try Refunds.file(account, named: messageID, leftOut, tx)
                    try Refunds.requireOthers(approved: id, person, tx)
                }
                var file = try Refunds.read(id, tx)
                file.leftOut = leftOut
                return file
            }
        }
    }

    /// Executed refunds of an account that are in no file, in the order of their ids.
    private static func waiting(_ account: String, _ tx: borrowing Transaction) throws -> [Refund] {
        try tx.query(
            """
            select id from refund
            where account_number = \(account) and state = 'executed' and file_id is null order by id for update
            """
        )
        return try tx.query(
            Query(
                trustedSQL: """
                    \(Refund.select)
                    where f.account_number = $1 and f.state = 'executed' and f.file_id is null order by f.id
                    """,
                binding: [account]
            )
        ).map(Refund.init)
    }

    private static func newFile(
        _ account: String,
        _ refunds: [UUID],
        _ person: Person,
        _ tx: borrowing Transaction
    ) throws -> Int64 {
        let now = Instant.now()
        let day = now.day.description.replacing("-", with: "")
        let file = try tx.query(
            """
            insert into refund_file (account_number, message_id, created_at, created_by, created_by_id)
            values (\(account), 'KHOP' || \(day)::text || upper(substr(md5(random()::text), 1, 10)), \(now)::timestamptz,
                \(person.name), \(person.id))
            returning id
            """
        ).row().get(0, as: Int64.self)
        try tx.query("update refund set file_id = \(file)::bigint where id = any(\(refunds)::uuid[])")
        try Audit.record(tx, person, "refund.file", "account:\(account)", ["refunds": .integer(refunds.count)])
        return file
    }

    /// The latest file, or the one of a message id.
    private static func file(
        _ account: String,
        named name: String?,
        _ leftOut: [PaymentFile.LeftOut],
        _ tx: borrowing Transaction
    ) throws -> Int64 {
        let rows = try tx.query(
            """
            select id from refund_file
            where account_number = \(account) and (\(name)::text is null or message_id = \(name)::text)
            order by id desc limit 1
            """
        )
        if let row = rows.first { return try row.get(0) }
        // Why waiting refunds are left out is a better answer than that there is no file.
        if name == nil, let first = leftOut.first {
            throw Refusal(first.reason.code == .approverCannotTakeFile ? .person : .state, first.reason)
        }
        throw ServiceError(.notFound, name == nil ? .noPaymentFile : .noSuchPaymentFile)
    }

    /// Throws if the person approved a refund in the file.
    private static func requireOthers(approved file: Int64, _ person: Person, _ tx: borrowing Transaction) throws {
        let own = try tx.query(
            """
            select end_to_end_id, amount from refund
            where file_id = \(file)::bigint and \(person.id) in (approved_by, second_approved_by) order by id limit 1
            """
        )
        guard let (mark, amount) = try own.first?.decode(String.self, Money.self) else { return }
        throw Refusal(.person, .approverCannotTakeFile(mark, amount: amount))
    }

    private static func read(_ id: Int64, _ tx: borrowing Transaction) throws -> PaymentFile {
        let head = try tx.query(
            """
            select d.message_id, d.created_at, a.account_number, a.bank_bin, a.name
            from refund_file d join bank_account a using (account_number) where d.id = \(id)::bigint
            """
        ).row()
        let rows = try tx.query(
            """
            select f.end_to_end_id, f.amount, coalesce(r.reference, ''), f.beneficiary_bin, f.beneficiary_account,
                f.beneficiary_name
            from refund f left join payment_request r on r.id = f.payment_request_id
            where f.file_id = \(id)::bigint order by f.id
            """
        )
        let items = try rows.compactMap { row -> PaymentFile.Item? in
            guard let beneficiary = try Beneficiary(row, from: 3) else { return nil }
            let mark = try row.get(0, as: String.self)
            return PaymentFile.Item(
                endToEndID: mark,
                amount: try row.get(1),
                beneficiary: beneficiary,
                // The id comes first: banks cut memos at their end.
                remittance: "\(mark) HOAN PHI \(try row.get(2, as: String.self))".trimming()
            )
        }
        return PaymentFile(
            messageID: try head.get(0),
            createdAt: try head.get(1),
            accountNumber: try head.get(2),
            bankBIN: try head.get(3),
            accountName: try head.get(4),
            items: items
        )
    }
}
