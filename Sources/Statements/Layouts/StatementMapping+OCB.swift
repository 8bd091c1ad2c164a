extension StatementMapping {
    /// The layouts of OCB.
    static let ocb: [String] = [
        #"""
        {
        "name": "ocb", "title": "OCB, statement of account (XLSX)",
        "bank": "970448", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày thực hiện/Transaction Date", "Số GD/Transaction number", "Nội dung/Content",
          "PS giảm (Nợ)/Debit", "PS tăng (Có)/Credit", "Số dư/Balance"],
        "columns": {"transaction_id": ["Số GD/Transaction number"], "booked_at": ["Ngày thực hiện/Transaction Date"],
          "debit": ["PS giảm (Nợ)/Debit"], "credit": ["PS tăng (Có)/Credit"], "balance": ["Số dư/Balance"],
          "memo": ["Nội dung/Content"]},
        "debits": "either",
        "labels": {"closing": ["Ending balance"], "debits": ["Tổng PS nợ", "Debit total"],
          "credits": ["Tổng PS có", "Credit total"]},
        "footer": ["Ending balance"]
        }
        """#,
        #"""
        {
        "name": "ocb-recipient", "title": "OCB, statement of account with the other side (XLSX)",
        "bank": "970448", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày thực hiện/Bank date", "Nội dung giao dịch/Content", "PS giảm (Nợ)/Debit",
          "PS tăng (Có)/Credit", "Tên người thụ hưởng/Recipient"],
        "columns": {"transaction_id": ["Số GD/Transaction number"], "booked_at": ["Ngày thực hiện/Bank date"],
          "debit": ["PS giảm (Nợ)/Debit"], "credit": ["PS tăng (Có)/Credit"], "balance": ["Số dư/Balance"],
          "memo": ["Nội dung giao dịch/Content"], "counterparty_name": ["Tên người thụ hưởng/Recipient"],
          "counterparty_account": ["Số tài khoản thụ hưởng/Counterparty account"],
          "counterparty_bank": ["Ngân hàng thụ hưởng/Counterparty bank"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd"],
        "debits": "either",
        "labels": {"opening": ["Starting balance"], "closing": ["Ending balance"],
          "debits": ["Tổng PS nợ", "Debit total"], "credits": ["Tổng PS có", "Credit total"]},
        "footer": ["Ending balance"]
        }
        """#,
        #"""
        {
        "name": "ocb-monthly", "title": "OCB, monthly file (XLSX and CSV)",
        "bank": "970448", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày thực hiện", "Ngày ghi nhận", "Số giao dịch", "Nội dung", "PS giảm (Nợ)", "PS tăng (Có)"],
        "columns": {"transaction_id": ["Số giao dịch"], "booked_at": ["Ngày ghi nhận"],
          "value_date": ["Ngày thực hiện"], "debit": ["PS giảm (Nợ)"], "credit": ["PS tăng (Có)"],
          "balance": ["Số dư"], "memo": ["Nội dung"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd"],
        "debits": "either",
        "bare_totals": true
        }
        """#,
        #"""
        {
        "name": "liobank", "title": "Liobank by OCB (the table of the PDF)",
        "bank": "970448", "confidence": "program", "source": "public code that reads such files",
          "made_from_pdf": true,
        "header": ["Ngày GD", "Nội dung", "Số tiền ghi có", "Số tiền ghi nợ", "Phí", "Số dư"],
        "columns": {"booked_at": ["Ngày GD"], "credit": ["Số tiền ghi có"], "debit": ["Số tiền ghi nợ"],
          "fee": ["Phí"], "balance": ["Số dư"], "memo": ["Nội dung"]},
        "dates": ["dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy"],
        "labels": {"credits": ["Tổng phát sinh có"], "debits": ["Tổng phát sinh nợ"]},
        "end": ["Tiết kiệm tự động"]
        }
        """#,
    ]
}
