extension StatementMapping {
    /// The layouts of Vietcombank.
    static let vietcombank: [String] = [
        #"""
        {
        "name": "vietcombank", "title": "Vietcombank, statement of account (XLSX and CSV)",
        "bank": "970436", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày1/ TNX Date/ Số CT/ Doc No", "Số tiền ghi có/ Credit"],
        "columns": {"transaction_id": ["Ngày1/ TNX Date/ Số CT/ Doc No"],
          "booked_at": ["Ngày1/ TNX Date/ Số CT/ Doc No"], "value_date": ["Ngày hiệu lực2/ Effective date"],
          "debit": ["Số tiền ghi nợ/ Debit"], "credit": ["Số tiền ghi có/ Credit"], "balance": ["Số dư/ Balance"],
          "memo": ["Nội dung chi tiết/ Transactions in detail"]}
        }
        """#,
        #"""
        {
        "name": "vietcombank-statement", "title": "Vietcombank, older statement of account, also on paper",
        "bank": "970436", "confidence": "file", "source": "a statement that the bank's customer published",
        "header": ["Ngày GD/ TNX Date Số CT/ Doc No", "Số tiền ghi có/ Credit"],
        "columns": {"transaction_id": ["Ngày GD/ TNX Date Số CT/ Doc No"],
          "booked_at": ["Ngày GD/ TNX Date Số CT/ Doc No"], "debit": ["Số tiền ghi nợ/ Debit"],
          "credit": ["Số tiền ghi có/ Credit"], "balance": ["Số dư/ Balance"],
          "memo": ["Nội dung chi tiết/ Transactions in detail"]}
        }
        """#,
        #"""
        {
        "name": "vietcombank-retail", "title": "Vietcombank, retail internet banking",
        "bank": "970436", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày giao dịch", "Số tham chiếu", "Thay đổi", "Số tiền"],
        "columns": {"transaction_id": ["Số tham chiếu"], "booked_at": ["Ngày giao dịch"], "amount": ["Số tiền"],
          "sign": ["Thay đổi"], "memo": ["Mô tả"]},
        "signs": {"credit": ["+"], "debit": ["-"]}
        }
        """#,
        #"""
        {
        "name": "vietcombank-cashup", "title": "Vietcombank CashUp, account details (XLSX, and HTML named .xls)",
        "bank": "970436", "confidence": "program", "source": "public code that reads such files",
        "header": [["Ngày GD/ Số CT", "Ngày GD Số CT", "Ngày GD - Số CT", "Ngày giao dịch/ Số CT"], "Ghi nợ",
          "Ghi có", "Số dư", "Nội dung"],
        "columns": {"transaction_id": ["Ngày GD/ Số CT", "Ngày GD Số CT", "Ngày GD - Số CT", "Ngày giao dịch/ Số CT"],
          "booked_at": ["Ngày GD/ Số CT", "Ngày GD Số CT", "Ngày GD - Số CT", "Ngày giao dịch/ Số CT"],
          "debit": ["Ghi nợ"], "credit": ["Ghi có"], "balance": ["Số dư"], "memo": ["Nội dung"]}
        }
        """#,
        #"""
        {
        "name": "vietcombank-accounts", "title": "Vietcombank, several accounts on official request (XLSX)",
        "bank": "970436", "confidence": "program", "source": "public code that reads such files",
        "header": ["Ngày giao dịch - Số CT - User", "Số tài khoản", "Số tiền ghi nợ", "Số tiền ghi có"],
        "columns": {"transaction_id": ["Ngày giao dịch - Số CT - User"],
          "booked_at": ["Ngày giao dịch - Số CT - User"], "account": ["Số tài khoản"], "debit": ["Số tiền ghi nợ"],
          "credit": ["Số tiền ghi có"], "currency": ["Loại tiền"], "counterparty_account": ["TK đối ứng"],
          "memo": ["Nội dung"]}
        }
        """#,
    ]
}
