import Values

extension Reason.Code {
    /// Why a statement is not undone.
    var undoPhrase: Phrase? {
        switch self {
        case .statementUndone:
            Phrase(
                vi: "Sao kê {statement_id} đã được {actor} hoàn tác lúc {at}.",
                en: "Statement {statement_id} was undone already, by {actor} at {at}."
            )
        case .undoDaySigned:
            Phrase(
                vi: "Không hoàn tác được sao kê {statement_id}: {actor} đã ký biên bản ngày {day}, gồm cả sao kê này.",
                en:
                    "Statement {statement_id} cannot be undone: {actor} signed the record of {day}, which includes it."
            )
        case .undoLinesDecided:
            Phrase(
                vi:
                    "Không hoàn tác được sao kê {statement_id}: {lines} dòng chờ xác nhận đã được xác nhận hoặc từ chối.",
                en:
                    "Statement {statement_id} cannot be undone: {lines} of its waiting lines were confirmed or turned down."
            )
        case .undoCasesDecided:
            Phrase(
                vi:
                    "Không hoàn tác được sao kê {statement_id}: {cases} vụ việc của các dòng đã có người xử lý, trước hết là vụ việc {case_id}.",
                en:
                    "Statement {statement_id} cannot be undone: persons have worked on {cases} cases of its lines, first on case {case_id}."
            )
        case .undoNoticesCame:
            Phrase(
                vi:
                    "Không hoàn tác được sao kê {statement_id}: {count} thông báo của ngân hàng đến sau dùng tiền của các dòng.",
                en:
                    "Statement {statement_id} cannot be undone: {count} callbacks that came later rely on the money of its lines."
            )
        case .undoRequestsChanged:
            Phrase(
                vi:
                    "Không hoàn tác được sao kê {statement_id}: {requests} yêu cầu mà các dòng đã thanh toán có thay đổi sau đó, trước hết là {reference}.",
                en:
                    "Statement {statement_id} cannot be undone: {requests} requests that its lines paid have changed since, first {reference}."
            )
        case .undoStatementBuilds:
            Phrase(
                vi:
                    "Không hoàn tác được sao kê {statement_id}: kết quả của sao kê {other_statement} dựa trên sao kê này; hãy hoàn tác sao kê đó trước.",
                en:
                    "Statement {statement_id} cannot be undone: what statement {other_statement} brought builds on it; undo that one first."
            )
        default: nil
        }
    }
}
