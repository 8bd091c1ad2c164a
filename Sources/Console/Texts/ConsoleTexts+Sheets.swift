import Values

extension ConsoleTexts {
    /// Cases decided in a spreadsheet.
    static let sheetTexts: [String: Phrase] = [
        "casesWord": Phrase(vi: "Vụ việc", en: "Cases"),
        "caseWord": Phrase(vi: "Vụ việc", en: "Case"),
        "rowWord": Phrase(vi: "Dòng", en: "Row"),
        "outcomeWord": Phrase(vi: "Kết quả", en: "Outcome"),
        "inExcel": Phrase(vi: "Xử lý trong Excel", en: "Decide in Excel"),
        "sheetDownload": Phrase(vi: "Tải danh sách này về (XLSX)", en: "Download this list (XLSX)"),
        "sheetUpload": Phrase(
            vi: "Bảng đã điền (XLSX hoặc CSV); chưa gửi gì cho đến khi bạn xác nhận",
            en: "The filled table (XLSX or CSV); nothing is sent until you confirm"
        ),
        "sheetSend": Phrase(vi: "Làm các dòng này", en: "Do these rows"),
    ]
}
