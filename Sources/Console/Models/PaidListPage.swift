public import Collection
import Identity
public import Values
import Workflow

/// The payments behind a figure, and a form that narrows them down.
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
    let hasRows: Bool
    let isEmpty: Bool
    let action: String
    let fields: [ReportPage.Field]
    /// What narrows the list down and is not in the form's fields.
    let hidden: [Fact]
    let next: String?
    let back = ConsoleSection.reports.path
    /// What is wrong with what was asked.
    let fault: String?

    /// - Parameters:
    ///   - told: the answer of the API.
    ///   - address: what was asked.
    ///   - periods: those to choose from.
    ///   - areas: the localities to choose from.
    ///   - next: the address of the next page.
    ///   - fault: why there are no payments.
    public init(
        _ told: JSON,
        _ address: ReportAddress,
        periods: [String],
        areas: [ReportedArea],
        next: String?,
        fault: String? = nil,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        let mayOpen = caller.holds(.readPaymentRequest)
        let count = told["count"]?.integer.map { word.number($0) }
        let amount = told["amount_total"]?.integer.map { word.money(Money($0)) }
        let totals = [
            Fact(word(vi: "Số khoản", en: "Payments"), count),
            Fact(word(vi: "Tổng số tiền", en: "Amount in all"), amount),
        ]
        about = address.facts(word) + totals.compactMap(\.self)
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
        hasRows = !rows.isEmpty
        isEmpty = rows.isEmpty && fault == nil
        // What was exempted was paid by nobody, so nobody paid it at an hour.
        let filters: [ReportFilter] =
            [.period, .from, .to, .locality, .agency] + (address["exempted"] == nil ? [.counted, .weekday, .hour] : [])
        fields = filters.map { ReportPage.field($0, address, periods: periods, areas: areas, word) }
        let shown = Set(filters.map(\.rawValue))
        hidden = address.values.sorted { $0.key < $1.key }.compactMap { name, value in
            shown.contains(name) ? nil : Fact(name, value)
        }
        action = ReportTable.Target.payments.rawValue
        self.next = next
        self.fault = fault
    }
}
