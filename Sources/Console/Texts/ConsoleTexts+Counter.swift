import Values

extension ConsoleTexts {
    /// The counter, and cashiers' shifts.
    static let counterTexts: [String: Phrase] = [
        "receiptsWord": Phrase(vi: "Biên lai", en: "Receipts"),
        "receiptPDF": Phrase(vi: "In, tải PDF", en: "Print, PDF"),
        "scan": Phrase(
            vi: "Quét mã hồ sơ, mã thanh toán, hoặc nhập tay",
            en: "Scan a dossier or a reference, or type it"
        ),
        "open": Phrase(vi: "Mở", en: "Open"),
        "makeRequest": Phrase(vi: "Lập khoản thu mới", en: "Make a request"),
        "makeForDossier": Phrase(vi: "Lập khoản thu cho hồ sơ này", en: "Make a request for this dossier"),
        "myShifts": Phrase(vi: "Ca thu đang mở của tôi", en: "My open shifts"),
        "noShift": Phrase(
            vi: "Bạn chưa mở ca thu nào. Thu tiền mặt cần một ca đang mở.",
            en: "You have no open shift. Taking cash needs one."
        ),
        "openShift": Phrase(vi: "Mở ca thu", en: "Open a shift"),
        "float": Phrase(vi: "Tiền lẻ đầu ca", en: "Float"),
        "takenToday": Phrase(vi: "Tôi đã thu hôm nay", en: "What I took today"),
        "nothingTaken": Phrase(vi: "Chưa thu khoản nào.", en: "Nothing was taken yet."),
        "dossierWord": Phrase(vi: "Hồ sơ", en: "Dossier"),
        "wayWord": Phrase(vi: "Hình thức", en: "How"),
        "timeWord": Phrase(vi: "Lúc", en: "At"),
        "changeWord": Phrase(vi: "Trả lại", en: "Change"),
        "remainsWord": Phrase(vi: "Còn phải nộp", en: "Remaining"),
        "cashWord": Phrase(vi: "Tiền mặt", en: "Cash"),
        "cardWord": Phrase(vi: "Thẻ", en: "Card"),
        "codeWord": Phrase(vi: "Mã VietQR", en: "VietQR code"),
        "tendered": Phrase(vi: "Khách đưa", en: "Handed over"),
        "slipNumber": Phrase(vi: "Số trên hóa đơn quẹt thẻ", en: "Number on the card slip"),
        "take": Phrase(vi: "Thu", en: "Take"),
        "showCode": Phrase(vi: "Hiện mã trên màn hình thứ hai", en: "Show the code on the second screen"),
        "offerCode": Phrase(vi: "Nộp bằng mã VietQR", en: "Pay by the VietQR code"),
        "offerCodeAbout": Phrase(
            vi: "Khách muốn chuyển khoản: tính lại theo hình thức này và hiện mã.",
            en: "The payer wants to transfer: the price is that of this way, and the code is shown."
        ),
        "codeAbout": Phrase(
            vi: "Trang này và màn hình thứ hai tự đổi khi tiền đến.",
            en: "This page and the second screen change by themselves when the money arrives."
        ),
        "lookAgain": Phrase(vi: "Xem lại", en: "Look again"),
        "nextPayer": Phrase(vi: "Khách tiếp theo", en: "Next payer"),
        "story": Phrase(vi: "Diễn biến khoản này", en: "The story of this payment"),
        "procedureWord": Phrase(vi: "Thủ tục", en: "Procedure"),
        "category": Phrase(vi: "Đối tượng", en: "Payer category"),
        "noCategory": Phrase(vi: "không thuộc đối tượng miễn, giảm", en: "none"),
        "evidenceKind": Phrase(vi: "Giấy tờ chứng minh", en: "Paper that proves it"),
        "evidenceNumber": Phrase(vi: "Số giấy tờ", en: "Its number"),
        "payerName": Phrase(vi: "Họ tên người nộp", en: "Payer's name"),
        "feesTitle": Phrase(vi: "Thu những gì", en: "What is charged"),
        "feesHelp": Phrase(
            vi:
                "Nhập số lượng của khoản phải thu, 0 là không thu; khoản tính theo tỷ lệ: nhập giá trị. Rồi bấm “Tính mức thu”.",
            en:
                "Type the quantity of each fee that is charged, 0 for none; for a percent fee, the value. Then press “Work out the price”."
        ),
        "feeBase": Phrase(vi: "Giá trị (đồng)", en: "Value (đồng)"),
        "quantityWord": Phrase(vi: "Số lượng", en: "Quantity"),
        "showPrice": Phrase(vi: "Tính mức thu", en: "Work out the price"),
        "createRequest": Phrase(vi: "Lập khoản thu và thu tiền", en: "Make the request, then take the money"),
        "priceWord": Phrase(vi: "Phải nộp", en: "To pay"),
        "shiftsWord": Phrase(vi: "Các ca thu", en: "Shifts"),
        "noShifts": Phrase(vi: "Chưa có ca thu nào.", en: "There are no shifts."),
        "shiftWord": Phrase(vi: "Ca", en: "Shift"),
        "cashierWord": Phrase(vi: "Thu ngân", en: "Cashier"),
        "countedWord": Phrase(vi: "Đếm được", en: "Counted"),
        "expectedWord": Phrase(vi: "Phải có", en: "Expected"),
        "differenceWord": Phrase(vi: "Chênh lệch", en: "Difference"),
        "closeShift": Phrase(vi: "Kiểm đếm và đóng ca", en: "Count and close"),
        "closeAbout": Phrase(
            vi: "Đếm số tờ của từng mệnh giá. Đủ thì ca đóng ngay; lệch thì cần giải trình và người khác duyệt.",
            en:
                "Count the notes of each denomination. If it meets, the shift closes at once; a difference is explained and approved by another person."
        ),
        "notesWord": Phrase(vi: "Số tờ", en: "Notes"),
        "othersWord": Phrase(vi: "Tiền xu và khác (đồng)", en: "Coins and others (đồng)"),
        "explanation": Phrase(vi: "Giải trình khoản lệch (nếu có)", en: "Explanation of a difference (if any)"),
        "approveDifference": Phrase(vi: "Duyệt khoản lệch", en: "Approve the difference"),
        "ownDifference": Phrase(
            vi: "Khoản lệch chờ người khác duyệt. Bạn có thể đếm lại.",
            en: "The difference awaits somebody else's approval. You may count again."
        ),
        "depositTitle": Phrase(vi: "Nộp tiền vào ngân hàng", en: "Carry the cash to the bank"),
        "depositSlip": Phrase(vi: "Số giấy nộp tiền của ngân hàng", en: "Number on the bank's slip"),
        "depositDay": Phrase(vi: "Ngày nộp", en: "Day of the slip"),
        "depositSend": Phrase(vi: "Ghi nhận đã nộp", en: "Enter the deposit"),
        "giveBackTitle": Phrase(vi: "Chi tiền hoàn tại quầy", en: "Hand out a refund"),
        "refundToHand": Phrase(vi: "Khoản hoàn chi bằng tiền mặt", en: "Refund to be handed out"),
        "noHandouts": Phrase(
            vi:
                "Không có khoản hoàn nào chờ chi tiền mặt tại quầy này. Khoản hoàn hiện ở đây sau khi được duyệt và lập lệnh chi.",
            en: "No refund waits to be handed out at this counter. It appears here once it was approved and ordered."
        ),
        "giveBackSend": Phrase(vi: "Đã chi", en: "Handed out"),
        "slipPDF": Phrase(vi: "Phiếu kết ca (PDF)", en: "Slip of the shift (PDF)"),
        "takings": Phrase(vi: "Các khoản đã thu", en: "What was taken"),
        "itemsWord": Phrase(vi: "Nội dung thu", en: "Items"),
        "noticesWord": Phrase(vi: "Thông báo sai sót", en: "Notices of errors"),
        "noticePDF": Phrase(vi: "Thông báo 04/SS-CTĐT (PDF)", en: "Notice 04/SS-CTĐT (PDF)"),
        "noticeTitle": Phrase(vi: "Thông báo sai sót", en: "Tell of an error"),
        "noticeAbout": Phrase(
            vi: "Sai tên, địa chỉ người nộp hoặc nội dung bằng chữ: lập thông báo 04/SS-CTĐT, không cấp biên lai mới.",
            en: "A wrong name, address or words of the payer: notice 04/SS-CTĐT, and no new receipt."
        ),
        "errorWord": Phrase(vi: "Sai sót", en: "Error"),
        "noticeNote": Phrase(vi: "Ghi sai thế nào, đúng là gì", en: "What is wrong, and what is right"),
        "noticeSend": Phrase(vi: "Lập thông báo", en: "Make the notice"),
        "replaceTitle": Phrase(vi: "Cấp biên lai thay thế", en: "Replace the receipt"),
        "replaceAbout": Phrase(
            vi:
                "Sai nội dung khác: cấp biên lai mới cùng số tiền, theo dữ liệu đúng hiện nay; biên lai này hết hiệu lực.",
            en:
                "Any other error: another receipt of the same amount, by what is right now; this one is no longer valid."
        ),
        "replaceReason": Phrase(vi: "Lý do thay thế", en: "Why it is replaced"),
        "replaceSend": Phrase(vi: "Cấp biên lai thay thế", en: "Replace it"),
        "seenWarning": Phrase(
            vi: "Tôi đã đọc cảnh báo ở trên và hỏi người nộp",
            en: "I have read the warning above and asked the payer"
        ),
        "sumsWord": Phrase(vi: "Theo hình thức", en: "By how it was paid"),
    ]
}
