import Values

extension ConsoleTexts {
    /// The lab for callbacks, and the bank to play with of a test installation.
    static let trialTexts: [String: Phrase] = [
        "labAbout": Phrase(
            vi:
                "Dán hoặc tải lên một callback đúng như ngân hàng đã gửi: Khớp cho biết có được nhận không, sai ở đâu và sửa thế nào. Không ghi sổ gì; khóa bí mật không được lưu và không bao giờ hiện ra.",
            en:
                "Paste or upload a callback just as the bank sent it: Khớp says whether it would be taken, what is wrong and what to do. Nothing is booked; a secret is neither kept nor ever shown."
        ),
        "labMessage": Phrase(
            vi: "Callback: yêu cầu HTTP, JSON hoặc chỉ nội dung",
            en: "The callback: an HTTP request, JSON or its body alone"
        ),
        "labFile": Phrase(
            vi: "Hoặc tệp chứa callback (giữ nguyên từng byte)",
            en: "Or a file with it (kept byte by byte)"
        ),
        "labAs": Phrase(vi: "Ký như", en: "Signed as"),
        "labConnections": Phrase(vi: "Kết nối (dùng khóa của kết nối)", en: "Connections (with their own secrets)"),
        "labProfiles": Phrase(vi: "Kiểu ký (nhập khóa bên dưới)", en: "Profiles (with the secret below)"),
        "labSecret": Phrase(vi: "Khóa bí mật (tùy chọn; không được lưu)", en: "Secret (optional; it is not kept)"),
        "labAccount": Phrase(vi: "Tài khoản nhận tiền (tùy chọn)", en: "Account that gets the money (optional)"),
        "labAt": Phrase(
            vi: "Nhận lúc, dạng 2026-11-21T09:30:00+07:00 (bỏ trống: bây giờ)",
            en: "Received at, as 2026-11-21T09:30:00+07:00 (empty: now)"
        ),
        "labCheck": Phrase(vi: "Kiểm tra", en: "Examine"),
        "labStatement": Phrase(vi: "Sao kê", en: "A statement"),
        "labStatementAbout": Phrase(
            vi: "Thả một tệp sao kê để xem Khớp đọc nó ra sao: dạng, ngân hàng, lỗi từng dòng. Chưa nhập gì.",
            en:
                "Drop a statement to see how it is read: its format, its bank, faults line by line. Nothing is imported."
        ),
        "labKeep": Phrase(vi: "Giữ kết quả này", en: "Keep this report"),
        "labKeepAbout": Phrase(
            vi: "Máy chủ giữ kết quả 30 phút, chỉ cho bạn: hãy tải về hoặc in.",
            en: "The server keeps it for 30 minutes, for you alone: download it, or print this page."
        ),
        "labAgain": Phrase(vi: "Kiểm tra callback khác", en: "Examine another"),
        "labNotMade": Phrase(
            vi: "Không dựng được từ thông điệp này.",
            en: "It cannot be made of this message."
        ),
        "bankAbout": Phrase(
            vi:
                "Đóng vai người nộp và ngân hàng: trả các yêu cầu đang chờ, báo có qua HTTP vào đúng địa chỉ callback của máy chủ này bằng khóa của kết nối, rồi làm sao kê của ngày. Không có tiền thật.",
            en:
                "Plays the payers and the bank: pays what waits, tells of it over HTTP at this server's own callback with the connection's secret, and makes the day's statement. No real money moves."
        ),
        "bankNone": Phrase(
            vi: "Chưa có kết nối nào đóng vai được: thêm bằng `khop connection add`.",
            en: "No connection can be played yet: add one with `khop connection add`."
        ),
        "bankConnection": Phrase(vi: "Kết nối", en: "Connection"),
        "bankReference": Phrase(vi: "Chỉ trả mã thanh toán này (tùy chọn)", en: "Pay this reference alone (optional)"),
        "bankCount": Phrase(vi: "Trả tối đa bao nhiêu yêu cầu (1–500)", en: "Pay at most so many requests (1–500)"),
        "bankSeed": Phrase(vi: "Hạt giống: cùng số thì làm lại y như cũ", en: "Seed: the same does the same again"),
        "bankKinds": Phrase(vi: "Điều gì xảy ra, theo tỷ lệ (0–1000)", en: "What happens, in shares (0–1000)"),
        "bankPlay": Phrase(vi: "Cho ngân hàng chạy", en: "Let the bank play"),
        "bankPlays": Phrase(vi: "Đã chạy trên máy chủ này", en: "What it did on this server"),
        "bankGoing": Phrase(vi: "đang báo", en: "telling"),
        "bankLook": Phrase(vi: "Xem tiếp", en: "Look again"),
        "bankTransfers": Phrase(vi: "Lần chuyển", en: "Transfers"),
        "bankAnswers": Phrase(vi: "Máy chủ trả lời", en: "Answers"),
        "bankStatements": Phrase(vi: "Sao kê của ngày", en: "The day's statement"),
        "bankStatementsAbout": Phrase(
            vi: "Mọi khoản tài khoản đã nhận mà chưa có trong sao kê nào, kể cả khoản callback không báo.",
            en: "All that an account got and no statement has yet, told of by a callback or not."
        ),
        "bankNothing": Phrase(vi: "Chưa có gì để làm sao kê.", en: "There is nothing to state yet."),
        "bankLayout": Phrase(vi: "Theo mẫu của ngân hàng (CSV)", en: "In a layout of the bank (CSV)"),
        "bankLayoutGet": Phrase(vi: "Tải", en: "Download"),
        "bankImport": Phrase(vi: "Nhập và đối soát ngay", en: "Import and reconcile now"),
    ]
}
