import Values

/// An entry, `Ntry`, and the lines made from it.
struct CamtEntry {
    struct Failure: Error {
        let element: String
        let value: String
        let reason: Phrase
    }

    var reference = ""
    var amount: CamtAmount?
    var mark = ""
    var status = ""
    var bookingDate = ""
    var valueDate = ""
    var servicerReference = ""
    var information = ""
    var details: [CamtDetails] = []

    /// Whether the money has moved. Pending and informational entries are sent again once booked.
    var isBooked: Bool { status == "BOOK" || status.isEmpty }

    /// The entry's signed amount. A reversal's credit or debit mark already states the direction of the money.
    func signedAmount() throws(Failure) -> Money {
        guard let amount else {
            throw Failure(element: "Amt", value: "", reason: Phrase(vi: "còn thiếu", en: "is missing"))
        }
        guard let money = amount.money, money <= Money.maximum else {
            throw Failure(
                element: "Amt",
                value: amount.digits,
                reason: Phrase(
                    vi: "không phải là số tiền \(amount.currency), tối đa \(Money.maximum)",
                    en: "is not an amount of \(amount.currency), at most \(Money.maximum)"
                )
            )
        }
        switch mark {
        case "CRDT": return money
        case "DBIT": return -money
        default:
            throw Failure(
                element: "CdtDbtInd",
                value: mark,
                reason: Phrase(vi: "phải là CRDT hoặc DBIT", en: "must be CRDT or DBIT")
            )
        }
    }

    /// Returns one line, or one for each transaction of a batch if their amounts are given and add up to the entry's.
    ///
    /// - Parameter number: the number of the first line.
    func lines(number: Int) throws(Failure) -> [StatementLine] {
        let total = try signedAmount()
        let bookedAt = try instant(bookingDate.isEmpty ? valueDate : bookingDate, "BookgDt")
        let valueDate = valueDate.isEmpty ? nil : try instant(valueDate, "ValDt").day
        func line(_ number: Int, _ id: String, _ amount: Money, _ details: CamtDetails?, _ memo: String) throws(Failure)
            -> StatementLine
        {
            guard id.unicodeScalars.count <= StatementText.transactionID else {
                throw Failure(
                    element: "AcctSvcrRef",
                    value: id,
                    reason: Phrase(
                        vi: "có hơn \(StatementText.transactionID) ký tự",
                        en: "has more than \(StatementText.transactionID) characters"
                    )
                )
            }
            let isCredit = amount > .zero
            let name = isCredit ? details?.debtorName : details?.creditorName
            let account = isCredit ? details?.debtorAccount : details?.creditorAccount
            let bank = isCredit ? details?.debtorBank : details?.creditorBank
            let memo = memo.trimmed
            return StatementLine(
                lineNumber: number,
                transactionID: id.isEmpty ? nil : id,
                bookedAt: bookedAt,
                valueDate: valueDate,
                amount: amount,
                counterpartyName: name.map { Self.cut($0, StatementText.counterpartyName) },
                counterpartyAccount: account.map { Self.cut($0, StatementText.counterpartyAccount) },
                memo: memo.isEmpty ? nil : Self.cut(memo, StatementText.memo),
                balance: nil,
                structuredReference: details?.structuredReference.map { Self.cut($0, StatementText.transactionID) },
                counterpartyBank: bank.map { Self.cut($0, StatementText.counterpartyBank) }
            )
        }
        if let parts = parts(of: total) {
            var lines: [StatementLine] = []
            for (index, (details, amount)) in zip(details, parts).enumerated() {
                // The entry's reference identifies the whole batch, so each transaction needs its own id.
                let own = [details.servicerReference, details.transactionID].first {
                    !$0.isEmpty && $0 != servicerReference
                }
                let id = own ?? (servicerReference.isEmpty ? "" : "\(servicerReference)/\(index + 1)")
                lines.append(
                    try line(number + index, id, amount, details, details.memo.isEmpty ? information : details.memo)
                )
            }
            return lines
        }
        let only = details.count == 1 ? details[0] : nil
        let id =
            [servicerReference, only?.servicerReference ?? "", only?.transactionID ?? "", reference].first {
                !$0.isEmpty
            } ?? ""
        let memo = details.map(\.memo).filter { !$0.isEmpty }.joined(separator: " ")
        return [try line(number, id, total, only, memo.isEmpty ? information : memo)]
    }

    /// The amounts of a batch's transactions; `nil` if any is missing or they do not add up.
    private func parts(of total: Money) -> [Money]? {
        guard details.count > 1, let currency = amount?.currency else { return nil }
        var parts: [Money] = []
        var sum = Money.zero
        for details in details {
            guard let part = details.signed(currency, entryMark: mark), StatementAmount.isTransfer(part) else {
                return nil
            }
            parts.append(part)
            sum += part
        }
        return sum == total ? parts : nil
    }

    private func instant(_ text: String, _ element: String) throws(Failure) -> Instant {
        // An xs:date may have an offset, which is irrelevant for a day.
        let isDay = text.utf8.count > 10 && !text.contains("T")
        guard let instant = StatementTime.parse(isDay ? String(text.prefix(10)) : text) else {
            throw Failure(
                element: element,
                value: text,
                reason: text.isEmpty
                    ? Phrase(vi: "còn thiếu", en: "is missing")
                    : Phrase(vi: "không phải là thời điểm có thật", en: "is not a time that exists")
            )
        }
        return instant
    }

    private static func cut(_ text: String, _ limit: Int) -> String {
        text.unicodeScalars.count <= limit ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
    }
}
