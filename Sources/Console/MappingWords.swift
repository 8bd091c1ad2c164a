import Statements
import Values

/// The columns of a statement, in people's words.
enum MappingWords {
    /// The choices of a column, in the order in which people look for them; the last ones are rare.
    static let columns: [(code: String, words: Phrase)] = [
        ("", Phrase(vi: "không đọc", en: "not read")),
        ("booked_at", Phrase(vi: "ngày ghi sổ", en: "when the bank booked")),
        ("booked_at transaction_id", Phrase(vi: "ngày, dưới là số giao dịch", en: "day, with the id below it")),
        ("value_date", Phrase(vi: "ngày hiệu lực", en: "value date")),
        ("time", Phrase(vi: "giờ", en: "time of day")),
        ("transaction_id", Phrase(vi: "số giao dịch của ngân hàng", en: "the bank's id")),
        ("debit", Phrase(vi: "ghi nợ (tiền ra)", en: "debit (money out)")),
        ("credit", Phrase(vi: "ghi có (tiền vào)", en: "credit (money in)")),
        (
            "amount",
            Phrase(vi: "số tiền (có dấu, hoặc dấu ở cột khác)", en: "amount (with its sign, or marked elsewhere)")
        ),
        ("sign", Phrase(vi: "dấu ghi có, ghi nợ (C/D, C/N, +/−)", en: "mark of credit or debit (C/D, C/N, +/−)")),
        ("balance", Phrase(vi: "số dư", en: "balance")),
        ("fee", Phrase(vi: "phí", en: "fee")), ("tax", Phrase(vi: "thuế", en: "tax")),
        ("memo", Phrase(vi: "nội dung", en: "memo")),
        ("counterparty_name", Phrase(vi: "tên bên kia", en: "name of the other side")),
        ("counterparty_account", Phrase(vi: "tài khoản bên kia", en: "account of the other side")),
        ("counterparty_bank", Phrase(vi: "ngân hàng bên kia", en: "bank of the other side")),
        ("currency", Phrase(vi: "loại tiền", en: "currency")),
        ("account", Phrase(vi: "tài khoản của dòng", en: "account of the line")),
        ("from_account", Phrase(vi: "tài khoản chuyển", en: "account that paid")),
        ("from_name", Phrase(vi: "tên bên chuyển", en: "who paid")),
        ("from_bank", Phrase(vi: "ngân hàng chuyển", en: "bank that paid")),
        ("to_account", Phrase(vi: "tài khoản nhận", en: "account that was paid")),
        ("to_name", Phrase(vi: "tên bên nhận", en: "who was paid")),
        ("to_bank", Phrase(vi: "ngân hàng nhận", en: "bank that was paid")),
    ]

    /// A column in words; its code where it has none.
    static func column(_ code: String, _ word: Wording) -> String {
        columns.first { $0.code == code }.map { word[$0.words] } ?? code
    }

    static func debits(_ sign: StatementMapping.DebitSign) -> Phrase {
        switch sign {
        case .positive: Phrase(vi: "không dấu", en: "without a sign")
        case .negative: Phrase(vi: "âm", en: "below zero")
        case .either: Phrase(vi: "theo dòng nợ đầu tiên", en: "as the first debit is")
        }
    }
}
