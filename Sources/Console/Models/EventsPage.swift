public import Collection
import Identity
public import Values
import Workflow

/// What portals were told, or are to be told: filtered by the state of a delivery, sent again one by one or many at once.
public struct EventsPage: ConsolePage {
    public static let template = "events"
    public static let section: ConsoleSection? = .operations
    public static let keepsViews = true

    struct Choice: Sendable {
        let name: String
        let href: String
        let isChosen: Bool
    }

    struct Row: Sendable {
        let id: String
        let href: String
        let name: String
        let type: String
        let about: Fact?
        let at: String
        let deliveries: [String]
        let mayResend: Bool
    }

    public let title: String
    let states: [Choice]
    let rows: [Row]
    let isEmpty: Bool
    let next: String?
    let mayResend: Bool
    /// The address of the list, to come back to.
    let here: String
    let done: String?

    static let path = "/console/operations/events"

    /// - Parameters:
    ///   - state: of a delivery, `pending`, `delivered` or `dead`; `nil` for any.
    ///   - next: the id after which the next page begins; `nil` on the last page.
    public init(
        _ events: [Event],
        state: String?,
        next: Int64?,
        for caller: Caller,
        done: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Sự kiện", en: "Events")
        let here = EventsPage.path + (state.map { "?state=" + $0 } ?? "")
        let all: [String?] = EventStore.states + [nil]
        states = all.map { one in
            Choice(
                name: one.map { word[Vocabulary.deliveryState[$0]] } ?? word(vi: "tất cả", en: "all"),
                href: EventsPage.path + (one.map { "?state=" + $0 } ?? ""),
                isChosen: one == state
            )
        }
        let may = caller.holds(.redeliverEvents)
        rows = events.map { event in
            Row(
                id: String(event.id),
                href: EventsPage.path + "/\(event.id)",
                name: word.event(event.type),
                type: event.type,
                about: EventsPage.about(event, word),
                at: event.createdAt.formatted,
                deliveries: event.deliveries(in: language).map { StaffPaymentPage.delivery($0, word) },
                mayResend: may && !event.deliveries.isEmpty
            )
        }
        isEmpty = rows.isEmpty
        self.here = here
        self.next = next.map { here + (state == nil ? "?" : "&") + "cursor=\($0)" }
        mayResend = may && rows.contains(where: \.mayResend)
        self.done = done
    }

    /// The payment or case that an event tells of.
    static func about(_ event: Event, _ word: Wording) -> Fact? {
        let parts = event.subject.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return Fact("", event.subject) }
        switch parts[0] {
        case "request":
            return Fact("", word(vi: "khoản thanh toán", en: "payment"), href: "/console/payments/" + parts[1])
        case "case":
            return Fact("", word(vi: "vụ việc ", en: "case ") + parts[1], href: "/console/cases/" + parts[1])
        default: return Fact("", event.subject)
        }
    }
}
