import Values

extension ConsoleTexts {
    /// The national payment platform's daily files.
    static let platformTexts: [String: Phrase] = [
        "platformFiles": Phrase(vi: "Tệp đối soát hằng ngày", en: "Daily files"),
        "noPlatformFiles": Phrase(
            vi: "Chưa có tệp nào. Nhập bằng khop platform import hoặc POST /v1/platform-files.",
            en: "There are none yet. Import one with khop platform import or POST /v1/platform-files."
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
