import Values

extension Reason.Code {
    /// What is refused on arrival or accepted with a warning.
    var intakePhrase: Phrase? {
        switch self {
        case .runUnderWay:
            Phrase(
                vi:
                    "Tài khoản {account} đang được đối soát (lần đối soát {run_id}). Hãy chờ lần đó xong rồi xem kết quả của nó.",
                en: "The account {account} is being reconciled (run {run_id}). Wait for that run and read its result."
            )
        case .secretHeld:
            Phrase(
                vi:
                    "Kết nối {name} đang dùng khóa bí mật này. Mỗi kết nối phải có khóa riêng, nếu không một thông báo sẽ được tính hai lần: hãy xin nhà cung cấp cấp khóa khác, hoặc ngừng kết nối {name} trước.",
                en:
                    "The connection {name} holds this secret already. Each connection needs a secret of its own, or one message would count twice: ask the provider for another, or disable {name} first."
            )
        case .statementOfOtherBank:
            Phrase(
                vi:
                    "Tệp có mẫu sao kê {name} của {bank}, còn tài khoản {account} mở tại {other_bank}. Hãy chọn đúng tệp hoặc đúng tài khoản; nếu vẫn cần nhập, hãy nhờ quản trị viên nhập bắt buộc, kèm lý do.",
                en:
                    "The file has the layout {name} of {bank}, and the account {account} is held at {other_bank}. Choose the right file or the right account; if it must be imported all the same, force it and say why."
            )
        case .statementOfOtherAccount:
            Phrase(
                vi:
                    "Tệp ghi là sao kê của tài khoản {other_account}, không phải {account}. Hãy chọn đúng tệp hoặc đúng tài khoản; nếu vẫn cần nhập, hãy nhờ quản trị viên nhập bắt buộc, kèm lý do.",
                en:
                    "The file says that it is of the account {other_account}, not of {account}. Choose the right file or the right account; if it must be imported all the same, force it and say why."
            )
        case .statementMatchesLittle:
            Phrase(
                vi:
                    "Sao kê {statement_id} của tài khoản {account}: chỉ {count} trong {lines} dòng ghi có khớp với một thông báo, mã thanh toán hoặc khoản đã nộp. Hãy kiểm tra xem đây có đúng là sao kê của tài khoản này.",
                en:
                    "Statement {statement_id} of the account {account}: only {count} of its {lines} credit lines meet a notice, a reference or a known payment. Check that it is a statement of this account at all."
            )
        case .statementForced:
            Phrase(
                vi: "{actor} đã nhập bắt buộc sao kê này với lý do “{note}”.",
                en: "{actor} forced the import of this statement and gave the reason “{note}”."
            )
        default: nil
        }
    }
}
