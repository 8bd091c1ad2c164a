extension StatementMapping {
    /// The layouts of ACB.
    static let acb: [String] = [
        #"""
        {
        "name": "acb", "title": "ACB, monthly statement",
        "bank": "970416", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày hiệu lực", "Ngày giao dịch", "Số GD", "Ghi có"],
        "columns": {"transaction_id": ["Số GD"], "booked_at": ["Ngày giao dịch"], "value_date": ["Ngày hiệu lực"],
          "debit": ["Ghi nợ"], "credit": ["Ghi có"], "balance": ["Số dư"], "memo": ["Nội dung giao dịch"]}
        }
        """#,
        #"""
        {
        "name": "acb-statement", "title": "ACB, list of transactions (sheet Statement)",
        "bank": "970416", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày giao dịch", "Nội dung", "Tiền rút ra", "Tiền gửi vào", "Số dư"],
        "columns": {"transaction_id": ["Số GD"], "booked_at": ["Ngày giao dịch"], "debit": ["Tiền rút ra"],
          "credit": ["Tiền gửi vào"], "balance": ["Số dư"], "memo": ["Nội dung"]},
        "label_values": "below",
        "footer": ["Số dư cuối"]
        }
        """#,
        #"""
        {
        "name": "acb-paper", "title": "ACB, paper statement without accents (the table of the paper)",
        "bank": "970416", "confidence": "guess", "source": "a program that draws such statements",
          "made_from_pdf": true,
        "header": ["Ngay", "Dien giai", "Ghi no", "Ghi co", "So du"],
        "columns": {"booked_at": ["Ngay"], "debit": ["Ghi no"], "credit": ["Ghi co"], "balance": ["So du"],
          "memo": ["Dien giai"]},
        "labels": {"opening": ["So du dau"], "closing": ["So du cuoi"]},
        "footer": ["So du cuoi", "GIAO DICH VIEN"]
        }
        """#,
    ]
}
