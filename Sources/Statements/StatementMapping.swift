public import Values

/// The layout of one bank's statement tables, read from a small JSON file.
///
/// ```json
/// {
///   "name": "examplebank", "title": "Example Bank, internet banking export", "bank": "970436", "verified": false,
///   "encoding": "auto", "delimiter": ",", "header": ["Ngày GD", "Số dư"], "header_rows": 1,
///   "columns": {"booked_at": ["Ngày GD"], "debit": ["Ghi nợ"], "credit": ["Ghi có"], "balance": 5, "memo": ["Nội dung"]},
///   "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy"], "thousands": [",", "."], "decimals": ["."],
///   "signs": {"credit": ["+"], "debit": ["-"]},
///   "footer": ["Tổng cộng"],
///   "labels": {"account": ["Số tài khoản"], "opening": ["Số dư đầu kỳ"], "closing": ["Số dư cuối kỳ"]}
/// }
/// ```
///
/// Only name, header, columns and dates are required. A layout that names its bank is refused for an account at another
/// bank. Headings, footers and labels match regardless of case, white
/// space and line breaks. A column is found by any of several headings or by its position from 1. If `transaction_id`
/// and `booked_at` have the same heading they share its cells: the date on the first line and the id below.
public struct StatementMapping: Sendable, Hashable {
    /// The meaning of a column of the table.
    public enum Column: String, Sendable, CaseIterable {
        case transactionID = "transaction_id"
        case bookedAt = "booked_at"
        case valueDate = "value_date"
        /// Positive for a credit; unsigned if there is a column `sign`.
        case amount
        case sign
        case debit
        case credit
        case balance
        case currency
        case counterpartyName = "counterparty_name"
        case counterpartyAccount = "counterparty_account"
        case counterpartyBank = "counterparty_bank"
        case memo
    }

    /// How a column is found.
    public enum Source: Sendable, Hashable {
        /// By any of these headings, folded; the first that the table has.
        case headings([String])
        /// By its position, from 0.
        case position(Int)
    }

    /// Values in the cells around a table: `label: value` in one cell, or the value in the next cell.
    public enum Label: String, Sendable, CaseIterable {
        case account, opening, closing
        /// The totals of the credits and of the debits.
        case credits, debits
    }

    /// Lowercase letters, digits and dashes.
    public let name: String
    /// The bank and the kind of export, for people to read.
    public let title: String
    /// The BIN of the bank whose own layout this is; `nil` for one that several banks share.
    public let bank: String?
    /// Whether the layout has been seen in a real file of the bank; otherwise it is derived from other people's
    /// descriptions.
    public let isVerified: Bool
    let encoding: TextEncoding?
    let delimiter: UInt8?
    let header: [String]
    let headerRows: Int
    let columns: [Column: Source]
    let dates: [DatePattern]
    let thousands: [Character]
    let decimals: [Character]
    let creditSigns: [String]
    let debitSigns: [String]
    let footer: [String]
    let labels: [Label: [String]]

    /// Why a mapping file is not valid.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// The invalid member, such as `columns.debit`.
        public let member: String
        public let reason: Phrase

        /// What is wrong, and in which member.
        public var phrase: Phrase { member.isEmpty ? reason : reason.prefixed(by: "\(member): ") }

        public var description: String { phrase[.english] }
    }

    /// Normalises a text for comparing headings: lowercase, without white space, in any Unicode composition.
    static func folded(_ text: some StringProtocol) -> String { text.lowercased().filter { !$0.isWhitespace } }

    /// Whether the id is in the date's cells, below the date.
    var idStandsUnderDate: Bool { columns[.transactionID] != nil && columns[.transactionID] == columns[.bookedAt] }
}
