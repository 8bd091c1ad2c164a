extension StatementMapping {
    /// The layouts of other Vietnamese banks.
    static let othersOfVietnam: [String] = [
        #"""
        {
        "name": "tpbank", "title": "TPBank, statement (XLS and XLSX)",
        "bank": "970423", "confidence": "program", "source": "public code that reads such files",
        "header": [["Transaction Date", "Ngày giao dịch"], ["Reference Number", "Số tham chiếu"],
          ["Explanation", "Diễn giải"], ["Debit", "Ghi nợ"], ["Credit", "Ghi có"], ["Balance", "Số dư"]],
        "columns": {"transaction_id": ["Reference Number", "Số tham chiếu"],
          "booked_at": ["Transaction Date", "Ngày giao dịch"], "debit": ["Debit", "Ghi nợ"],
          "credit": ["Credit", "Ghi có"], "balance": ["Balance", "Số dư"], "memo": ["Explanation", "Diễn giải"]}
        }
        """#,
        #"""
        {
        "name": "tpbank-printed", "title": "TPBank, account statement (the table of the PDF)",
        "bank": "970423", "confidence": "program", "source": "public code that reads such files",
          "made_from_pdf": true,
        "header": ["Ngày thực hiện / Transaction Date", "Số GD / Reference Number", "Diễn giải / Explanation",
          "Nợ / Debit", "Có / Credit", "Số dư / Balance"],
        "columns": {"transaction_id": ["Số GD / Reference Number"],
          "booked_at": ["Ngày thực hiện / Transaction Date"], "debit": ["Nợ / Debit"], "credit": ["Có / Credit"],
          "balance": ["Số dư / Balance"], "memo": ["Diễn giải / Explanation"]},
        "footer": ["Trang số"]
        }
        """#,
        #"""
        {
        "name": "msb", "title": "MSB, corporate export",
        "bank": "970426", "confidence": "guess", "source": "the headings of a reader's list",
        "header": ["Ngày", "Số bút toán", "Ghi nợ", "Ghi có", "Diễn giải", "Đối tác", "Tài khoản đối tác"],
        "columns": {"transaction_id": ["Số bút toán"], "booked_at": ["Ngày"], "debit": ["Ghi nợ"],
          "credit": ["Ghi có"], "memo": ["Diễn giải"], "counterparty_name": ["Đối tác"],
          "counterparty_account": ["Tài khoản đối tác"], "counterparty_bank": ["Ngân hàng đối tác"],
          "currency": ["Loại tiền"]}
        }
        """#,
        #"""
        {
        "name": "namabank", "title": "Nam A Bank, account statement (the table of the PDF)",
        "bank": "970428", "confidence": "file", "source": "a scanned statement, its headings read by others",
          "made_from_pdf": true,
        "header": ["NGÀY GD Booking date", "SỐ GIAO DỊCH Transaction No", "PS NỢ Debit", "PS CÓ Credit",
          "Số dư Current Balance"],
        "columns": {"transaction_id": ["SỐ GIAO DỊCH Transaction No"], "booked_at": ["NGÀY GD Booking date"],
          "value_date": ["NGÀY GIÁ TRỊ Value date"], "debit": ["PS NỢ Debit"], "credit": ["PS CÓ Credit"],
          "balance": ["Số dư Current Balance"], "memo": ["NỘI DUNG Description"]},
        "footer": ["(*)"]
        }
        """#,
        #"""
        {
        "name": "lpbank", "title": "LPBank, statement (the table of the PDF)",
        "bank": "970449", "confidence": "file", "source": "a statement in a reader's tests", "made_from_pdf": true,
        "header": [["Ngày giao dịch Txn.date", "Ngày giao dịch"], ["Ngày hiệu lực Value date", "Ngày hiệu lực"],
          ["Số giao dịch Txn.no", "Số giao dịch"], ["Ghi nợ Debit", "Ghi nợ"], ["Ghi có Credit", "Ghi có"],
          ["Số dư Balance", "Số dư"]],
        "columns": {"transaction_id": ["Số giao dịch Txn.no", "Số giao dịch"],
          "booked_at": ["Ngày giao dịch Txn.date", "Ngày giao dịch"],
          "value_date": ["Ngày hiệu lực Value date", "Ngày hiệu lực"], "debit": ["Ghi nợ Debit", "Ghi nợ"],
          "credit": ["Ghi có Credit", "Ghi có"], "balance": ["Số dư Balance", "Số dư"],
          "memo": ["Nội dung giao dịch Description", "Nội dung giao dịch"]},
        "labels": {"closing": ["Ending Balance"]},
        "footer": ["Đề nghị Quý khách", "Please examine", "Người ký"]
        }
        """#,
        #"""
        {
        "name": "sacombank-raw", "title": "Sacombank, extract with technical headings (XLSX)",
        "bank": "970403", "confidence": "program", "source": "public code that reads such files",
        "header": ["ACCT_ID", "TRANSACTION_ID", "DEBIT_AMT", "CREDIT_AMT", "NARRATIVE", "VALUE_DT"],
        "columns": {"account": ["ACCT_ID"], "transaction_id": ["TRANSACTION_ID"], "booked_at": ["VALUE_DT"],
          "debit": ["DEBIT_AMT"], "credit": ["CREDIT_AMT"], "memo": ["NARRATIVE"],
          "counterparty_account": ["TK_DU_LNH"], "counterparty_name": ["CUSTOMER_NAME_DU"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd"]
        }
        """#,
        #"""
        {
        "name": "vpbank-raw", "title": "VPBank, extract with technical headings (XLSX)",
        "bank": "970432", "confidence": "program", "source": "public code that reads such files",
        "header": ["MA_FT", "ngay_giao_dich", "tk_ghi_co", "so_tien_gd", "stk_ghi_no"],
        "columns": {"transaction_id": ["MA_FT"], "booked_at": ["ngay_giao_dich"], "amount": ["so_tien_gd"],
          "currency": ["nguyen_te"], "memo": ["noi_dung_gd"], "from_account": ["stk_ghi_no"],
          "from_name": ["ten_KH_ghi_no"], "to_account": ["tk_ghi_co"], "to_name": ["ten_KH_ghi_co"]},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd"]
        }
        """#,
        #"""
        {
        "name": "eximbank-raw", "title": "Eximbank, extract with technical headings (XLSX)",
        "bank": "970431", "confidence": "program", "source": "public code that reads such files",
        "header": ["FORACID", "TRAN_DATE", "TRAN_ID", "PHAT_SINH_NO", "PHAT_SINH_CO"],
        "columns": {"account": ["FORACID"], "transaction_id": ["TRAN_ID"], "booked_at": ["TRAN_DATE"],
          "value_date": ["VALUE_DATE"], "debit": ["PHAT_SINH_NO"], "credit": ["PHAT_SINH_CO"], "currency": ["CCY"],
          "memo": 11},
        "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
          "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "yyyy/MM/dd"]
        }
        """#,
    ]
}
