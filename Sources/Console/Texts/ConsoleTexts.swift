import Values

/// The fixed texts of the console, by the names that the templates call them.
enum ConsoleTexts {
    static let all: [String: Phrase] = frame.merging(work) { first, _ in first }.merging(books) { first, _ in first }
        .merging(rates) { first, _ in first }.merging(access) { first, _ in first }
        .merging(eventTexts) { first, _ in first }.merging(sheetTexts) { first, _ in first }
        .merging(reportTexts) { first, _ in first }.merging(counterTexts) { first, _ in first }
        .merging(inquiryTexts) { first, _ in first }.merging(operatingTexts) { first, _ in first }
        .merging(catalogueTexts) { first, _ in first }.merging(docsTexts) { first, _ in first }
        .merging(remittanceTexts) { first, _ in first }.merging(platformTexts) { first, _ in first }
        .merging(trialTexts) { first, _ in first }.merging(mappingTexts) { first, _ in first }

    private static let frame: [String: Phrase] = [
        "skip": Phrase(vi: "Đến nội dung", en: "Skip to the content"),
        "search": Phrase(vi: "Tìm mã, hồ sơ, tên, số tiền…", en: "Find a code, dossier, name, amount…"),
        "find": Phrase(vi: "Tìm", en: "Find"),
        "logout": Phrase(vi: "Đăng xuất", en: "Log out"),
        "account": Phrase(vi: "Tài khoản của bạn", en: "Your account"),
        "navigation": Phrase(vi: "Các phần", en: "Sections"),
        "back": Phrase(vi: "Quay lại", en: "Back"),
        "next": Phrase(vi: "Trang sau", en: "Next page"),
        "first": Phrase(vi: "Về trang đầu", en: "First page"),
        "details": Phrase(vi: "Chi tiết", en: "Details"),
        "cancel": Phrase(vi: "Thôi", en: "Cancel"),
        "note": Phrase(vi: "Ghi chú", en: "Note"),
        "why": Phrase(vi: "Lý do", en: "Why"),
        "all": Phrase(vi: "tất cả", en: "all"),
        "amount": Phrase(vi: "Số tiền", en: "Amount"),
        "kind": Phrase(vi: "Loại", en: "Kind"),
        "state": Phrase(vi: "Trạng thái", en: "State"),
        "count": Phrase(vi: "Số lượng", en: "Count"),
        "help": Phrase(
            vi:
                "Phím tắt: / tìm, j và k xuống và lên, Enter mở, x chọn, a nhận gợi ý, n vụ việc hoặc ngày tiếp theo, ? trợ giúp.",
            en:
                "Keys: / search, j and k down and up, Enter opens, x chooses, a takes the suggestion, n the next case or day, ? help."
        ),
        "keys": Phrase(vi: "Phím tắt", en: "Keys"),
        "close": Phrase(vi: "Đóng", en: "Close"),
        "daysAlone": Phrase(
            vi: "Các khoản đã thanh toán trong những ngày này. Thêm tên, số tiền hoặc mã để tìm từng khoản.",
            en: "What was paid on these days. Add a name, an amount or a code to find one payment."
        ),
        "nothingFound": Phrase(
            vi: "Không tìm thấy. Thử mã thanh toán, mã hồ sơ, tên không dấu, số tiền (50000, 50k), hoặc mã giao dịch.",
            en:
                "Nothing found. Try a reference, a dossier, a name without accents, an amount (50000, 50k), a bank's id."
        ),
        "findAbout": Phrase(
            vi:
                "Mã thanh toán, mã hồ sơ, tên người nộp có dấu hoặc không, số tiền (50000, 50k, 1,5 triệu), mã giao dịch ngân hàng, số vụ việc, số tài khoản; thêm ngày để thu hẹp: hôm nay, 21/11.",
            en:
                "A reference, a dossier, a payer's name with or without accents, an amount (50000, 50k), a bank's id, a case's number, an account; add a day to narrow it down: today, 21/11."
        ),
    ]

