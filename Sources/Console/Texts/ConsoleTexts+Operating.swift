import Values

extension ConsoleTexts {
    /// What runs the installation.
    static let operatingTexts: [String: Phrase] = [
        "connectionsWord": Phrase(vi: "Kết nối ngân hàng", en: "Bank connections"),
        "connection": Phrase(vi: "Kết nối", en: "Connection"),
        "noConnections": Phrase(
            vi: "Chưa có kết nối nào: `khop connection add`.",
            en: "There are none yet: `khop connection add`."
        ),
        "usualNow": Phrase(vi: "Thường lệ giờ này", en: "Usual in this hour"),
        "refusedWeek": Phrase(vi: "Từ chối trong 7 ngày", en: "Refused in 7 days"),
        "rhythm": Phrase(vi: "Nhịp thường lệ", en: "The usual rhythm"),
        "rhythmText": Phrase(
            vi:
                "Trung bình mỗi giờ của tám tuần trước, giờ Việt Nam. Khi lẽ ra đã có từ 12 thông báo mà không có gì, kết nối được coi là im lặng.",
            en:
                "The mean of each hour over the eight weeks before, in Việt Nam's time. Where 12 callbacks were due and none came, the connection counts as silent."
        ),
        "causes": Phrase(
            vi: "Vì sao từ chối trong 7 ngày qua, và cách chữa",
            en: "Why it refused in 7 days, and the cure"
        ),
        "noneRefused": Phrase(vi: "Không có callback nào bị từ chối.", en: "No callback was refused."),
        "whatIsWrong": Phrase(vi: "Sai ở đâu, chữa thế nào", en: "What is wrong, and the cure"),
        "toBeSigned": Phrase(vi: "Chuỗi phải ký", en: "What ought to be signed"),
        "signedNotShown": Phrase(
            vi: "Không hiện: có dữ liệu của người nộp, hoặc không dựng được từ thông điệp này.",
            en: "Not shown: it has a payer's data, or cannot be made of this message."
        ),
        "fieldsRead": Phrase(vi: "Các trường đọc được", en: "The fields as read"),
        "asReceived": Phrase(vi: "Như đã nhận", en: "As it was received"),
        "bodyNotShown": Phrase(
            vi: "Nội dung có dữ liệu của người nộp nên không hiện.",
            en: "The body has a payer's data and is not shown."
        ),
        "bodyCut": Phrase(
            vi: "Chỉ lưu được phần đầu của nội dung: hãy đề nghị ngân hàng gửi lại.",
            en: "Only the beginning of the body was kept: ask the bank to send it again."
        ),
        "keptTyped": Phrase(
            vi:
                "Phiên đăng nhập hoặc mã xác thực đã hết hạn khi bạn gửi: chưa có gì được làm, những gì bạn gõ còn ở dưới. Xem lại rồi gửi lần nữa.",
            en:
                "Your session or code had ended when you sent this: nothing was done, and what you typed is below. Look at it and send it again."
        ),
        "progressText": Phrase(
            vi: "Bạn có thể rời trang này: việc vẫn tiếp tục, kết quả có trong danh sách sao kê.",
            en: "You may leave this page: it goes on, and what came of it is in the list of statements."
        ),
        "statementsWord": Phrase(vi: "Sao kê", en: "Statements"),
        "unmask": Phrase(vi: "Xem đầy đủ", en: "See it in full"),
        "unmaskText": Phrase(
            vi: "Nêu lý do; lý do và việc bạn xem được ghi vào nhật ký.",
            en: "Say why; the reason and that you looked are kept in the audit."
        ),
    ]
}
