public import Values

/// How one bank lays out its own statement tables, read from a small JSON file.
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
/// Only name, header, columns and dates must be there. A layout that names its bank is refused for an account of another. Headings, footers and labels match whatever their case, white space
/// and line breaks. A column is found by any of several headings or by its position from 1; `transaction_id` and `booked_at`
/// of one heading share its cells, the date on the first line and the id beneath.
public struct StatementMapping: Sendable, Hashable {
    /// What a column of the table means.
    public enum Column: String, Sendable, CaseIterable {
        case transactionID = "transaction_id"
        case bookedAt = "booked_at"
        case valueDate = "value_date"
        /// Positive for a credit; or without sign, beside a column `sign`.
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

    /// Where a column is found.
    public enum Source: Sendable, Hashable {
        /// Under any of these headings, folded; the first that the table has.
        case headings([String])
        /// From 0.
        case position(Int)
    }

    /// What the cells around a table tell, `label: value` in one cell or value in the next.
    public enum Label: String, Sendable, CaseIterable {
        case account, opening, closing
        /// The sums of the credits and of the debits.
        case credits, debits
    }

    /// Lower-case letters, digits and dashes.
    public let name: String
    /// The bank and the export, for people.
    public let title: String
    /// The BIN of the bank whose own layout this is; `nil` for one that several banks share.
    public let bank: String?
    /// Whether the layout has been seen in a real file of the bank; otherwise it is pieced together from what others say.
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

    /// Why a mapping file is not acceptable.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// The member at fault, `columns.debit`.
        public let member: String
        public let reason: Phrase

        /// What was wrong and in which member.
        public var phrase: Phrase { member.isEmpty ? reason : reason.prefixed(by: "\(member): ") }

        public var description: String { phrase[.english] }
    }

    /// Text as headings are compared: lower case, without white space, whatever its Unicode composition.
    static func folded(_ text: some StringProtocol) -> String { text.lowercased().filter { !$0.isWhitespace } }

    /// Whether a column comes out of another's cells: the id beneath the date.
    var idStandsUnderDate: Bool { columns[.transactionID] != nil && columns[.transactionID] == columns[.bookedAt] }
}
