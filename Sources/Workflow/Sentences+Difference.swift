import Values

extension Reason.Code {
    /// Payments without a line, statements with a gap, items of a day's difference.
    var differencePhrase: Phrase {
        switch self {
        case .paymentMissing:
            Phrase(
                vi:
                    "Ngân hàng đã báo giao dịch {transaction}, {amount}, ngày {day}; hạn báo có trên sao kê {expected_by} đã qua mà chưa thấy dòng nào.",
                en:
                    "The bank reported transaction {transaction} of {amount} on {day}; it was expected on a statement by {expected_by} and no line shows it."
            )
        case .clearingMissing:
            Phrase(
                vi:
                    "Bộ phận một cửa ghi nhận {amount} ngày {day} ({channel}); đến {expected_by} ngân hàng chưa báo khoản này.",
                en: "The counter recorded {amount} on {day} ({channel}); by {expected_by} the bank had not shown it."
            )
        case .statementGap:
            Phrase(
                vi:
                    "Số dư đầu kỳ của sao kê là {found}, các sao kê trước dẫn đến {expected}: lệch {difference}, có thể thiếu một sao kê.",
                en:
                    "The statement opens with {found}, those before it lead to {expected}: a difference of {difference}, perhaps a missing statement."
            )
        case .shownLater:
            Phrase(
                vi:
                    "Giao dịch {transaction}, {amount}, đã vào sổ và chỉ có trên sao kê của ngày sau: chênh lệch do thời điểm.",
                en:
                    "Transaction {transaction} of {amount} is in the books and stands on a later day's statement: a timing difference."
            )
        case .missingAtBank:
            Phrase(
                vi: "Giao dịch {transaction}, {amount}, đã vào sổ, quá hạn báo có mà sao kê chưa có.",
                en: "Transaction {transaction} of {amount} is in the books, overdue, and on no statement."
            )
        case .awaitingLine:
            Phrase(
                vi: "Giao dịch {transaction}, {amount}, đã vào sổ và đang trên đường: chưa đến hạn báo có.",
                en:
                    "Transaction {transaction} of {amount} is in the books and in transit: it is not due on a statement yet."
            )
        case .shownEarlier:
            Phrase(
                vi: "Giao dịch {transaction}, {amount}, có trên sao kê nhưng vào sổ ngày sau: chênh lệch do thời điểm.",
                en:
                    "Transaction {transaction} of {amount} stands on the statement and was posted on a later day: a timing difference."
            )
        case .repeatedLine:
            Phrase(
                vi: "Dòng {line_id} lặp lại giao dịch {transaction}, {amount}; không hạch toán.",
                en: "Line {line_id} repeats transaction {transaction} of {amount}; nothing was posted for it."
            )
        case .notReconciled:
            Phrase(
                vi: "Dòng {line_id}, {amount}, chưa được đối soát.",
                en: "Line {line_id} of {amount} is not reconciled yet."
            )
        case .gapInStatements:
            Phrase(
                vi: "Sao kê {name} không nối tiếp các sao kê trước: lệch {amount}.",
                en: "Statement {name} does not follow from those before it: a gap of {amount}."
            )
        case .openingNotBooked:
            Phrase(
                vi: "Số dư trước sao kê đầu tiên (ngày {day}): {amount} chưa có trên sổ vào ngày này.",
                en: "The balance before the first statement (of {day}): {amount} of it is not in the books on this day."
            )
        case .moreOfTheSame:
            Phrase(
                vi: "{count} khoản khác cùng loại, tổng {total}.",
                en: "{count} more of the same kind, {total} in all."
            )
        default: preconditionFailure("\(rawValue) has no sentence")
        }
    }
}
