import Values

extension Reason.Code {
    /// Recoveries that wait for another person.
    var recoveryPhrase: Phrase? {
        switch self {
        case .recoveriesAwait:
            Phrase(
                vi:
                    "Sao kê {statement_id}: {lines} dòng, tổng {total}, chờ người khác xác nhận; tiền nằm ở tài khoản chờ xử lý, yêu cầu chưa được hạch toán.",
                en:
                    "Statement {statement_id}: {lines} lines of {total} in all await another person's confirmation; the money is in the suspense account and the requests are not settled."
            )
        case .dayAwaitsConfirmation:
            Phrase(
                vi:
                    "Tài khoản {account}, đến hết ngày {day}: {lines} dòng sao kê, tổng {total}, còn chờ người khác xác nhận.",
                en:
                    "Account {account}, through {day}: {lines} lines of {total} in all still await another person's confirmation."
            )
        case .nothingToConfirm:
            Phrase(
                vi: "Sao kê {statement_id} không có dòng nào chờ xác nhận.",
                en: "No line of statement {statement_id} awaits confirmation."
            )
        case .otherNumberAwaits:
            Phrase(
                vi:
                    "Sao kê {statement_id} có {lines} dòng chờ xác nhận, không phải {count} dòng như bạn đã xem; hãy xem lại rồi xác nhận.",
                en:
                    "{lines} lines of statement {statement_id} await confirmation, not the {count} that you looked at; look again, then confirm."
            )
        case .importerCannotConfirm:
            Phrase(
                vi:
                    "Sao kê {statement_id} do chính bạn nhập; những gì ghi nhận từ sao kê chỉ được hạch toán khi người khác xác nhận.",
                en:
                    "You imported statement {statement_id} yourself; what it recovers is settled when another person confirms it."
            )
        case .lineDoesNotAwait:
            Phrase(
                vi: "Dòng {line_id} không phải là dòng chờ xác nhận của sao kê {statement_id}.",
                en: "Line {line_id} is not a line of statement {statement_id} that awaits confirmation."
            )
        default: nil
        }
    }
}
