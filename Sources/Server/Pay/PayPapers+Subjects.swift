import Collection
import FeeSchedule
import Values
import Workflow

extension PayPapers.Subject {
    /// One request.
    init(_ view: PayerView, _ names: PayNames, _ installation: Installation, in language: Language) {
        let request = view.request
        let page = PayPage(view, names, installation, now: request.createdAt, in: language)
        self.init(
            reference: request.reference,
            amount: request.amountRemaining,
            bankBIN: request.bankBIN,
            accountNumber: request.accountNumber,
            accountName: request.accountName,
            expiresAt: request.expiresAt,
            createdAt: request.createdAt,
            agency: page.agency,
            facts: [
                (PayTexts.all["dossier"]?[language] ?? "", request.dossierCode),
                (Phrase(vi: "Thủ tục", en: "Procedure")[language], page.procedure),
            ],
            rows: page.rows
        )
    }

    /// Several requests that are paid together: a row a dossier.
    init(_ basket: Basket, _ schedule: Schedule, now: Instant, in language: Language) {
        // A paper states what is to be paid, not how each request stands.
        let page = PayBasket(basket, excesses: [:], schedule, now: now, in: language)
        let rows = page.rows.map { row in
            PayPage.Row(
                name: row.dossier,
                detail: row.procedure,
                hasDetail: true,
                isForeign: false,
                amount: row.amount,
                isTotal: false
            )
        }
        let sums = page.sums.map { sum in
            PayPage.Row(
                name: sum.name,
                detail: "",
                hasDetail: false,
                isForeign: false,
                amount: sum.amount,
                isTotal: true
            )
        }
        self.init(
            reference: basket.reference,
            amount: basket.amountRemaining(at: now),
            bankBIN: basket.bankBIN,
            accountNumber: basket.accountNumber,
            accountName: basket.accountName,
            expiresAt: basket.expiresAt,
            createdAt: basket.createdAt,
            agency: "",
            facts: [(Phrase(vi: "Nộp chung", en: "Paid together")[language], page.what)],
            rows: rows + sums
        )
    }
}
