public import BankCallbacks
public import Values

/// What senders of the declared dialects say of a payment, before it is signed.
public enum DeclaredMessages {
    /// The content of a message.
    ///
    /// - Parameters:
    ///   - id: the sender's number of the payment.
    ///   - amount: in đồng.
    public static func content(
        _ profile: CallbackProfile,
        id: Int64,
        amount: Int64,
        reference: String,
        account: String,
        at time: Instant
    ) -> JSON {
        let local = String(time.description.prefix(19)).replacing("T", with: " ")
        let compact = JSON.string(local.filter(\.isNumber))
        let (text, number) = (JSON.string(String(id)), JSON.integer(id))
        let dong = JSON.integer(amount)
        return switch profile {
        case .sepay:
            [
                "id": number, "gateway": "Vietcombank", "transactionDate": .string(local),
                "accountNumber": .string(account), "code": .null, "content": .string("\(reference) lệ phí"),
                "transferType": "in", "transferAmount": dong, "accumulated": 0, "subAccount": .null,
                "referenceCode": .string("FT\(id)"), "description": "",
            ]
        case .onepay:
            [
                "vpc_Amount": .string(String(amount * 100)), "vpc_Command": "pay", "vpc_Merchant": "ONEPAY1",
                "vpc_Locale": "vn",
                "vpc_MerchTxnRef": .string(reference), "vpc_OrderInfo": "Lệ phí & hồ sơ", "vpc_TransactionNo": text,
                "vpc_TxnResponseCode": "0", "vpc_CurrencyCode": "VND", "user_Name": "A", "vpc_Empty": "",
            ]
        case .ninepay:
            [
                "amount": dong, "created_at": .string(local), "currency": "VND", "description": "Lệ phí",
                "invoice_no": .string(reference), "method": "WALLET", "payment_no": number, "status": 5,
                "bank": .null,
            ]
        case .vnptpay:
            [
                "ACTION": "CONFIRM", "RESPONSE_CODE": "00", "MERCHANT_SERVICE_ID": "VNPT1",
                "MERCHANT_ORDER_ID": .string(reference), "AMOUNT": dong, "CURRENCY_CODE": "VND",
                "VNPTPAY_TRANSACTION_ID": text, "PAYMENT_METHOD": "QR", "PAY_DATE": compact,
                "ADDITIONAL_INFO": "Lệ phí",
            ]
        case .viettel:
            [
                "billcode": "B1", "cust_msisdn": "84900000000", "error_code": "00", "merchant_code": "VTT1",
                "order_id": .string(reference), "payment_status": 1, "trans_amount": dong,
                "vt_transaction_id": text,
            ]
        default: more(profile, id: id, amount: amount, reference: reference, account: account, at: time)
        }
    }

    private static func more(
        _ profile: CallbackProfile,
        id: Int64,
        amount: Int64,
        reference: String,
        account: String,
        at time: Instant
    ) -> JSON {
        let local = String(time.description.prefix(19)).replacing("T", with: " ")
        let compact = JSON.string(local.filter(\.isNumber))
        let text = JSON.string(String(id))
        let dong = JSON.integer(amount)
        return switch profile {
        case .keypay:
            [
                "command": "PAYGATE", "merchant_trans_id": .string(reference), "merchant_code": "KEYPAY1",
                "response_code": "0", "trans_id": text, "good_code": "H44-26-0001", "net_cost": .string(String(amount)),
                "ship_fee": "0", "tax": "", "service_code": "720", "currency_code": "VND", "bank_code": "VCB",
            ]
        case .keypay3:
            [
                "addition_fee": 0, "client_id": "KEYPAY3", "command": "notify", "trans_amount": dong,
                "transaction_id": .string(reference), "version": "3.0", "status": 0,
            ]
        case .vietqr:
            [
                "transactionId": text, "transactionTime": .string(String(time.unixSeconds * 1000)),
                "referencenumber": .string("FT\(id)"),
                "amount": dong, "content": "lệ phí", "bankAccount": .string(account), "transType": "C",
                "orderId": .string(reference),
            ]
        case .vietinbank:
            [
                "transId": text, "transTime": compact, "custCode": .string(reference), "amount": dong,
                "bankTransId": .string("FT\(id)"), "remark": "CT DEN lệ phí", "providerId": "KHOP",
            ]
        case .appotapay:
            [
                "amount": dong, "apiKey": "key", "appotapayTransId": text, "bankCode": "VCB", "currency": "VND",
                "errorCode": 0, "extraData": "", "message": "Success", "orderId": .string(reference),
                "partnerCode": "APPOTA1", "paymentMethod": "ATM", "transactionTs": .integer(time.unixSeconds),
            ]
        case .shopeepay:
            [
                "amount": .integer(amount * 100), "merchant_ext_id": "SHOPEE1", "reference_id": .string(reference),
                "status": 1,
                "transaction_sn": text,
            ]
        case .nationalPlatform:
            [
                "LoaiBanTin": "CONFIRM", "MaLoi": "00", "MaDoiTac": "H44", "MaThamChieu": .string(reference),
                "SoTien": dong, "MaTienTe": "VND", "MaGiaoDich": text, "MaNganHang": "970436",
                "ThoiGianGD": compact, "ThongTinGiaoDich": "THANH TOAN HO SO",
            ]
        default: preconditionFailure("\(profile) is not declared")
        }
    }
}
