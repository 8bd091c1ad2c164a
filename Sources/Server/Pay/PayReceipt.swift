import Collection
import Values

/// A receipt that a page for payers leads to.
struct PayReceipt {
    let name: String
    let number: String
    let amount: String
    let hasLinks: Bool
    let href: String
    let pdfHref: String

    /// The receipts of a request that stand: those that no other has replaced.
    ///
    /// - Parameter leads: whether it links to them: a receipt's PDF names the payer.
    static func list(_ request: PaymentRequest, leads: Bool = true, in language: Language) -> [PayReceipt] {
        request.receipts.filter { !$0.isReplaced && $0.amount > .zero }.map { receipt in
            let name =
                receipt.kind == "fee"
                ? Phrase(vi: "Biên lai thu phí", en: "Fee receipt")
                : Phrase(vi: "Biên lai thu lệ phí", en: "Charge receipt")
            return PayReceipt(
                name: name[language],
                number: receipt.text,
                amount: receipt.amount.formatted(in: language),
                hasLinks: leads,
                href: leads ? "/r/\(receipt.address)?lang=\(language.rawValue)" : "",
                pdfHref: leads ? "/r/\(receipt.address)/receipt.pdf" : ""
            )
        }
    }
}
