import Values

extension ConsoleTexts {
    static let books: [String: Phrase] = [
        "dropFiles": Phrase(
            vi: "Thả tệp sao kê vào đây, hoặc chọn tệp",
            en: "Drop statement files here, or choose them"
        ),
        "dropAbout": Phrase(
            vi: "CSV, XLSX, MT940, camt.053 của ngân hàng; nhiều tệp một lúc. Chưa nhập gì cho đến khi bạn xác nhận.",
            en: "The bank's CSV, XLSX, MT940, camt.053; several at once. Nothing is imported until you confirm."
        ),
        "accountOfFile": Phrase(vi: "Tài khoản", en: "Account"),
        "recognise": Phrase(vi: "nhận biết từ tệp", en: "recognise from the file"),
        "whichAccount": Phrase(
            vi: "Tệp không nêu tài khoản: đây là sao kê của tài khoản nào?",
            en: "The file names no account: which one is it of?"
        ),
        "preview": Phrase(vi: "Xem trước", en: "Preview"),
        "importThis": Phrase(vi: "Nhập và đối soát", en: "Import and reconcile"),
        "importAnyway": Phrase(
            vi: "Tệp có lỗi nên không nhập được. Sửa hoặc xuất lại từ ngân hàng rồi thả lại.",
            en: "The file has faults and cannot be imported. Correct it or export it again, then drop it again."
        ),
        "known": Phrase(vi: "Tệp này đã được nhập.", en: "This file has been imported."),
        "faults": Phrase(vi: "Lỗi trong tệp", en: "Faults of the file"),
        "moreFaults": Phrase(vi: "… và các lỗi khác.", en: "… and more."),
        "wouldBecome": Phrase(
            vi: "Nếu nhập tệp này, các dòng sẽ là",
            en: "If this file is imported, the lines will be"
        ),
        "line": Phrase(vi: "dòng", en: "line"),
        "lines": Phrase(vi: "Dòng", en: "Lines"),
        "calendar": Phrase(vi: "31 ngày qua", en: "The last 31 days"),
        "imports": Phrase(vi: "Các lần nhập", en: "Imports"),
        "noStatements": Phrase(vi: "Chưa có sao kê nào.", en: "There are no statements yet."),
        "period": Phrase(vi: "Kỳ", en: "Period"),
        "credits": Phrase(vi: "Ghi có", en: "Credits"),
        "debits": Phrase(vi: "Ghi nợ", en: "Debits"),
        "imported": Phrase(vi: "Nhập", en: "Imported"),
        "awaitsConfirmation": Phrase(vi: "chờ xác nhận", en: "to confirm"),
        "undoneWord": Phrase(vi: "đã hoàn tác", en: "undone"),
        "onlyAwaiting": Phrase(vi: "Chỉ các sao kê chờ xác nhận", en: "Only those to confirm"),
        "becameOf": Phrase(vi: "Các dòng đã là", en: "What became of the lines"),
        "toConfirm": Phrase(
            vi: "Khoản thu từ sao kê chờ người khác xác nhận",
            en: "Recoveries that another person confirms"
        ),
        "confirm": Phrase(vi: "Xác nhận tất cả các khoản này", en: "Confirm all of these"),
        "confirmOwn": Phrase(
            vi: "Bạn đã nhập sao kê này: người khác phải xác nhận.",
            en: "You imported this statement: somebody else must confirm."
        ),
        "undo": Phrase(vi: "Hoàn tác lần nhập", en: "Undo the import"),
        "undoAbout": Phrase(
            vi:
                "Bút toán của lần nhập được ghi đảo đúng ngày; vụ việc nó mở được đóng. Chỉ được khi chưa ai quyết định gì trên đó.",
            en:
                "Its postings are reversed on their days and the cases it opened are closed; only while nobody has decided anything on it."
        ),
        "runAgain": Phrase(vi: "Đối soát lại", en: "Reconcile again"),
        "days": Phrase(vi: "Các ngày", en: "Days"),
        "noAccounts": Phrase(vi: "Chưa có tài khoản nào.", en: "There are no accounts yet."),
        "signedWord": Phrase(vi: "đủ hai chữ ký", en: "signed by two"),
        "halfWord": Phrase(vi: "chờ chữ ký thứ hai", en: "awaits the second signature"),
        "openWord": Phrase(vi: "có sao kê, chưa ký", en: "statement, not signed off"),
        "missingWord": Phrase(vi: "chưa có sao kê", en: "no statement"),
        "bank": Phrase(vi: "Ngân hàng", en: "Bank"),
        "booksWord": Phrase(vi: "Sổ sách", en: "Books"),
        "difference": Phrase(vi: "Chênh lệch", en: "Difference"),
        "allOpenCases": Phrase(vi: "mọi vụ việc đang mở của tài khoản", en: "all open cases of the account"),
        "dayDifference": Phrase(vi: "Chênh lệch (sổ sách trừ ngân hàng)", en: "Difference (books less bank)"),
        "explained": Phrase(vi: "Giải thích đến đồng", en: "Explained to the đồng"),
        "even": Phrase(vi: "Ngân hàng và sổ sách bằng nhau.", en: "Bank and books agree."),
        "residual": Phrase(vi: "Chưa giải thích", en: "Unexplained"),
        "outcomes": Phrase(vi: "Kết quả của các dòng trong ngày", en: "Outcomes of the day's lines"),
        "casesOfDay": Phrase(vi: "Vụ việc mở trong ngày", en: "Cases opened on the day"),
        "signature": Phrase(vi: "Ký đối soát", en: "Sign-off"),
        "sign": Phrase(vi: "Ký ngày này", en: "Sign this day off"),
        "signNote": Phrase(
            vi: "Ngày còn khoản mở: ghi nhận xét",
            en: "Something is still open: say what you know of it"
        ),
        "countersign": Phrase(vi: "Ký lần hai", en: "Sign as the second person"),
        "countersignNote": Phrase(
            vi: "Biên bản đã thay đổi từ khi ký: ghi nhận xét",
            en: "The record has changed since it was signed: say what you know of it"
        ),
        "ownSignature": Phrase(
            vi: "Bạn là người ký thứ nhất: chữ ký thứ hai phải của người khác.",
            en: "You signed first: the second signature is somebody else's."
        ),
        "changedSince": Phrase(vi: "Đã thay đổi sau khi ký", en: "Changed since it was signed"),
        "record": Phrase(vi: "Biên bản đối soát (XLSX)", en: "Reconciliation record (XLSX)"),
        "previousDay": Phrase(vi: "Ngày trước", en: "Day before"),
        "nextDay": Phrase(vi: "Ngày sau", en: "Day after"),
        "noRefunds": Phrase(vi: "Không có khoản hoàn nào.", en: "There are no refunds."),
        "requestedBy": Phrase(vi: "Người yêu cầu", en: "Requested by"),
        "payee": Phrase(vi: "Người nhận", en: "Payee"),
        "knownOfIt": Phrase(vi: "Điều đã biết về tài khoản nhận", en: "What is known of the account"),
        "steps": Phrase(vi: "Các bước", en: "Steps"),
        "adoptRefund": Phrase(vi: "Nhận đề nghị hoàn này", en: "Take this request over"),
        "approveRefund": Phrase(vi: "Duyệt khoản hoàn này", en: "Approve this refund"),
        "rejectRefund": Phrase(vi: "Từ chối", en: "Reject"),
        "executeRefund": Phrase(vi: "Ghi sổ và đưa vào tệp chi trả", en: "Execute: book it, for the payment file"),
        "ownRefund": Phrase(
            vi: "Bạn là người yêu cầu hoặc đã duyệt: người khác phải duyệt.",
            en: "You asked for it or have approved it: somebody else must approve."
        ),
        "takeFile": Phrase(vi: "Lấy tệp chi trả", en: "Take the payment file"),
        "noPayee": Phrase(
            vi: "Chưa có người nhận nên chưa duyệt được.",
            en: "Nobody is named to be paid, so it cannot be approved."
        ),
        "timeline": Phrase(vi: "Dòng thời gian", en: "Timeline"),
        "assessment": Phrase(vi: "Các khoản phải nộp", en: "What is owed"),
        "postings": Phrase(vi: "Bút toán", en: "Postings"),
        "debitWord": Phrase(vi: "Nợ", en: "Debit"),
        "creditWord": Phrase(vi: "Có", en: "Credit"),
        "day": Phrase(vi: "Ngày", en: "Day"),
        "events": Phrase(vi: "Đã báo cho cổng", en: "Told to the portal"),
        "resend": Phrase(vi: "Gửi lại", en: "Send again"),
        "auditWord": Phrase(vi: "Nhật ký kiểm toán", en: "Audit"),
        "raw": Phrase(vi: "Bản gốc nhận được", en: "As it arrived"),
        "payPage": Phrase(vi: "Trang thanh toán của người nộp", en: "The payer's page"),
        "refundOf": Phrase(
            vi: "Hoàn tiền của khoản thanh toán nào (mã thanh toán)?",
            en: "Of which payment (its reference)?"
        ),
        "goOn": Phrase(vi: "Tiếp tục", en: "Continue"),
        "mayGoBack": Phrase(vi: "Có thể hoàn bao nhiêu, theo lý do", en: "How much may go back, by reason"),
        "otherReason": Phrase(vi: "Nói rõ lý do", en: "The reason in your words"),
        "noteForApprover": Phrase(vi: "Ghi chú cho người duyệt", en: "Note for the approver"),
        "payTo": Phrase(vi: "Trả cho", en: "Pay to"),
        "receivingBank": Phrase(vi: "Ngân hàng nhận", en: "Receiving bank"),
        "sendRefund": Phrase(vi: "Gửi yêu cầu: người khác sẽ duyệt", en: "Send: somebody else approves it"),
        "cancelAndRefund": Phrase(vi: "Hủy và hoàn", en: "Cancel and refund"),
        "cancelAbout": Phrase(
            vi:
                "Yêu cầu này còn có thể được nộp, nên tiền chỉ hoàn cùng lúc với việc hủy: yêu cầu kết thúc ngay, toàn bộ số đã nhận được đề nghị hoàn, và người khác duyệt khoản hoàn.",
            en:
                "This request may still be paid, so that money goes back only with a cancellation: the request ends at once, all that was received is asked back, and another person approves the refund."
        ),
        "cancelWhy": Phrase(
            vi: "Lý do (bỏ trống: người nộp rút hồ sơ)",
            en: "The reason (left empty: the payer withdraws)"
        ),
        "askRefund": Phrase(vi: "Yêu cầu hoàn tiền", en: "Ask for a refund"),
        "listPrice": Phrase(vi: "giá niêm yết", en: "list price"),
    ]