    private static let work: [String: Phrase] = [
        "waitingForYou": Phrase(vi: "Chờ bạn", en: "Waiting for you"),
        "nothingWaits": Phrase(vi: "Không có việc nào chờ bạn.", en: "Nothing waits for you."),
        "openCases": Phrase(vi: "Vụ việc đang mở", en: "Open cases"),
        "noOpenCases": Phrase(vi: "Không có vụ việc nào đang mở.", en: "No case is open."),
        "awaitingApproval": Phrase(vi: "Chờ duyệt", en: "Awaiting approval"),
        "overdue": Phrase(vi: "Quá hạn", en: "Overdue"),
        "inQuestion": Phrase(vi: "Số tiền đang xét", en: "Amount in question"),
        "inSuspense": Phrase(vi: "đang chờ xử lý", en: "in suspense"),
        "oldest": Phrase(vi: "Cũ nhất", en: "Oldest"),
        "accounts": Phrase(vi: "Tài khoản", en: "Accounts"),
        "bankAccount": Phrase(vi: "Tài khoản", en: "Account"),
        "lastCallback": Phrase(vi: "Báo có gần nhất", en: "Last callback"),
        "statementsThrough": Phrase(vi: "Sao kê đến ngày", en: "Statements through"),
        "receivedToday": Phrase(vi: "Thu hôm nay", en: "Received today"),
        "unsigned": Phrase(vi: "Ngày chưa ký", en: "Days not signed"),
        "payments": Phrase(vi: "khoản", en: "payments"),
        "howCounted": Phrase(vi: "Các con số được tính thế nào", en: "How the numbers are counted"),
        "howCountedText": Phrase(
            vi:
                "Thu hôm nay: tổng tiền của các thông báo có ghi sổ trong ngày, theo tài khoản nhận. Báo có gần nhất: lúc thông báo gần nhất của ngân hàng đến. Ngày chưa ký: các ngày trong 60 ngày qua đã có sao kê mà chưa ai ký đối soát. Số tiền đang xét: tổng số tiền của các vụ việc đang mở.",
            en:
                "Received today: the sum of the notices booked today, by receiving account. Last callback: when the bank's latest notice arrived. Days not signed: days of the last 60 with a statement and no sign-off. Amount in question: the sum of the open cases' amounts."
        ),
        "assignee": Phrase(vi: "Người xử lý", en: "Assignee"),
        "agency": Phrase(vi: "Cơ quan", en: "Agency"),
        "opened": Phrase(vi: "Mở lúc", en: "Opened"),
        "due": Phrase(vi: "Hạn", en: "Due"),
        "choose": Phrase(vi: "Chọn", en: "Choose"),
        "chooseAll": Phrase(vi: "Chọn tất cả", en: "Choose all"),
        "suggestChosen": Phrase(
            vi: "Xem trước: nhận gợi ý cho các vụ việc đã chọn",
            en: "Preview: take the suggestions for those chosen"
        ),
        "approveChosen": Phrase(
            vi: "Xem trước: duyệt các đề xuất đã chọn",
            en: "Preview: approve the proposals chosen"
        ),
        "approveThese": Phrase(vi: "Duyệt các đề xuất này", en: "Approve these proposals"),
        "noteOptional": Phrase(vi: "Ghi chú (không bắt buộc)", en: "Note (optional)"),
        "approveNone": Phrase(vi: "Không có đề xuất nào duyệt được.", en: "None of these can be approved."),
        "cannotApprove": Phrase(vi: "không duyệt được", en: "cannot be approved"),
        "wouldMove": Phrase(vi: "Sẽ làm gì", en: "What would be done"),
        "receives": Phrase(vi: "nhận", en: "receives"),
        "refundWord": Phrase(vi: "Khoản hoàn", en: "Refund"),
        "neverSeen": Phrase(vi: "tài khoản chưa từng thấy", en: "account never seen before"),
        "keptNote": Phrase(vi: "Ghi chú bạn vừa viết:", en: "The note that you wrote:"),
        "narrow": Phrase(vi: "Lọc danh sách", en: "Narrow the list"),
        "apply": Phrase(vi: "Lọc", en: "Apply"),
        "onlyOverdue": Phrase(vi: "chỉ các vụ việc quá hạn", en: "only those overdue"),
        "nobody": Phrase(vi: "— chưa giao —", en: "— nobody —"),
        "accountThatPaid": Phrase(vi: "— tài khoản đã chuyển —", en: "— the account that paid —"),
        "payerRecord": Phrase(vi: "Người nộp này còn có", en: "The same payer also has"),
        "noCases": Phrase(vi: "Không có vụ việc nào.", en: "There are no cases."),
        "removeFilter": Phrase(vi: "Bỏ lọc", en: "Remove the filter"),
        "suggestions": Phrase(vi: "Có thể là", en: "It may be"),
        "takeSuggestion": Phrase(vi: "Đề xuất gắn vào yêu cầu này", en: "Propose this request"),
        "noSuggestions": Phrase(vi: "Không có gợi ý nào đủ gần.", en: "No suggestion is near enough."),
        "proposal": Phrase(vi: "Đề xuất đang chờ duyệt", en: "A proposal awaits approval"),
        "proposedBy": Phrase(vi: "Đề xuất bởi", en: "Proposed by"),
        "approve": Phrase(vi: "Duyệt", en: "Approve"),
        "withdraw": Phrase(vi: "Rút đề xuất", en: "Withdraw the proposal"),
        "decide": Phrase(vi: "Xử lý khác", en: "Decide otherwise"),
        "action": Phrase(vi: "Cách xử lý", en: "What to do"),
        "reference": Phrase(vi: "Mã thanh toán", en: "Reference"),
        "amountOptional": Phrase(vi: "Số tiền (để trống: toàn bộ)", en: "Amount (empty: all of it)"),
        "forRefund": Phrase(vi: "Nếu hoàn tiền", en: "For a refund"),
        "beneficiaryAccount": Phrase(vi: "Số tài khoản nhận", en: "Receiving account"),
        "beneficiaryName": Phrase(vi: "Tên người nhận", en: "Beneficiary"),
        "beneficiaryDefault": Phrase(
            vi: "Để trống: trả về tài khoản đã chuyển, nếu ngân hàng có báo.",
            en: "Empty: back to the account that paid, if the bank told it."
        ),
        "propose": Phrase(vi: "Gửi đề xuất", en: "Propose"),
        "workOnIt": Phrase(vi: "Ghi chép và phân công", en: "Notes and assignment"),
        "save": Phrase(vi: "Lưu", en: "Save"),
        "dueOn": Phrase(vi: "Hạn xử lý", en: "Due on"),
        "attachment": Phrase(vi: "Tài liệu: số lưu trữ hoặc https://…", en: "Document: archive number or https://…"),
        "attachmentTitle": Phrase(vi: "Tên tài liệu", en: "Title of the document"),
        "history": Phrase(vi: "Đã diễn ra", en: "History"),
        "earlier": Phrase(vi: "Vụ việc trước của cùng yêu cầu", en: "Earlier cases of the same request"),
        "inquiry": Phrase(vi: "Tệp tra soát gửi ngân hàng (CSV)", en: "Inquiry to the bank (CSV)"),
        "reopen": Phrase(vi: "Mở lại", en: "Reopen"),
        "nextCase": Phrase(vi: "Vụ việc tiếp theo", en: "Next case"),
        "memo": Phrase(vi: "Nội dung", en: "Memo"),
        "batchBack": Phrase(vi: "Về danh sách", en: "Back to the list"),
        "batchPropose": Phrase(vi: "Gửi các đề xuất này", en: "Send these proposals"),
        "batchNone": Phrase(vi: "Không vụ việc nào đủ điều kiện.", en: "None of them qualifies."),
        "goesTo": Phrase(vi: "Gắn vào", en: "Goes to"),
        "evidence": Phrase(vi: "Căn cứ", en: "Evidence"),
        "notProposed": Phrase(vi: "không đề xuất", en: "not proposed"),
        "stillDue": Phrase(vi: "còn phải nộp", en: "remains"),
    ]
}
