extension StatementMapping {
    /// The layouts of several banks.
    static let sharedLayouts: [String] = [
        #"""
        {
        "name": "agribank", "title": "Agribank, the general layout of Vietnamese statements",
        "confidence": "guess", "source": "no file of the bank has been seen: drawn from the other banks' layouts",
        "header": ["Ngày giao dịch", "Ghi nợ", "Ghi có", "Số dư"],
        "columns": {"transaction_id": ["Số bút toán", "Số giao dịch", "Số tham chiếu", "Số CT"],
          "booked_at": ["Ngày giao dịch"], "value_date": ["Ngày hiệu lực"], "debit": ["Ghi nợ"],
          "credit": ["Ghi có"], "balance": ["Số dư"], "memo": ["Nội dung", "Diễn giải", "Mô tả"],
          "counterparty_account": ["Tài khoản đối ứng"], "counterparty_name": ["Tên tài khoản đối ứng"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy"]
        }
        """#,
        #"""
        {
        "name": "two-row-header", "title": "Statements with Nợ and Có beneath one heading Phát sinh",
        "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày GD", "Phát sinh Nợ", "Phát sinh Có", "Số dư"],
        "columns": {"transaction_id": ["Số CT"], "booked_at": ["Ngày GD"], "debit": ["Phát sinh Nợ"],
          "credit": ["Phát sinh Có"], "balance": ["Số dư"], "memo": ["Diễn giải"]},
        "header_rows": 2
        }
        """#,
    ]
}