    /// A kind of account of the books.
    static func ledger(_ kind: String) -> Phrase {
        switch kind {
        case "bank": Phrase(vi: "Tiền gửi", en: "Bank")
        case "revenue": Phrase(vi: "Thu phí, lệ phí", en: "Revenue")
        case "suspense": Phrase(vi: "Chờ xử lý", en: "Suspense")
        case "desk": Phrase(vi: "Quỹ quầy", en: "Desk")
        case "clearing": Phrase(vi: "Chờ ngân hàng báo", en: "Clearing")
        case "opening": Phrase(vi: "Số dư đầu", en: "Opening")
        case "commission": Phrase(vi: "Phí cổng thanh toán", en: "Commission")
        case "refund": Phrase(vi: "Hoàn trả", en: "Refunds")
        case "write_off": Phrase(vi: "Thu nhập, chi phí khác", en: "Written off")
        case "cash_difference": Phrase(vi: "Chênh lệch quỹ", en: "Cash differences")
        default: Phrase(same: kind)
        }
    }

    /// What brought a notice.
    static func source(_ source: String) -> Phrase {
        switch source {
        case "callback": Phrase(vi: "Ngân hàng báo", en: "The bank's notice")
        case "statement": Phrase(vi: "Ghi nhận từ sao kê", en: "Recovered from a statement")
        case "counter": Phrase(vi: "Thu tại quầy", en: "Paid at a counter")
        case "case": Phrase(vi: "Theo quyết định của vụ việc", en: "By the decision of a case")
        default: Phrase(same: source)
        }
    }
}
