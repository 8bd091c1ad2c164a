public import Collection
import Identity
public import Values
import Workflow

/// What runs the installation: connections and what they refuse, endpoints and what was not delivered, persons, keys, and
/// the catalogue's versions.
public struct OperationsPage: ConsolePage {
    public static let template = "operations"
    public static let section: ConsoleSection? = .operations

    /// A table of finished strings.
    struct Table: Sendable {
        struct Row: Sendable {
            let head: String
            let badge: Badge?
            let cells: [Cell]
        }

        struct Cell: Sendable {
            let label: String
            let text: String
        }

        let name: String
        let columns: [String]
        let rows: [Row]
        let isEmpty: Bool
        let empty: String
    }

    struct Refused: Sendable {
        let id: String
        let connection: String
        let at: String
        let what: String
        let detail: String
        let cure: String
    }

    struct Undelivered: Sendable {
        let id: String
        let name: String
        let type: String
        let at: String
        let deliveries: [String]
    }

    /// A part with pages of its own.
    struct Link: Sendable {
        let name: String
        let href: String
    }

    public let title: String
    let links: [Link]
    let tables: [Table]
    let refused: [Refused]
    let hasRefused: Bool
    let undelivered: [Undelivered]
    let hasUndelivered: Bool
    let mayReplay: Bool
    let mayResend: Bool
    let done: String?

    /// What the page is made of; of what the person may not see there is nothing.
    public struct State: Sendable {
        public var connections: [Connections.Listed]?
        /// As the API lists them.
        public var refused: [JSON] = []
        public var endpoints: [EventEndpoint]?
        /// Events with a delivery that was given up.
        public var dead: [Event] = []
        public var versions: [JSON]?

        public init() {}
    }

    public init(_ state: State, for caller: Caller, done: String? = nil, in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Vận hành", en: "Operations")
        links = OperationsPage.links(state, word)
        tables = [
            state.connections.map { OperationsPage.connections($0, word) },
            state.endpoints.map { OperationsPage.endpoints($0, word) },
            state.versions.map { OperationsPage.versions($0, word) },
        ].compactMap { $0 }
        refused = state.refused.map { OperationsPage.refused($0, word) }
        hasRefused = !refused.isEmpty
        undelivered = state.dead.map { event in
            Undelivered(
                id: String(event.id),
                name: word.event(event.type),
                type: event.type + " · " + event.subject,
                at: event.createdAt.formatted,
                deliveries: event.deliveries(in: language).map { StaffPaymentPage.delivery($0, word) }
            )
        }
        hasUndelivered = !undelivered.isEmpty
        mayReplay = caller.holds(.manageEventEndpoints)
        mayResend = caller.holds(.redeliverEvents)
        self.done = done
    }

    /// The parts that the person may open.
    private static func links(_ state: State, _ word: Wording) -> [Link] {
        func link(_ page: String, vi: String, en: String) -> Link {
            Link(name: word(vi: vi, en: en), href: ConsoleSection.operations.path + "/" + page)
        }
        var links: [Link] = []
        if state.connections != nil {
            links.append(link("connections", vi: "Kết nối ngân hàng", en: "Bank connections"))
            links.append(Link(name: word(vi: "Phòng thử callback", en: "Lab for callbacks"), href: LabPage.path))
        }
        if state.versions != nil { links.append(link("catalogue", vi: "Danh mục", en: "Catalogue")) }
        guard state.endpoints != nil else { return links }
        return links + [
            link("doctor", vi: "Khám cài đặt", en: "Check-up"), link("persons", vi: "Người dùng", en: "Persons"),
            link("keys", vi: "Khóa API", en: "API keys"), link("events", vi: "Sự kiện", en: "Events"),
        ]
    }

    private static func refused(_ told: JSON, _ word: Wording) -> Refused {
        let reason = told["outcome"]?.string ?? ""
        return Refused(
            id: told["id"]?.string ?? "",
            connection: told["connection"]?.string ?? "",
            at: told["received_at"]?.string.flatMap { Instant($0) }?.formatted ?? "",
            what: word[Vocabulary.outcome[reason]],
            detail: word.half(told["detail"]?.string ?? ""),
            cure: word[OperationsPage.cure(reason)]
        )
    }

    /// What to do about a refusal, for the one who runs the installation or the bank's engineer.
    static func cure(_ reason: String) -> Phrase {
        switch reason {
        case "signature_missing":
            Phrase(
                vi: "Ngân hàng chưa ký: bật chữ ký ở phía ngân hàng.",
                en: "Not signed: have the bank turn signing on."
            )
        case "signature_malformed", "signature_mismatch":
            Phrase(
                vi:
                    "Khóa bí mật hai bên khác nhau, hoặc nội dung bị một máy trung gian sửa: đối chiếu khóa, rồi phát lại.",
                en:
                    "The two sides have different secrets, or a proxy changed the body: compare the secret, then replay."
            )
        case "timestamp_out_of_window":
            Phrase(
                vi: "Đồng hồ của ngân hàng hoặc của máy chủ lệch, hoặc thông báo cũ được gửi lại: đồng bộ giờ (NTP).",
                en: "The bank's clock or this server's is off, or an old notice was sent again: synchronise them (NTP)."
            )
        case "account_mismatch":
            Phrase(
                vi: "Ngân hàng báo tài khoản khác với tài khoản của kết nối: thêm kết nối cho tài khoản đó.",
                en: "The bank told of another account than the connection's: add a connection for it."
            )
        case "field_missing", "field_invalid", "body_malformed", "currency_unsupported":
            Phrase(
                vi:
                    "Nội dung không theo hồ sơ kết nối đã chọn: xem trường nêu ở bên, hỏi ngân hàng phiên bản tài liệu.",
                en:
                    "The body is not what the connection's profile says: see the field named, ask the bank for its document."
            )
        case "merchant_mismatch":
            Phrase(
                vi: "Thông điệp của đơn vị chấp nhận thanh toán khác: đối chiếu mã đã khai cho kết nối.",
                en: "The message is of another merchant: compare the code that the connection has."
            )
        default: Phrase(vi: "Mở callback này để xem chi tiết.", en: "Open the callback to see the details.")
        }
    }
}
