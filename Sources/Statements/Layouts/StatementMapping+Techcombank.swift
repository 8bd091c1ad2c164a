extension StatementMapping {
    /// The layouts of Techcombank.
    static let techcombank: [String] = [
        #"""
        {
        "name": "techcombank", "title": "Techcombank, CSV",
        "bank": "970407", "confidence": "program", "source": "public code that reads such files",
        "header": ["Date", "Description", "Debit", "Credit", "Balance"],
        "columns": {"booked_at": ["Date"], "debit": ["Debit"], "credit": ["Credit"], "balance": ["Balance"],
          "memo": ["Description"], "transaction_id": ["Reference", "Transaction ID"]}
        }
        """#,
        #"""
        {
        "name": "techcombank-enquiry", "title": "Techcombank, transaction enquiry (XLSX)",
        "bank": "970407", "confidence": "file", "source": "an export of the bank, as others read it",
        "header": ["Ngày KH thực hiện/Requesting date", "Ngày giao dịch/Transaction date",
          "Số bút toán/Reference number", "Nợ/Debit", "Có/Credit", "Phí/Lãi Fee/Interest", "Thuế/Transaction VAT",
          "Số dư/Running balance"],
        "columns": {"transaction_id": ["Số bút toán/Reference number"],
          "booked_at": ["Ngày giao dịch/Transaction date"], "debit": ["Nợ/Debit"], "credit": ["Có/Credit"],
          "fee": ["Phí/Lãi Fee/Interest"], "tax": ["Thuế/Transaction VAT"], "balance": ["Số dư/Running balance"],
          "counterparty_bank": ["Ngân hàng đối tác / Remitter's bank"],
          "counterparty_account": ["Tài khoản đích/Remitter's account number"],
          "counterparty_name": ["Tên tài khoản đối ứng/Remitter's account name"], "memo": ["Diễn giải/Description"]},
        "dates": ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"],
        "debits": "negative",
        "labels": {"opening": ["Số dư đầu ngày"], "closing": ["Số dư cuối ngày"], "credits": ["Tổng ghi có"],
          "debits": ["Tổng ghi nợ"], "fees": ["Tổng phí"], "taxes": ["Tổng VAT"]},
        "footer": ["Phiếu này được in", "Ngày giờ in"]
        }
        """#,
        #"""
        {
        "name": "techcombank-printed", "title": "Techcombank, book of debit and credit notes (the table of the PDF)",
        "bank": "970407", "confidence": "program", "source": "a program that draws such statements",
          "made_from_pdf": true,
        "header": ["Ngày giao dịch Transaction Date", "Diễn giải Details", "Số bút toán Transaction No", "Nợ Debit",
          "Có Credit", "Phí/Lãi Fee/Interest", "Thuế VAT Tax", "Số dư Balance"],
        "columns": {"transaction_id": ["Số bút toán Transaction No"],
          "booked_at": ["Ngày giao dịch Transaction Date"], "debit": ["Nợ Debit"], "credit": ["Có Credit"],
          "fee": ["Phí/Lãi Fee/Interest"], "tax": ["Thuế VAT Tax"], "balance": ["Số dư Balance"],
          "counterparty_name": ["Đối tác Remitter"], "counterparty_bank": ["NH Đối tác Remitter bank"],
          "memo": ["Diễn giải Details"]},
        "labels": {"opening": ["Open balance"], "closing": ["Ending balance"]},
        "footer": ["Ngày giờ in", "Printed user", "Trang/ Page"]
        }
        """#,
        #"""
        {
        "name": "techcombank-accounts", "title": "Techcombank, list of transactions of several accounts (XLSX)",
        "bank": "970407", "confidence": "program", "source": "public code that reads such files",
        "header": ["Số tài khoản", "Ngày giá trị", "Statement id", "Số bút toán", "Ghi nợ", "Ghi có"],
        "columns": {"account": ["Số tài khoản"], "transaction_id": ["Số bút toán"], "booked_at": ["Ngày giá trị"],
          "debit": ["Ghi nợ"], "credit": ["Ghi có"], "currency": ["Loại tiền"],
          "counterparty_account": ["TK đối ứng"], "memo": ["Diễn giải"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd"],
        "debits": "negative"
        }
        """#,
    ]
}
