import Collection
import Values
import Workflow

/// A receipt that a page for payers leads to.
struct PayReceipt {
    let name: String
    let number: String
    let amount: String
    let hasLinks: Bool
    let href: String
    let pdfHref: String

    /// The receipts of a request that stand: those that no other has replaced. One of 0 đồng replaces that of money which
    /// has all gone back.
    ///
    /// - Parameter leads: whether it links to them: a receipt's PDF names the payer.
    static func list(_ request: PaymentRequest, leads: Bool = true, in language: Language) -> [PayReceipt] {
        let own = request.receipts.filter { !$0.isReplaced }.map { receipt in
            PayReceipt(
                name: name(receipt.kind)[language],
                number: receipt.text,
                amount: receipt.amount.formatted(in: language),
                hasLinks: leads,
                href: leads ? "/r/\(receipt.address)?lang=\(language.rawValue)" : "",
                pdfHref: leads ? "/r/\(receipt.address)/receipt.pdf" : ""
            )
        }
        return own + request.orderedReceipts.map { ordered($0, in: language) }
    }

    /// One that a provider numbers, and shows on its own site.
    private static func ordered(_ receipt: OrderedReceipt, in language: Language) -> PayReceipt {
        PayReceipt(
            name: name(receipt.kind)[language],
            number: receipt.number ?? receipt.state.words[language],
            amount: receipt.amount.formatted(in: language),
            hasLinks: false,
            href: "",
            pdfHref: ""
        )
    }

    private static func name(_ kind: String) -> Phrase {
        kind == "fee"
            ? Phrase(vi: "Biên lai thu phí", en: "Fee receipt")
            : Phrase(vi: "Biên lai thu lệ phí", en: "Charge receipt")
    }
}
