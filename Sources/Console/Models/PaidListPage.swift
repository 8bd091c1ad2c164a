import Collection
public import Values
import Workflow

/// The payments behind a figure.
public struct PaidListPage: ConsolePage {
    public static let template = "paid"
    public static let section: ConsoleSection? = .rates

    struct Row: Sendable {
        let href: String
        let reference: String
        let dossier: String
        let channel: String
        let paidAt: String
        let amount: String
    }

    public let title: String
    let rows: [Row]
    let isEmpty: Bool
    let next: String?
    let back: String

    /// - Parameters:
    ///   - told: the answer of the API.
    ///   - next: the address of the next page.
    public init(_ told: JSON, next: String?, back: String, in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Các khoản của con số này", en: "The payments behind the figure")
        rows = (told["items"]?.array ?? []).map { item in
            Row(
                href: "/console/payments/" + (item["payment_request_id"]?.string ?? item["id"]?.string ?? ""),
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
