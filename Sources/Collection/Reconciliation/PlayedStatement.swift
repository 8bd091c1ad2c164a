public import BankCallbacks
import Postgres
public import Statements
public import Values

/// The statement of a bank that is played: all money that an account got, whether it was told of or not.
public struct PlayedStatement: Sendable {
    private let writer: StatementWriter
    private let format: StatementWriter.Format
    /// How many transfers it has.
    public let count: Int

    /// - Parameters:
    ///   - transfers: in the order in which they were booked.
    ///   - opening: what the account held before the first.
    ///   - day: the day of the statement.
    public init(
        _ transfers: [PlayedTransfer],
        account: String,
        opening: Money,
        on day: Day,
        _ format: StatementWriter.Format
    ) {
        let lines = transfers.enumerated().map { number, transfer in
            StatementLine(
                lineNumber: number + 1,
                transactionID: transfer.payment.transactionID,
                bookedAt: max(transfer.payment.occurredAt, day.start),
                valueDate: day,
                amount: transfer.payment.amount,
                counterpartyName: transfer.payer,
                counterpartyAccount: transfer.payerAccount,
                memo: transfer.payment.memo,
                balance: nil
            )
        }
        writer = StatementWriter(account: account, day: day, opening: opening, lines: lines)
        (self.format, count) = (format, lines.count)
    }

    /// The file's text.
    public var text: String { writer.text(format) }

    /// The name that a bank would give the file.
    public var fileName: String {
        switch format {
        case .mt940: "sao-ke.sta"
        case .camt053: "sao-ke.xml"
        default: "sao-ke.csv"
        }
    }
}

extension StatementImport {
    /// Which of some transactions no statement of the account has yet.
    public func unstated(_ transactions: [String], of account: String) async throws -> Set<String> {
        let stated = try await database.query(
            """
            select distinct transaction_id from statement_line
            where account_number = \(account) and transaction_id = any(\(transactions)::text[])
            """
        ).map { try $0.get(0, as: String.self) }
        return Set(transactions).subtracting(stated)
    }
}
