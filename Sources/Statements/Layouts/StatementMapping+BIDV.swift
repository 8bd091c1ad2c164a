extension StatementMapping {
    /// The layouts of BIDV.
    static let bidv: [String] = [
        #"""
        {
        "name": "bidv", "title": "BIDV, statement (CSV and XLSX)",
        "bank": "970418", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày GD", "Số tham chiếu", "Phát sinh Có"],
        "columns": {"transaction_id": ["Số tham chiếu"], "booked_at": ["Ngày GD"], "debit": ["Phát sinh Nợ"],
          "credit": ["Phát sinh Có"], "balance": ["Số dư"], "memo": ["Mô tả"]}
        }
        """#,
        #"""
        {
        "name": "bidv-effective", "title": "BIDV, statement by effective date",
        "bank": "970418", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ghi nợ", "Ghi có", "Số dư", "Mô tả", "Ngày HL"],
        "columns": {"transaction_id": ["Số tham chiếu", "Mã GD", "Số CT"], "booked_at": ["Ngày HL"],
          "debit": ["Ghi nợ"], "credit": ["Ghi có"], "balance": ["Số dư"], "memo": ["Mô tả", "Diễn giải"]}
        }
        """#,
        #"""
        {
        "name": "bidv-details", "title": "BIDV, account balance details (XLSX)",
        "bank": "970418", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày hiệu lực/Effective date", "Ghi nợ/Debit", "Ghi có/Credit", "Mô tả/Description"],
        "columns": {"transaction_id": ["Số tham chiếu/Reference number", "Số chứng từ"],
          "booked_at": ["Ngày hiệu lực/Effective date"], "debit": ["Ghi nợ/Debit"], "credit": ["Ghi có/Credit"],
          "balance": ["Số dư/Balance"], "memo": ["Mô tả/Description"]},
        "labels": {"opening": ["Dư đầu", "Original balance"],
          "closing": ["Dư cuối", "Cuối ngày", "End of day balance"]},
        "footer": ["Dư cuối", "Cuối ngày", "End of day balance"]
        }
        """#,
        #"""
        {
        "name": "bidv-branch", "title": "BIDV, branch statement (XLSX, and the table of the paper)",
        "bank": "970418", "confidence": "program", "source": "public code that reads such files",
        "header": [["Ngày giao dịch (Trans.Date)", "Ngày giao dịch"], ["Mã giao dịch (Trans.Code)", "Mã giao dịch"],
          ["Phát sinh nợ (Debit amount)", "Phát sinh nợ"], ["Phát sinh có (Credit amount)", "Phát sinh có"],
          ["Số chứng từ SEQ No.", "Số chứng từ"]],
        "columns": {"transaction_id": ["Ref", "Số chứng từ SEQ No.", "Số chứng từ"],
          "booked_at": ["Ngày giao dịch (Trans.Date)", "Ngày giao dịch"],
          "value_date": ["Ngày hiệu lực (EFD.Date)", "Ngày hiệu lực"],
          "debit": ["Phát sinh nợ (Debit amount)", "Phát sinh nợ"],
          "credit": ["Phát sinh có (Credit amount)", "Phát sinh có"], "balance": ["Số dư (Balance)", "Số dư"],
          "memo": ["Diễn giải (Txn. Description)", "Diễn giải"]},
        "footer": ["Người tạo", "Ký bởi"]
        }
        """#,
    ]
}
