import Values

extension ConsoleTexts {
    /// What goes to the State Treasury.
    static let remittanceTexts: [String: Phrase] = [
        "remittancesWord": Phrase(vi: "Nộp ngân sách nhà nước", en: "Remittance to the State Treasury"),
        "remitDue": Phrase(vi: "Còn phải nộp", en: "What is due"),
        "nothingToRemit": Phrase(
            vi: "Chưa có cơ quan nào có khoản phải nộp. Khai báo cơ quan nộp bằng lệnh khop remittance payer.",
            en: "No agency has anything to remit. Say how an agency pays with khop remittance payer."
        ),
        "overdueWord": Phrase(vi: "quá hạn", en: "overdue"),
        "chapterAndCode": Phrase(vi: "Chương / tiểu mục", en: "Chapter / sub-item"),
        "feeWord": Phrase(vi: "Khoản thu", en: "Fee"),
        "treasuryAccount": Phrase(vi: "TK kho bạc", en: "Treasury account"),
        "collectedWord": Phrase(vi: "Đã thu", en: "Collected"),
        "retainedWord": Phrase(vi: "Để lại", en: "Retained"),
        "orderedWord": Phrase(vi: "Đã lập lệnh", en: "Ordered"),
        "dueWord": Phrase(vi: "Còn phải nộp", en: "Due"),
        "deadlineWord": Phrase(vi: "Hạn sớm nhất", en: "First deadline"),
        "dueByDay": Phrase(vi: "Gồm các khoản đến hạn hết ngày", en: "All that is due by the end of"),
        "makeOrder": Phrase(vi: "Lập lệnh nộp", en: "Make the orders"),
        "ordersWord": Phrase(vi: "Các lệnh nộp", en: "Orders"),
        "orderWord": Phrase(vi: "Lệnh", en: "Order"),
        "madeWord": Phrase(vi: "Người lập", en: "Made by"),
        "noOrders": Phrase(vi: "Không có lệnh nào.", en: "There are no orders."),
        "totalWord": Phrase(vi: "Tổng cộng", en: "Total"),
        "orderPDF": Phrase(vi: "Giấy nộp tiền C1-02/NS (PDF)", en: "Form C1-02/NS (PDF)"),
        "ownOrder": Phrase(
            vi: "Bạn đã lập lệnh này: phải do người khác duyệt.",
            en: "You made this order: another person approves it."
        ),
        "ownApproval": Phrase(
            vi: "Bạn đã duyệt lệnh này: phải do người khác mang đến ngân hàng.",
            en: "You approved this order: another person takes it to the bank."
        ),
        "fromAndTo": Phrase(vi: "Trích từ, nộp vào", en: "From and to"),
        "linesWord": Phrase(vi: "Các khoản nộp", en: "What it pays"),
        "memoWord": Phrase(vi: "Nội dung chuyển tiền", en: "The transfer's memo"),
        "approveOrder": Phrase(vi: "Duyệt lệnh", en: "Approve the order"),
        "approveOrderAbout": Phrase(
            vi: "Hãy kiểm tra tài khoản kho bạc, chương, tiểu mục và số tiền trước khi duyệt.",
            en: "Check the Treasury's account, the chapters, sub-items and amounts before you approve."
        ),
        "sendOrder": Phrase(vi: "Gửi ngân hàng", en: "Take it to the bank"),
        "sendOrderAbout": Phrase(
            vi: "Lệnh được ghi sổ là đang chuyển, và tệp lệnh lấy được từ lúc này.",
            en: "The order is booked as on its way, and its file can be taken from now on."
        ),
        "orderFile": Phrase(vi: "Lấy tệp lệnh (XML)", en: "Take the order's file (XML)"),
        "rejectOrder": Phrase(vi: "Từ chối lệnh", en: "Reject the order"),
        "returnOrder": Phrase(vi: "Ngân hàng không thực hiện", en: "The bank did not carry it out"),
        "returnOrderAbout": Phrase(
            vi: "Chỉ ghi nhận khi ngân hàng đã xác nhận không chuyển: số tiền lại trở thành phải nộp.",
            en: "Say so only when the bank has confirmed that nothing was passed on: the money is due again."
        ),
    ]
}
