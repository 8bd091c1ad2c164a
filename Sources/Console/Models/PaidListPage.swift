public import Collection
import Identity
public import Values
import Workflow

/// The payments behind a figure.
public struct PaidListPage: ConsolePage {
    public static let template = "paid"
    public static let section: ConsoleSection? = .reports
    public static let keepsViews = true

    struct Row: Sendable {
        /// The payment's story, for those who may read it.
        let href: String?
        let reference: String
        let dossier: String
        let channel: String
        let paidAt: String
        let amount: String
    }

    public let title: String
    /// What narrows the list down: the period, the row, the filters.
    let about: [Fact]
    let rows: [Row]
    let isEmpty: Bool
    let next: String?
    let back: String

    /// - Parameters:
    ///   - told: the answer of the API.
    ///   - address: what was asked.
    ///   - next: the address of the next page.
    public init(
        _ told: JSON,
        _ address: ReportAddress,
        next: String?,
        back: String,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        let mayOpen = caller.holds(.readPaymentRequest)
        about = address.facts(word)
        title = word(vi: "Các khoản của con số này", en: "The payments behind the figure")
        rows = (told["items"]?.array ?? []).map { item in
            Row(
                href: mayOpen
                    ? "/console/payments/" + (item["payment_request_id"]?.string ?? item["id"]?.string ?? "") : nil,
                reference: item["reference"]?.string ?? "",
                dossier: item["dossier_code"]?.string ?? "",
                channel: word[Vocabulary.channel[item["channel"]?.string ?? ""]],
                paidAt: item["paid_at"]?.string.flatMap { Instant($0) }?.formatted ?? item["paid_on"]?.string ?? "",
                amount: word.money(Money(item["amount"]?.integer ?? item["amount_due"]?.integer ?? 0))
            )
        }
        isEmpty = rows.isEmpty
        self.next = next
        self.back = back
    }
}
