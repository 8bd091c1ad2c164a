extension StatementMapping {
    /// The layouts of foreign banks in Vietnam.
    static let foreignBanks: [String] = [
        #"""
        {
        "name": "woori", "title": "Woori Bank Vietnam, statement (XLSX)",
        "bank": "970457", "confidence": "program", "source": "public code that reads such files",
        "header": ["Transaction time and date", "Amount withdrawn", "Amount deposited", "Account balance"],
        "columns": {"booked_at": ["Transaction time and date"], "debit": ["Amount withdrawn"],
          "credit": ["Amount deposited"], "balance": ["Account balance"], "currency": ["Currency"],
          "memo": ["Remarks", "Summary"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd", "yyyy.MM.dd HH:mm:ss"]
        }
        """#,
        #"""
        {
        "name": "kasikornbank", "title": "Kasikornbank Vietnam, statement (XLSX)",
        "bank": "668888", "confidence": "program", "source": "public code that reads such files",
        "header": ["Transaction date/Ngày giao dịch", "Debit amount/Số tiền ghi nợ", "Credit amount/Số tiền ghi có",
          "Balance/Số dư"],
        "columns": {"booked_at": ["Transaction date/Ngày giao dịch"], "time": ["Transaction time"],
          "debit": ["Debit amount/Số tiền ghi nợ"], "credit": ["Credit amount/Số tiền ghi có"],
          "balance": ["Balance/Số dư"], "memo": ["Description/Diễn giải"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd"],
        "labels": {"opening": ["Previous Balance"], "closing": ["Current Balance"]},
        "footer": ["Current Balance"]
        }
        """#,
        #"""
        {
        "name": "sinopac", "title": "SinoPac Ho Chi Minh City, statement (XLSX)",
        "bank": "970465", "confidence": "program", "source": "public code that reads such files",
        "header": ["Số tài khoản", "Ngày giá trị", "Tiền tệ", "Rút tiền", "Tiền gửi", "Cân đối"],
        "columns": {"account": ["Số tài khoản"], "booked_at": ["Ngày giá trị"], "currency": ["Tiền tệ"],
          "debit": ["Rút tiền"], "credit": ["Tiền gửi"], "balance": ["Cân đối"], "memo": ["Nhận xét"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd"]
        }
        """#,
        #"""
        {
        "name": "uob", "title": "UOB Vietnam, statement (XLSX)",
        "bank": "970458", "confidence": "program", "source": "public code that reads such files",
        "header": ["Value Date", "Deposit", "Withdrawal", "Ledger Balance"],
        "columns": {"booked_at": ["Value Date"], "credit": ["Deposit"], "debit": ["Withdrawal"],
          "balance": ["Ledger Balance"], "memo": ["Description", "Remarks", "Transaction Description"],
          "transaction_id": ["Reference", "Your Reference"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd"]
        }
        """#,
        #"""
        {
        "name": "standard-chartered",
          "title": "Standard Chartered Vietnam, statement of accounts (the table of the PDF)",
        "bank": "970410", "confidence": "program", "source": "public code that reads such files",
          "made_from_pdf": true,
        "header": ["Entry date", "Value date", "Description", "DEBITS", "CREDITS", "Balance"],
        "columns": {"booked_at": ["Entry date"], "value_date": ["Value date"], "debit": ["DEBITS"],
          "credit": ["CREDITS"], "balance": ["Balance"], "memo": ["Description"]},
        "dates": ["dd MMM yy", "dd MMM yyyy"],
        "labels": {"account": ["Account no"]}
        }
        """#,
    ]
}
