public import Collection
public import Values

/// What the fields of forms are called by people, by the pointers that the use cases' faults name them with.
enum FieldWords {
    private static let all: [String: Phrase] = [
        "action": Phrase(vi: "Cách xử lý", en: "What to do"),
        "note": Phrase(vi: "Ghi chú", en: "Note"),
        "amount": Phrase(vi: "Số tiền", en: "Amount"),
        "reference": Phrase(vi: "Mã thanh toán", en: "Reference"),
        "payment_request_id": Phrase(vi: "Mã thanh toán", en: "Reference"),
        "refund_id": Phrase(vi: "Khoản hoàn", en: "Refund"),
        "reason": Phrase(vi: "Lý do", en: "Reason"),
        "beneficiary": Phrase(vi: "Người nhận", en: "Payee"),
        "beneficiary/bank_bin": Phrase(vi: "Ngân hàng nhận", en: "Receiving bank"),
        "beneficiary/account_number": Phrase(vi: "Số tài khoản nhận", en: "Receiving account"),
        "beneficiary/name": Phrase(vi: "Tên người nhận", en: "Beneficiary"),
        "assignee": Phrase(vi: "Người xử lý", en: "Assignee"),
        "due_on": Phrase(vi: "Hạn xử lý", en: "Due on"),
        "attachment/reference": Phrase(vi: "Tài liệu", en: "Document"),
        "attachment/title": Phrase(vi: "Tên tài liệu", en: "Title of the document"),
        "kind": Phrase(vi: "Loại", en: "Kind"),
        "state": Phrase(vi: "Trạng thái", en: "State"),
        "account": Phrase(vi: "Tài khoản", en: "Account"),
        "account_number": Phrase(vi: "Tài khoản", en: "Account"),
        "cases": Phrase(vi: "Vụ việc", en: "Cases"),
        "day": Phrase(vi: "Ngày", en: "Day"),
        "from": Phrase(vi: "Từ ngày", en: "From"),
        "to": Phrase(vi: "Đến ngày", en: "To"),
        "period": Phrase(vi: "Kỳ", en: "Period"),
        "locality": Phrase(vi: "Địa bàn", en: "Locality"),
        "file": Phrase(vi: "Tệp", en: "File"),
        "email": Phrase(vi: "Email", en: "E-mail"),
        "name": Phrase(vi: "Tên", en: "Name"),
        "role": Phrase(vi: "Vai trò", en: "Role"),
        "until": Phrase(vi: "Đến lúc", en: "Until"),
        "cursor": Phrase(vi: "Trang", en: "Page"),
    ]

    /// The words of a pointer; `nil` for a field that no form has.
    static func of(_ pointer: String) -> Phrase? { all[pointer.hasPrefix("/") ? String(pointer.dropFirst()) : pointer] }
}

extension ServiceError {
    /// What was wrong and what to do, for a person at a form: fields by what they are called there.
    public func told(in language: Language) -> String {
        // A decision's sentence says all that there is to say.
        guard reason == nil, !faults.isEmpty else { return phrase[language].unbroken }
        return faults.map { fault in
            let field = FieldWords.of(fault.pointer)?[language]
            return [field, fault.reason[language].unbroken].compactMap { $0 }.joined(separator: ": ")
        }.joined(separator: "; ")
    }

    /// What is wrong, by the fields of a form; what is about none of them stands under an empty name.
    ///
    /// - Parameter pointers: what each field is called in the faults of the use case.
    func faults(of pointers: [String: [String]], in language: Language) -> [String: String] {
        var told: [String: String] = [:]
        for one in faults {
            let field = pointers.first { $0.value.contains(one.pointer) }?.key ?? ""
            told[field] = [told[field], one.reason[language]].compactMap { $0 }.joined(separator: "; ")
        }
        if told.isEmpty { told[""] = self.told(in: language) }
        return told
    }
}
