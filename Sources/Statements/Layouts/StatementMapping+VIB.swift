extension StatementMapping {
    /// The layouts of VIB.
    static let vib: [String] = [
        #"""
        {
        "name": "vib-corporate", "title": "VIB, corporate statement by transaction date (XLSX)",
        "bank": "970441", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày giao dịch", "Số chứng từ", "Mô tả", "Ghi nợ", "Ghi có", "Loại tiền", "Số dư"],
        "columns": {"transaction_id": ["Số chứng từ"], "booked_at": ["Ngày giao dịch"], "debit": ["Ghi nợ"],
          "credit": ["Ghi có"], "currency": ["Loại tiền"], "balance": ["Số dư"], "memo": ["Mô tả"]},
        "debits": "either"
        }
        """#,
        #"""
        {
        "name": "vib-ledger", "title": "VIB, statement of several accounts (the table of the PDF)",
        "bank": "970441", "confidence": "program", "source": "public code that reads such files",
          "made_from_pdf": true,
        "header": ["Seq.No", "Tran Date", "Withdrawal (Phát sinh nợ)", "Deposit (Phát sinh có)", "Balance"],
        "columns": {"transaction_id": ["Ref"], "booked_at": ["Tran Date"], "value_date": ["Effect Date"],
          "debit": ["Withdrawal (Phát sinh nợ)"], "credit": ["Deposit (Phát sinh có)"], "balance": ["Balance"],
          "memo": ["Remarks"]},
        "labels": {"account": ["SỐ TK/Loại TK/Loại tiền", "SỐ TK"]}
        }
        """#,
        #"""
        {
        "name": "vib-retail", "title": "VIB, MyVIB retail (XLSX)",
        "bank": "970441", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày giao dịch", "Nội dung giao dịch", "Số tiền", "Số dư", "Mã giao dịch"],
        "columns": {"transaction_id": ["Mã giao dịch"], "booked_at": ["Ngày giao dịch"], "amount": ["Số tiền"],
          "balance": ["Số dư"], "memo": ["Nội dung giao dịch"]}
        }
        """#,
    ]
}
