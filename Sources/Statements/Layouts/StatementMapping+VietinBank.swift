extension StatementMapping {
    /// The layouts of VietinBank.
    static let vietinBank: [String] = [
        #"""
        {
        "name": "vietinbank", "title": "VietinBank eFAST, transaction history and statement",
        "bank": "970415", "confidence": "program", "source": "public code that reads such files",
        "header": ["Số dư TK/ Account Balance", "Số giao dịch/ Transaction number"],
        "columns": {"transaction_id": ["Số giao dịch/ Transaction number"],
          "booked_at": ["Ngày hạch toán/ Accounting date"], "debit": ["Nợ/ Debit"], "credit": ["Có/ Credit"],
          "balance": ["Số dư TK/ Account Balance"],
          "counterparty_account": ["Số tài khoản đối ứng/ Corresponsive account"],
          "counterparty_name": ["Tên tài khoản đối ứng/ Corresponsive name"],
          "memo": ["Mô tả giao dịch/ Transaction description"]},
        "dates": ["dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy"],
        "blank_dates": "above",
        "labels": {"credits": ["Tổng ghi có", "Tổng phát sinh có", "Total credit"],
          "debits": ["Tổng ghi nợ", "Tổng phát sinh nợ", "Total debit"]}
        }
        """#,
        #"""
        {
        "name": "vietinbank-counterparty", "title": "VietinBank, statement with the other side (XLSX)",
        "bank": "970415", "confidence": "program", "source": "public code that reads such files",
        "header": [["Mô tả giao dịch (Transaction comment)", "Mô tả giao dịch"], "Nợ", "Có",
          ["Tên đối ứng (Offset name)", "Tên đối ứng"]],
        "columns": {"transaction_id": ["Số tham chiếu"], "booked_at": ["Ngày", "Ngày (Date)"], "debit": ["Nợ"],
          "credit": ["Có"], "balance": ["Số dư"], "counterparty_name": ["Tên đối ứng (Offset name)", "Tên đối ứng"],
          "counterparty_bank": ["Ngân hàng đối ứng"],
          "memo": ["Mô tả giao dịch (Transaction comment)", "Mô tả giao dịch"]},
        "account_after": "A/C:",
        "footer": ["Doanh số"],
        "labels": {"opening": ["Beginning balance"], "closing": ["Ending balance"]}
        }
        """#,
    ]
}
