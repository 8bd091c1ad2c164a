extension StatementMapping {
    /// The layouts of Agribank.
    static let agribank: [String] = [
        #"""
        {
        "name": "agribank-branch", "title": "Agribank, branch statement (the table of the PDF)",
        "bank": "970405", "confidence": "file", "source": "a statement that the bank's customer published",
          "made_from_pdf": true,
        "header": [["Ngày Date", "Ngày"], ["Ghi chú Remark", "Ghi chú"], ["Nợ Dr", "Nợ"], ["Có Cr", "Có"],
          ["Số dư Balance", "Số dư"]],
        "columns": {"transaction_id": ["Số tham chiếu Ref. no", "Số tham chiếu"], "booked_at": ["Ngày Date", "Ngày"],
          "debit": ["Nợ Dr", "Nợ"], "credit": ["Có Cr", "Có"], "balance": ["Số dư Balance", "Số dư"],
          "memo": ["Ghi chú Remark", "Ghi chú"]},
        "labels": {"account": ["Số tài khoản/A/C No"], "closing": ["Số dư cuối ngày", "Ending balance"],
          "debits": ["Số bút toán/Doanh số nợ", "Doanh số nợ (Less debit)"],
          "credits": ["Số bút toán/Doanh số có", "Doanh số có (Plus credit)"]},
        "footer": ["Website"]
        }
        """#,
        #"""
        {
        "name": "agribank-raw", "title": "Agribank, export with technical headings (XLSX)",
        "bank": "970405", "confidence": "program", "source": "public code that reads such files",
        "header": ["trdt", "acctccyamt", "aftrbal", "rem"],
        "columns": {"booked_at": ["trdt"], "amount": ["acctccyamt"], "balance": ["aftrbal"], "memo": ["rem"],
          "counterparty_account": ["tomgntno"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd"]
        }
        """#,
        #"""
        {
        "name": "agribank-corporate", "title": "Agribank, corporate e-banking (HTML named .xls)",
        "bank": "970405", "confidence": "guess", "source": "descriptions of others, with made-up files",
        "header": [["Ngày hạch toán", "Ngày HT"], ["Ngày chứng từ", "Ngày CT"], ["Số chứng từ", "Số CT"],
          ["Ghi nợ", "Phát sinh nợ"], ["Ghi có", "Phát sinh có"]],
        "columns": {"transaction_id": ["Số chứng từ", "Số CT"], "booked_at": ["Ngày hạch toán", "Ngày HT"],
          "value_date": ["Ngày chứng từ", "Ngày CT"], "debit": ["Ghi nợ", "Phát sinh nợ"],
          "credit": ["Ghi có", "Phát sinh có"], "balance": ["Số dư"], "memo": ["Diễn giải", "Nội dung", "Chi tiết"]}
        }
        """#,
        #"""
        {
        "name": "agribank-request", "title": "Agribank, on official request (XLSX)",
        "bank": "970405", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày giao dịch", "Số tiền ghi nợ", "Số tiền ghi có", "Người phát lệnh"],
        "columns": {"booked_at": ["Ngày giao dịch"], "debit": ["Số tiền ghi nợ"], "credit": ["Số tiền ghi có"],
          "counterparty_name": ["Người phát lệnh"], "counterparty_account": ["STK đối ứng"],
          "counterparty_bank": ["Ngân hàng đối ứng"], "memo": ["Nội dung giao dịch"]},
        "footer": ["Lập biểu", "Kế toán", "Giám đốc"]
        }
        """#,
    ]
}
