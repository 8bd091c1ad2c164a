import Values

extension ConsoleTexts {
    /// The national payment platform's daily files.
    static let platformTexts: [String: Phrase] = [
        "platformFiles": Phrase(vi: "Tệp đối soát hằng ngày", en: "Daily files"),
        "noPlatformFiles": Phrase(
            vi: "Chưa có tệp nào. Thả tệp ở trên, hoặc nhập bằng khop platform import hay POST /v1/platform-files.",
            en: "There are none yet. Drop one above, or import it with khop platform import or POST /v1/platform-files."
        ),
        "platformDrop": Phrase(vi: "Nhập tệp đối soát của một ngày", en: "Import a day's file"),
        "platformDropHere": Phrase(vi: "Thả hoặc chọn tệp của nền tảng", en: "Drop or choose the platform's file"),
        "platformDropAbout": Phrase(
            vi: "Tối đa 20 MiB. Xem chênh lệch trước; chưa có gì được nhập cho đến khi bạn đồng ý.",
            en: "At most 20 MiB. You see the differences first; nothing is imported until you say so."
        ),
        "platformPreview": Phrase(vi: "Xem trước", en: "Preview"),
        "platformImport": Phrase(vi: "Nhập tệp này", en: "Import this file"),
        "platformImportAbout": Phrase(
            vi: "Chưa nhập. Khi nhập, mỗi dòng lệch thành một vụ việc, và bạn tải được tệp trả lời.",
            en: "Not imported yet. Once it is, each difference is a case, and the answer can be downloaded."
        ),
        "connectionWord": Phrase(vi: "Kết nối", en: "Connection"),
        "openDifferences": Phrase(vi: "chênh lệch", en: "differences"),
        "replacedFile": Phrase(vi: "đã có tệp mới hơn", en: "replaced"),
        "replacedFileAbout": Phrase(
            vi: "Ngày này đã có tệp nhập sau: tệp sau được tính.",
            en: "Another file of this day was imported later: that one counts."
        ),
        "platformAnswer": Phrase(vi: "Tải tệp trả lời nền tảng", en: "Download the answer to the platform"),
        "platformRows": Phrase(vi: "Các dòng so với sổ và sao kê", en: "Rows beside books and statement"),
        "noPlatformRows": Phrase(vi: "Ngày này không có giao dịch.", en: "There was nothing on this day."),
        "platformRow": Phrase(vi: "Dòng", en: "Row"),
        "platformLead": Phrase(
            vi: "Đối soát với nền tảng thanh toán quốc gia",
            en: "The national payment platform's files"
        ),
    ]
}
