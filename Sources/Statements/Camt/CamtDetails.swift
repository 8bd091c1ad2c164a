import Values

/// One transaction of an entry, `TxDtls`.
struct CamtDetails {
    var servicerReference = ""
    var transactionID = ""
    var endToEndID = ""
    var amount: CamtAmount?
    var transactionAmount: CamtAmount?
    var mark = ""
    var debtorName: String?
    var debtorAccount: String?
    var debtorBank: String?
    var creditorName: String?
    var creditorAccount: String?
    var creditorBank: String?
    var unstructured: [String] = []
    var creditorReference: String?
    var information = ""

    var memo: String {
        let text = unstructured.joined(separator: " ")
        return text.isEmpty ? information : text
    }

    /// The creditor reference from its own element, or the payer's end-to-end id if it has the form of one.
    var structuredReference: String? {
        creditorReference ?? (StatementReference.isPlausible(endToEndID) ? endToEndID : nil)
    }

    /// The transaction's signed amount in the entry's currency; `nil` if it has none.
    func signed(_ entryCurrency: String, entryMark: String) -> Money? {
        guard
            let own = [amount, transactionAmount].lazy.compactMap({ $0 }).first(where: { $0.currency == entryCurrency }
            ),
            let money = own.money
        else { return nil }
        return (mark.isEmpty ? entryMark : mark) == "DBIT" ? -money : money
    }
}
