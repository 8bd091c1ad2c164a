import Values

/// VNPAY's IPN, by GET or as a form: HMAC-SHA512 over the sorted `vnp_` parameters, encoded again as PHP does.
enum VNPayProfile {
    typealias Parameter = (name: String, value: String)

    private static let signature = "vnp_SecureHash"
    private static let unsigned: Set<String> = [signature, "vnp_SecureHashType"]

    static func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings
    ) throws(CallbackRefusal) -> CallbackContent {
        let isForm = message.method == "POST" && !message.body.isEmpty
        guard let all = isForm ? FormEncoding.parameters(message.body) : FormEncoding.parameters(message.query.utf8)
        else {
            throw .unproved(
                .bodyMalformed,
                "query",
                Phrase(vi: "phải là form-urlencoded UTF-8", en: "must be form-urlencoded UTF-8")
            )
        }
        let ours = all.filter { $0.name.hasPrefix("vnp_") && !$0.value.isEmpty }
        guard let offered = ours.first(where: { $0.name == signature })?.value else {
            throw .unproved(.signatureMissing, signature, Phrase(vi: "còn thiếu", en: "must be given"))
        }
        guard Set(ours.map(\.name)).count == ours.count, let code = bytes(hex: offered) else {
            throw .unproved(
                .signatureMalformed,
                signature,
                Phrase(
                    vi: "phải là chữ số thập lục phân, và không tham số nào được lặp",
                    en: "must be hex digits, and no parameter may appear twice"
                )
            )
        }
        let signed = ours.filter { !unsigned.contains($0.name) }
        guard connection.provesSHA512(code, of: signingBytes(signed)) else { throw .mismatch(signature) }
        let notice = try read(signed)
        try connection.require(merchant: notice.merchant)
        return .notice(notice)
    }

    /// Returns `name=value&…` sorted by name, with names and values encoded.
    static func signingBytes(_ parameters: [Parameter]) -> [UInt8] {
        var out: [UInt8] = []
        let sorted = parameters.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        for (index, parameter) in sorted.enumerated() {
            if index > 0 { out.append(UInt8(ascii: "&")) }
            FormEncoding.encode(parameter.name, to: &out)
            out.append(UInt8(ascii: "="))
            FormEncoding.encode(parameter.value, to: &out)
        }
        return out
    }

    private static func read(_ parameters: [Parameter]) throws(CallbackRefusal) -> BankNotice {
        func optional(_ name: String) throws(CallbackRefusal) -> String? {
            guard let value = parameters.first(where: { $0.name == name })?.value else { return nil }
            guard value.unicodeScalars.count <= PlainBody.maximumMemoCharacters, !value.utf8.contains(0) else {
                throw CallbackRefusal(
                    .fieldInvalid,
                    name,
                    Phrase(
                        vi: "tối đa 1000 ký tự, không có NUL",
                        en: "must have at most 1000 characters, none of them NUL"
                    )
                )
            }
            return value
        }
        func required(_ name: String) throws(CallbackRefusal) -> String {
            guard let value = try optional(name) else {
                throw CallbackRefusal(.fieldMissing, name, Phrase(vi: "còn thiếu", en: "must be given"))
            }
            return value
        }
        let codes = [try required("vnp_ResponseCode"), try required("vnp_TransactionStatus")]
        let isSuccess = codes == ["00", "00"]
        guard let hundredths = wholeNumber(try required("vnp_Amount")), hundredths.isMultiple(of: 100),
            let amount = Money(validating: hundredths / 100), amount > .zero || !isSuccess
        else {
            throw CallbackRefusal(
                .fieldInvalid,
                "vnp_Amount",
                Phrase(
                    vi: "phải là số đồng nguyên dương nhân 100",
                    en: "must be a whole, positive number of đồng times 100"
                )
            )
        }
        if let currency = try optional("vnp_CurrCode"), currency != "VND" {
            throw CallbackRefusal(
                .currencyUnsupported,
                "vnp_CurrCode",
                Phrase(vi: "hệ thống chỉ hạch toán VND", en: "only VND is booked here")
            )
        }
        let reference = try required("vnp_TxnRef")
        let payDate = try optional("vnp_PayDate")
        var transactionID = try required("vnp_TransactionNo")
        // All payments abandoned before they reached a bank have the number 0; the order makes the id unique.
        if transactionID == "0" { transactionID = "\(reference)-\(payDate ?? "0")" }
        for (name, value) in [("vnp_TxnRef", reference), ("vnp_TransactionNo", transactionID)] {
            guard value.utf8.count <= 115, value.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F })
            else {
                throw CallbackRefusal(
                    .fieldInvalid,
                    name,
                    Phrase(
                        vi: "tối đa 100 ký tự thường, không có dấu cách",
                        en: "must have at most 100 plain characters, without spaces"
                    )
                )
            }
        }
        return BankNotice(
            transactionID: transactionID,
            amount: amount,
            isSuccess: isSuccess,
            occurredAt: payDate.flatMap(ProviderTime.compact),
            reference: reference,
            memo: try optional("vnp_OrderInfo"),
            merchant: try optional("vnp_TmnCode")
        )
    }

    /// Always returns HTTP 200 with `{RspCode, Message}`; VNPAY retries after any code except 00 and 02.
    ///
    /// An unknown order (01) and an amount other than the one due (04) are reported as VNPAY requires, although the
    /// money is already booked: the only retry finds a duplicate (02) and ends there.
    static func acknowledge(_ result: CallbackResult) -> Acknowledgement {
        let (code, words) =
            switch result {
            case .recorded("duplicate", _): ("02", "Order already confirmed")
            case .recorded("unknown_reference", _): ("01", "Order not Found")
            case .recorded("partial", _), .recorded("overpaid", _): ("04", "Invalid amount")
            case .recorded, .probe: ("00", "Confirm Success")
            case .refused(let refusal) where refusal.isUnproved: ("97", "Invalid signature")
            case .refused(let refusal) where refusal.field == "vnp_Amount": ("04", "Invalid amount")
            case .refused, .conflict, .unavailable, .failed: ("99", "Unknown error")
            }
        return .json(["RspCode": .string(code), "Message": .string(words)])
    }
}
