extension StatementMapping {
    /// The layouts built into this program, in the order in which they are tried: the most distinctive headers first.
    ///
    /// None has been checked against the bank's own description of its files. `Fixtures/statements/mappings` has the
    /// same layouts as examples to start from.
    public static let builtIn: [StatementMapping] = sources.map { source in
        do throws(Failure) {
            return try StatementMapping(source.utf8)
        } catch {
            preconditionFailure("the tests read every mapping: \(error)")
        }
    }

    private static let sources: [String] = [
        #"""
        {
          "name": "vietcombank",
          "title": "Vietcombank, statement of account (XLSX and CSV)",
          "bank": "970436",
          "verified": false,
          "source": "public code that reads such files",
          "encoding": "auto",
          "header": ["Ngày1/ TNX Date/ Số CT/ Doc No", "Số tiền ghi có/ Credit"],
          "columns": {
            "transaction_id": ["Ngày1/ TNX Date/ Số CT/ Doc No"],
            "booked_at": ["Ngày1/ TNX Date/ Số CT/ Doc No"],
            "value_date": ["Ngày hiệu lực2/ Effective date"],
            "debit": ["Số tiền ghi nợ/ Debit"],
            "credit": ["Số tiền ghi có/ Credit"],
            "balance": ["Số dư/ Balance"],
            "memo": ["Nội dung chi tiết/ Transactions in detail"]
          },
          "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]
          }
        }
        """#,
        #"""
        {
          "name": "vietcombank-statement",
          "title": "Vietcombank, older statement of account",
          "bank": "970436",
          "verified": false,
          "source": "a statement that the bank's customer published",
          "encoding": "auto",
          "header": ["Ngày GD/ TNX Date Số CT/ Doc No", "Số tiền ghi có/ Credit"],
          "columns": {
            "transaction_id": ["Ngày GD/ TNX Date Số CT/ Doc No"],
            "booked_at": ["Ngày GD/ TNX Date Số CT/ Doc No"],
            "debit": ["Số tiền ghi nợ/ Debit"],
            "credit": ["Số tiền ghi có/ Credit"],
            "balance": ["Số dư/ Balance"],
            "memo": ["Nội dung chi tiết/ Transactions in detail"]
          },
          "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]
          }
        }
        """#,
        #"""
        {
          "name": "vietcombank-retail",
          "title": "Vietcombank, retail internet banking",
          "bank": "970436",
          "verified": false,
          "source": "public code that reads such files",
          "encoding": "auto",
          "header": ["Ngày giao dịch", "Số tham chiếu", "Thay đổi", "Số tiền"],
          "columns": {
            "transaction_id": ["Số tham chiếu"],
            "booked_at": ["Ngày giao dịch"],
            "amount": ["Số tiền"],
            "sign": ["Thay đổi"],
            "memo": ["Mô tả"]
          },
          "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "signs": {
            "credit": ["+"],
            "debit": ["-"]
          },
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]
          }
        }
        """#,
        #"""
        {
          "name": "vietinbank",
          "title": "VietinBank eFAST, transaction history and statement",
          "bank": "970415",
          "verified": false,
          "source": "public code that reads such files",
          "encoding": "auto",
          "header": ["Số dư TK/ Account Balance", "Số giao dịch/ Transaction number"],
          "columns": {
            "transaction_id": ["Số giao dịch/ Transaction number"],
            "booked_at": ["Ngày hạch toán/ Accounting date"],
            "debit": ["Nợ/ Debit"],
            "credit": ["Có/ Credit"],
            "balance": ["Số dư TK/ Account Balance"],
            "counterparty_account": ["Số tài khoản đối ứng/ Corresponsive account"],
            "counterparty_name": ["Tên tài khoản đối ứng/ Corresponsive name"],
            "memo": ["Mô tả giao dịch/ Transaction description"]
          },
          "dates": ["dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy", "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"],
            "credits": ["Tổng ghi có", "Tổng phát sinh có", "Total credit"],
            "debits": ["Tổng ghi nợ", "Tổng phát sinh nợ", "Total debit"]
          },
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"]
        }
        """#,
        #"""
        {
          "name": "mb",
          "title": "MB BIZ, detailed statement",
          "bank": "970422",
          "verified": false,
          "source": "public code that reads such files",
          "encoding": "auto",
          "header": ["Số bút toán Transaction No", "Phát sinh có Credit"],
          "columns": {
            "transaction_id": ["Số bút toán Transaction No"],
            "booked_at": ["Ngày giao dịch Transaction Date"],
            "value_date": ["Ngày hạch toán Accounting Date"],
            "debit": ["Phát sinh nợ Debit"],
            "credit": ["Phát sinh có Credit"],
            "memo": ["Nội dung Details"],
            "counterparty_name": ["Đơn vị thụ hưởng/Đơn vị chuyển Beneficiary/Applicant"],
            "counterparty_account": ["Tài khoản Account"],
            "counterparty_bank": ["Ngân hàng đối tác Remitter Bank"]
          },
          "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]
          }
        }
        """#,
        #"""
        {
          "name": "acb",
          "title": "ACB, monthly statement",
          "bank": "970416",
          "verified": false,
          "source": "public code that reads such files",
          "encoding": "auto",
          "header": ["Ngày hiệu lực", "Ngày giao dịch", "Số GD", "Ghi có"],
          "columns": {
            "transaction_id": ["Số GD"],
            "booked_at": ["Ngày giao dịch"],
            "value_date": ["Ngày hiệu lực"],
            "debit": ["Ghi nợ"],
            "credit": ["Ghi có"],
            "balance": ["Số dư"],
            "memo": ["Nội dung giao dịch"]
          },
          "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]
          }
        }
        """#,
        #"""
        {
          "name": "bidv",
          "title": "BIDV, statement (CSV and XLSX)",
          "bank": "970418",
          "verified": false,
          "source": "public code that reads such files",
          "encoding": "auto",
          "header": ["Ngày GD", "Số tham chiếu", "Phát sinh Có"],
          "columns": {
            "transaction_id": ["Số tham chiếu"],
            "booked_at": ["Ngày GD"],
            "debit": ["Phát sinh Nợ"],
            "credit": ["Phát sinh Có"],
            "balance": ["Số dư"],
            "memo": ["Mô tả"]
          },
          "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]
          }
        }
        """#,
        #"""
        {
          "name": "bidv-effective",
          "title": "BIDV, statement by effective date",
          "bank": "970418",
          "verified": false,
          "source": "public code that reads such files",
          "encoding": "auto",
          "header": ["Ghi nợ", "Ghi có", "Số dư", "Mô tả", "Ngày HL"],
          "columns": {
            "transaction_id": ["Số tham chiếu", "Mã GD", "Số CT"],
            "booked_at": ["Ngày HL"],
            "debit": ["Ghi nợ"],
            "credit": ["Ghi có"],
            "balance": ["Số dư"],
            "memo": ["Mô tả", "Diễn giải"]
          },
          "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]
          }
        }
        """#,
        #"""
        {
          "name": "agribank",
          "title": "Agribank, the general layout of Vietnamese statements",
          "verified": false,
          "source": "no file of the bank has been seen: drawn from the other banks' layouts",
          "encoding": "auto",
          "header": ["Ngày giao dịch", "Ghi nợ", "Ghi có", "Số dư"],
          "columns": {
            "transaction_id": ["Số bút toán", "Số giao dịch", "Số tham chiếu", "Số CT"],
            "booked_at": ["Ngày giao dịch"],
            "value_date": ["Ngày hiệu lực"],
            "debit": ["Ghi nợ"],
            "credit": ["Ghi có"],
            "balance": ["Số dư"],
            "memo": ["Nội dung", "Diễn giải", "Mô tả"],
            "counterparty_account": ["Tài khoản đối ứng"],
            "counterparty_name": ["Tên tài khoản đối ứng"]
          },
          "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]
          }
        }
        """#,
        #"""
        {
          "name": "techcombank",
          "title": "Techcombank, CSV",
          "bank": "970407",
          "verified": false,
          "source": "public code that reads such files",
          "encoding": "auto",
          "header": ["Date", "Description", "Debit", "Credit", "Balance"],
          "columns": {
            "booked_at": ["Date"],
            "debit": ["Debit"],
            "credit": ["Credit"],
            "balance": ["Balance"],
            "memo": ["Description"],
            "transaction_id": ["Reference", "Transaction ID"]
          },
          "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]
          }
        }
        """#,
        #"""
        {
          "name": "two-row-header",
          "title": "Statements with Nợ and Có beneath one heading Phát sinh",
          "verified": false,
          "source": "public code that reads such files",
          "encoding": "auto",
          "header": ["Ngày GD", "Phát sinh Nợ", "Phát sinh Có", "Số dư"],
          "columns": {
            "transaction_id": ["Số CT"],
            "booked_at": ["Ngày GD"],
            "debit": ["Phát sinh Nợ"],
            "credit": ["Phát sinh Có"],
            "balance": ["Số dư"],
            "memo": ["Diễn giải"]
          },
          "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
          "thousands": [".", ","],
          "decimals": [",", "."],
          "header_rows": 2,
          "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
          "labels": {
            "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
            "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
            "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]
          }
        }
        """#,
    ]
}
