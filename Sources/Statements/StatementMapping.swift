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
/// space and line breaks. Where the header of a bank varies, an item of `header` is a list of headings of which one must
/// be there. A column is found by any of several headings or by its position from 1. If `transaction_id`
/// and `booked_at` have the same heading they share its cells: the date on the first line and the id below.
///
/// What few banks do has members of its own, all optional: `debits` (`negative`: debits, fees and taxes are below zero;
/// `either`: the first debit says which), `blank_dates` (`above`: an empty date is that of the line above), `bare_totals`
/// (a row of sums without date, id and memo ends the table), `label_values` (`below`: the value of a label stands in the
/// next row), `account_after` (the account in the cell of the other side's name, after this mark), `end` (texts of a row
/// after which nothing is read).
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
        /// The account of the row itself, where a file has those of several.
        case account
        /// What the bank kept for the transfer and its tax; both add to the debit.
        case fee
        case tax
        /// The time of day, where it has a column of its own.
        case time
        case currency
        case counterpartyName = "counterparty_name"
        case counterpartyAccount = "counterparty_account"
        case counterpartyBank = "counterparty_bank"
        case memo
        /// The two sides of a row that names both and has one amount: which of them is the account asked for makes the
        /// amount a debit or a credit.
        case fromAccount = "from_account"
        case fromName = "from_name"
        case fromBank = "from_bank"
        case toAccount = "to_account"
        case toName = "to_name"
        case toBank = "to_bank"
    }

    /// How sure a built-in layout is.
    public enum Confidence: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Drawn from headings alone, or from another's description.
        case guess
        /// Drawn from a program that reads the bank's files.
        case program
        /// Drawn from a file of the bank.
        case file

        /// Less sure is less.
        public static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .guess: 0
            case .program: 1
            case .file: 2
            }
        }
    }

    /// The sign of the numbers in the columns of debits, fees and taxes.
    public enum DebitSign: String, Sendable, CaseIterable {
        case positive, negative
        /// As the first debit of the file has it.
        case either
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
        /// The totals of the fees and of the taxes.
        case fees, taxes
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
    /// How sure it is that the bank's files look like this; `nil` for a layout that somebody described here, which is
    /// tried before the built-in ones.
    public let confidence: Confidence?
    /// Whether the bank hands it out as PDF, so that only a table made from that can be read.
    public let isMadeFromPDF: Bool
    /// From what the layout is known; empty if its mapping does not say.
    public let origin: String
    /// The mapping as it was read, which ``init(_:)-(JSON)`` reads again.
    public let json: JSON
    /// Where it is kept, if it is one that somebody has stored; see ``stored(as:)``.
    public private(set) var storedID: Int64?
    let encoding: TextEncoding?
    let delimiter: UInt8?
    /// Each heading that must be there, in any of its forms.
    let header: [[String]]
    let headerRows: Int
    let columns: [Column: Source]
    let dates: [DatePattern]
    let thousands: [Character]
    let decimals: [Character]
    let creditSigns: [String]
    let debitSigns: [String]
    let footer: [String]
    let labels: [Label: [String]]
    let debitSign: DebitSign
    let fillsDates: Bool
    let hasBareTotals: Bool
    let hasValuesBelow: Bool
    let accountMark: String?
    let end: [String]

    /// Why a mapping file is not valid.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// The invalid member, such as `columns.debit`.
        public let member: String
        public let reason: Phrase

        public init(member: String, reason: Phrase) {
            self.member = member
            self.reason = reason
        }

        /// What is wrong, and in which member.
        public var phrase: Phrase { member.isEmpty ? reason : reason.prefixed(by: "\(member): ") }

        public var description: String { phrase[.english] }
    }

    /// Normalises a text for comparing headings: lowercase, without white space, in any Unicode composition.
    static func folded(_ text: some StringProtocol) -> String { text.lowercased().filter { !$0.isWhitespace } }

    /// The mapping as one that is stored: unlike one that is named for a file, it comes after the built-in layouts that
    /// are sure.
    public func stored(as id: Int64) -> StatementMapping {
        var mapping = self
        mapping.storedID = id
        return mapping
    }

    /// Whether the id is in the date's cells, below the date.
    var idStandsUnderDate: Bool { columns[.transactionID] != nil && columns[.transactionID] == columns[.bookedAt] }

    /// The headings that it is recognised by, as they are written; the forms of one are joined by a stroke.
    public var recognisedBy: [String] {
        (json["header"]?.array ?? [json["header"] ?? .null]).map { item in
            (item.array ?? [item]).compactMap(\.string).map {
                $0.split(whereSeparator: \.isNewline).joined(separator: " ")
            }
            .joined(separator: " | ")
        }
    }

    /// Whether an amount of it may consist of a debit and what the bank kept.
    var hasFees: Bool { columns[.fee] != nil || columns[.tax] != nil }
    /// Whether its rows name two accounts and one amount.
    var namesTwoAccounts: Bool { columns[.fromAccount] != nil }
}

extension StatementMapping {
    /// How sure it is, as it is listed: the word of its ``confidence``, or `own`.
    public var sureness: String { confidence?.rawValue ?? "own" }

    /// The layout as `khop statement layouts --json` lists it.
    public var listed: JSON {
        [
            "name": .string(name), "title": .string(title), "bank": .optional(bank), "confidence": .string(sureness),
            "made_from_pdf": .bool(isMadeFromPDF), "source": .string(origin),
            "recognised_by": .array(recognisedBy.map(JSON.string)),
        ]
    }
}
