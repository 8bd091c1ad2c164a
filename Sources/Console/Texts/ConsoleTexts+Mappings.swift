import Values

extension ConsoleTexts {
    /// Tables that no layout reads, described by somebody.
    static let mappingTexts: [String: Phrase] = [
        "mappingsLead": Phrase(vi: "Mẫu sao kê đã lưu", en: "Stored mappings"),
        "unknownTable": Phrase(vi: "Chưa có mẫu nào đọc được bảng này.", en: "No layout reads this table."),
        "describeTable": Phrase(vi: "Mô tả bảng và lưu thành mẫu", en: "Describe it and store a mapping"),
        "mappingDrop": Phrase(
            vi: "Bảng sao kê chưa biết (CSV, XLSX, HTML .xls)",
            en: "A table that is not known (CSV, XLSX, HTML .xls)"
        ),
        "mappingDropAbout": Phrase(
            vi:
                "Khớp đoán từng cột từ nội dung và số dư; bạn xem các dòng được đọc ra sao rồi mới lưu. Tệp tối đa 16 MiB.",
            en:
                "Each column is guessed from its cells and balances; you see how the lines are read before anything is stored. At most 16 MiB."
        ),
        "mappingGuess": Phrase(vi: "Đoán mẫu", en: "Guess its layout"),
        "mappingNone": Phrase(vi: "Chưa lưu mẫu nào.", en: "None is stored yet."),
        "mappingName": Phrase(vi: "Tên mẫu (a–z, số, gạch ngang)", en: "Its name (a–z, digits, dashes)"),
        "mappingTitle": Phrase(vi: "Tên cho người đọc", en: "What people read"),
        "mappingVersion": Phrase(vi: "Phiên bản", en: "Version"),
        "mappingFor": Phrase(vi: "Dùng cho", en: "Is for"),
        "mappingMade": Phrase(vi: "Người lập", en: "Made by"),
        "mappingColumns": Phrase(vi: "Các cột", en: "Columns"),
        "mappingColumn": Phrase(vi: "Cột", en: "Column"),
        "mappingIs": Phrase(vi: "Là", en: "Is"),
        "mappingCells": Phrase(vi: "Các dòng đầu", en: "First cells"),
        "mappingHeader": Phrase(vi: "Dòng tiêu đề", en: "Row with the headings"),
        "mappingHeaderRows": Phrase(vi: "Số dòng tiêu đề", en: "Rows of headings"),
        "mappingCreditMarks": Phrase(vi: "Dấu ghi có (nếu có cột dấu)", en: "Marks of credits (if a column has them)"),
        "mappingDebitMarks": Phrase(vi: "Dấu ghi nợ (nếu có cột dấu)", en: "Marks of debits (if a column has them)"),
        "mappingDates": Phrase(vi: "Dạng ngày", en: "Form of dates"),
        "mappingDebits": Phrase(vi: "Số ghi nợ được viết", en: "Debits are written"),
        "mappingAccount": Phrase(vi: "Tài khoản của tệp", en: "Account of the file"),
        "mappingLook": Phrase(vi: "Đọc lại theo lựa chọn này", en: "Read it again by these"),
        "mappingAsRead": Phrase(vi: "Các dòng đầu, như được đọc", en: "The first lines, as they are read"),
        "mappingNoLines": Phrase(vi: "Chưa đọc được dòng nào.", en: "No line is read yet."),
        "mappingFaults": Phrase(vi: "Chỗ không đọc được", en: "What cannot be read"),
        "mappingSave": Phrase(vi: "Lưu mẫu", en: "Store the mapping"),
        "mappingSaveProven": Phrase(
            vi: "Số dư chứng minh các cột tiền: mẫu có hiệu lực ngay, rồi xem trước sao kê bằng mẫu này.",
            en: "The balances prove the columns of money: it counts at once, and the statement is previewed with it."
        ),
        "mappingSaveWaits": Phrase(
            vi:
                "Không số dư nào chứng minh các cột tiền: hãy xem kỹ ghi nợ và ghi có. Mẫu chờ người khác xem một tệp và chấp nhận.",
            en:
                "No balance proves the columns of money: look closely at debits and credits. Another person must see a file read and accept it."
        ),
        "mappingAsk": Phrase(
            vi: "Chọn tài khoản của tệp, đọc lại, rồi lưu.",
            en: "Choose the account of the file, read it again, and then store the mapping."
        ),
        "mappingVersions": Phrase(vi: "Các phiên bản", en: "Versions"),
        "mappingTry": Phrase(vi: "Xem mẫu đọc một tệp", en: "See it read a file"),
        "mappingFile": Phrase(vi: "Tệp sao kê", en: "The statement's file"),
        "mappingAccept": Phrase(vi: "Chấp nhận mẫu này", en: "Accept this mapping"),
        "mappingAcceptAbout": Phrase(
            vi: "Hãy đối chiếu các dòng trên với tệp của ngân hàng: ghi nợ, ghi có và ngày.",
            en: "Hold the lines above against the bank's file: debits, credits and days."
        ),
        "mappingEnd": Phrase(vi: "Bác hoặc ngừng mẫu", en: "Turn down or end it"),
        "mappingFileHref": Phrase(vi: "Tải tệp mô tả (JSON)", en: "Download its description (JSON)"),
        "mappingAccountAlone": Phrase(vi: "chỉ tài khoản này", en: "this account alone"),
        "mappingWholeBank": Phrase(vi: "mọi tài khoản tại", en: "all accounts at"),
        "whenWord": Phrase(vi: "Lúc", en: "When"),
        "balanceWord": Phrase(vi: "Số dư", en: "Balance"),
    ]
}
