import Collection
import Values

extension Doctor {
    /// A receipt without a number for longer is told of: the law asks for it at the moment of collection.
    private static let numberSeconds: Int64 = 600

    /// Whether providers number the receipts that wait for them; nothing where there is no provider.
    static func receipts(_ waiting: ProvidersWaiting, now: Instant) -> [Finding] {
        guard waiting.providers > 0 || waiting.receipts > 0 else { return [] }
        let name = "receipt_numbers"
        guard waiting.receipts > 0, let since = waiting.since else {
            return [.ok(name, Phrase(vi: "không biên lai nào chờ số", en: "no receipt awaits a number"))]
        }
        let what = Phrase(
            vi: "\(waiting.receipts) biên lai chờ nhà cung cấp cấp số, từ \(since.formatted)",
            en: "\(waiting.receipts) receipts await their provider's number, since \(since.formatted)"
        ).followed(by: waiting.error.map { ": " + $0 } ?? "")
        guard since.adding(seconds: numberSeconds) < now || waiting.failing > 0 else { return [.ok(name, what)] }
        return [
            .wrong(
                name,
                what,
                advice: Phrase(
                    vi: "xem `khop receipt provider list`; sau sự cố, báo cơ quan thuế trong 3 ngày làm việc",
                    en:
                        "look at `khop receipt provider list`; after an outage, tell the tax office within 3 working days"
                )
            )
        ]
    }
}
