public import Collection
import Identity
public import Values
import Workflow

/// An event: what is sent, with which headers, to whom and with what success; the same as a command for the engineer of a
/// portal.
public struct EventPage: ConsolePage {
    public static let template = "event"
    public static let section: ConsoleSection? = .operations

    struct Delivery: Sendable {
        let endpoint: String
        let state: Badge
        let attempts: String
        let next: String
        let delivered: String
        let error: String
        /// The delivery as a command of curl, but for the signature, which takes the secret.
        let command: String?
    }

    public let title: String
    let id: String
    let facts: [Fact]
    let headers: [Fact]
    let body: String
    let deliveries: [Delivery]
    let hasDeliveries: Bool
    let mayResend: Bool
    let done: String?

    /// - Parameter addresses: where each endpoint is, by its name.
    public init(
        _ event: Event,
        addresses: [String: String],
        for caller: Caller,
        done: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Sự kiện \(event.id)", en: "Event \(event.id)")
        id = String(event.id)
        facts = [
            Fact(word(vi: "Loại", en: "Type"), "\(word.event(event.type)) (\(event.type))"),
            EventsPage.about(event, word).flatMap { Fact(word(vi: "Về", en: "About"), $0.value, href: $0.href) },
            Fact(word(vi: "Xảy ra", en: "Happened"), event.createdAt.formatted),
        ].compactMap { $0 }
        headers = [
            Fact("Content-Type", "application/json"), Fact("User-Agent", "khop"),
            Fact("webhook-id", event.webhookID),
            Fact("webhook-timestamp", word(vi: "lúc gửi, giây Unix", en: "the time of sending, in Unix seconds")),
            Fact(
                "webhook-signature",
                word(
                    vi: "v1, HMAC-SHA256 của “id.timestamp.body” bằng khóa bí mật của nơi nhận",
                    en: "v1, HMAC-SHA256 of “id.timestamp.body” with the endpoint's secret"
                )
            ),
        ].compactMap { $0 }
        let text = event.body.serialized
        body = text
        deliveries = event.deliveries(in: language).map { told in
            EventPage.delivery(told, event.webhookID, text, addresses, word)
        }
        hasDeliveries = !deliveries.isEmpty
        mayResend = hasDeliveries && caller.holds(.redeliverEvents)
        self.done = done
    }

    private static func delivery(
        _ told: JSON,
        _ id: String,
        _ body: String,
        _ addresses: [String: String],
        _ word: Wording
    ) -> Delivery {
        func time(_ name: String) -> String { told[name]?.string.flatMap { Instant($0) }?.formatted ?? "" }
        let (name, state) = (told["endpoint"]?.string ?? "", told["state"]?.string ?? "")
        let tone: Badge.Tone = state == "delivered" ? .done : state == "dead" ? .warn : .wait
        return Delivery(
            endpoint: name,
            state: Badge(word[Vocabulary.deliveryState[state]], tone),
            attempts: word.number(told["attempts"]?.integer ?? 0),
            next: time("next_attempt_at"),
            delivered: time("delivered_at"),
            error: told["last_error"]?.string ?? "",
            command: addresses[name].map { command($0, id, body) }
        )
    }

    /// Quoted for a shell of POSIX.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    private static func command(_ url: String, _ id: String, _ body: String) -> String {
        [
            "curl -X POST " + quoted(url), "-H 'Content-Type: application/json'", "-H " + quoted("webhook-id: " + id),
            "-H \"webhook-timestamp: $(date +%s)\"", "-H \"webhook-signature: v1,$SIGNATURE\"",
            "--data-binary " + quoted(body),
        ].joined(separator: " \\\n  ")
    }
}
