import Collection
import Values
import Workflow

/// An event and its deliveries as text for a terminal.
enum EventText {
    static func describe(_ event: Event) -> String {
        "\(event.webhookID) · \(event.type) · \(event.subject) · \(event.createdAt.formatted)\n"
            + Shown.section(Phrase(vi: "Nội dung", en: "Content"), Shown.list(content(event.body["data"] ?? .null)))
            + Shown.section(
                Phrase(vi: "Lần gửi", en: "Deliveries"),
                event.deliveries(in: .ofTerminal).map(line).joined()
            )
    }

    private static func content(_ data: JSON) -> [(Phrase, String)] {
        (data.members ?? []).map { member in
            let value =
                switch member.name {
                case let name where name.hasSuffix("_at"): Shown.time(member.value)
                case let name where name.hasPrefix("amount"): Shown.money(member.value)
                case "status": Shown.word(member.value, .requestState)
                case "kind": Shown.word(member.value, .caseKind)
                case "channel": Shown.word(member.value, .channel)
                default: member.value.isNull ? "" : member.value.string ?? member.value.serialized
                }
            return (Phrase(same: member.name), value)
        }
    }

    private static func line(_ delivery: JSON) -> String {
        let attempts = delivery["attempts"]?.integer ?? 0
        let parts = [
            Shown.text(delivery["endpoint"]), Shown.word(delivery["state"], .deliveryState),
            String(vi: "\(attempts) lần thử", en: "\(attempts) attempt(s)"),
            labelled(Phrase(vi: "gửi xong lúc", en: "delivered at"), Shown.time(delivery["delivered_at"])),
            labelled(Phrase(vi: "lần sau lúc", en: "next at"), Shown.time(delivery["next_attempt_at"])),
            labelled(Phrase(vi: "lỗi gần nhất:", en: "last error:"), Shown.text(delivery["last_error"])),
        ]
        return "  " + parts.filter { !$0.isEmpty }.joined(separator: " · ") + "\n"
    }

    private static func labelled(_ label: Phrase, _ value: String) -> String {
        value.isEmpty ? "" : "\(label[.ofTerminal]) \(value)"
    }
}
