extension StatementMapping {
    /// The layouts of MB.
    static let mb: [String] = [
        #"""
        {
        "name": "mb", "title": "MB BIZ, detailed statement",
        "bank": "970422", "confidence": "program", "source": "public code that reads such files",
        "header": ["Số bút toán Transaction No", "Phát sinh có Credit"],
        "columns": {"transaction_id": ["Số bút toán Transaction No"],
          "booked_at": ["Ngày giao dịch Transaction Date"], "value_date": ["Ngày hạch toán Accounting Date"],
          "debit": ["Phát sinh nợ Debit"], "credit": ["Phát sinh có Credit"], "memo": ["Nội dung Details"],
          "counterparty_name": ["Đơn vị thụ hưởng/Đơn vị chuyển Beneficiary/Applicant"],
          "counterparty_account": ["Tài khoản Account"], "counterparty_bank": ["Ngân hàng đối tác Remitter Bank"]}
        }
        """#,
        #"""
        {
        "name": "mb-account", "title": "MB, detailed statement of the account (XLSX)",
        "bank": "970422", "confidence": "program", "source": "public code that reads such files",
        "header": [["Ngày hạch toán/Posting date", "Ngày hạch toán", "Ngày giao dịch"], "Phát sinh nợ",
          "Phát sinh có", "Số dư", "Nội dung"],
        "columns": {"transaction_id": ["Số bút toán", "Số giao dịch"],
          "booked_at": ["Ngày hạch toán/Posting date", "Ngày hạch toán", "Ngày giao dịch"],
          "debit": ["Phát sinh nợ"], "credit": ["Phát sinh có"], "balance": ["Số dư"], "memo": ["Nội dung"]},
        "bare_totals": true
        }
        """#,
        #"""
        {
        "name": "mb-official", "title": "MB, statement with the bank's full name (XLSX)",
        "bank": "970422", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày", "Số bút toán", "Phát sinh nợ", "Phát sinh có", "Đơn vị thụ hưởng/Đơn vị chuyển"],
        "columns": {"transaction_id": ["Số bút toán"], "booked_at": ["Ngày"], "debit": ["Phát sinh nợ"],
          "credit": ["Phát sinh có"], "memo": ["Nội dung"], "counterparty_name": ["Đơn vị thụ hưởng/Đơn vị chuyển"],
          "counterparty_account": ["TK đối ứng"], "counterparty_bank": ["NH đối ứng"]},
        "labels": {"credits": [], "debits": []}
        }
        """#,
        #"""
        {
        "name": "mb-csv", "title": "MB, CSV saved from the e-banking workbook",
        "bank": "970422", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày giao dịch", "Số bút toán", "Phát sinh nợ/Debit", "Phát sinh có/Credit", "Nội dung/Details"],
        "columns": {"transaction_id": ["Số bút toán"], "booked_at": ["Ngày giao dịch"],
          "debit": ["Phát sinh nợ/Debit"], "credit": ["Phát sinh có/Credit"], "memo": ["Nội dung/Details"]}
        }
        """#,
    ]
}
