import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An address that events are sent to, as it is listed.
public struct EventEndpoint: Sendable {
    public let name: String
    public let url: String
    /// `nil` for all.
    public let types: [String]?
    /// The portal that it belongs to, which is told of its own requests alone; `nil` for the province's own, which is told
    /// of all.
    public let holderID: UUID?
    public let createdAt: Instant
    public let disabledAt: Instant?
    public let disabledReason: Reason?
    /// Failed attempts since the last delivery.
    public let consecutiveFailures: Int
    public let lastSuccessAt: Instant?
    /// Events still to be delivered, and those given up.
    public let pending: Int
    public let dead: Int

    static let columns = """
        e.name, e.url, e.types, e.holder_id, e.created_at, e.disabled_at, e.disabled_reason, e.consecutive_failures,
        e.last_success_at,
        (select count(*) from event_delivery d where d.endpoint_id = e.id and d.state = 'pending'),
        (select count(*) from event_delivery d where d.endpoint_id = e.id and d.state = 'dead')
        """

    public func json(in language: Language) -> JSON {
        [
            "name": .string(name), "url": .string(url),
            "types": types.map { .array($0.map(JSON.string)) } ?? .null, "holder": .optional(holderID?.text),
            "created_at": .text(createdAt), "disabled_at": .optional(disabledAt?.description),
            "disabled_reason": .optional(disabledReason?.sentence(in: language)),
            "disabled_code": .optional(disabledReason?.code.rawValue),
            "consecutive_failures": .integer(consecutiveFailures),
            "last_success_at": .optional(lastSuccessAt?.description), "pending": .integer(pending),
            "dead": .integer(dead),
        ]
    }

    /// Throws for an address that events may not be sent to: they are sent over TLS or stay on this machine. A name is looked
    /// up when something is sent; an address can be judged now.
    static func check(url text: String, _ networks: EventNetworks) throws {
        func refusal(vi: String, en: String) -> ServiceError {
            ServiceError(.invalidParameter, at: "url", Phrase(vi: vi, en: en))
        }
        guard let url = WebAddress(text), !url.hasFragment else {
            throw refusal(
                vi: "phải là địa chỉ https://… viết đầy đủ, không có tên người dùng, dấu # và ký tự ngoài ASCII",
                en: "must be a whole address https://…, without a user name, a # and characters beyond ASCII"
            )
        }
        if url.isLoopback {
            guard networks.allowsLoopback else {
                throw refusal(
                    vi: "không gửi sự kiện tới chính máy này; khi phát triển, đặt KHOP_EVENT_LOOPBACK=true",
                    en: "events are not sent to this machine; for development, set KHOP_EVENT_LOOPBACK=true"
                )
            }
            return
        }
        guard url.isSecure else {
            throw refusal(
                vi: "http chỉ dùng cho chính máy này (127.0.0.1, localhost); hãy dùng https",
                en: "http is for this machine alone (127.0.0.1, localhost); use https"
            )
        }
        guard url.address.map({ networks.allows($0) }) ?? true else {
            throw refusal(
                vi: "địa chỉ này thuộc mạng nội bộ: chỉ gửi được tới mạng nêu trong KHOP_EVENT_NETWORKS",
                en: "this address is of a private network: only those named in KHOP_EVENT_NETWORKS are sent to"
            )
        }
    }
}

extension EventEndpoint {
    init(_ row: Row) throws {
        name = try row.get(0)
        url = try row.get(1)
        types = try row.get(2)
        holderID = try row.get(3)
        createdAt = try row.get(4)
        disabledAt = try row.get(5)
        disabledReason = try row.get(6, as: JSON?.self).flatMap { Reason(stored: $0) }
        consecutiveFailures = try row.get(7)
        lastSuccessAt = try row.get(8)
        pending = try row.get(9)
        dead = try row.get(10)
    }
}
