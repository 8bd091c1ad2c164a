import Postgres
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An address that events are sent to, as it is listed.
public struct EventEndpoint: Sendable {
    public let name: String
    public let url: String
    /// `nil` for all.
    public let types: [String]?
    public let createdAt: Instant
    public let disabledAt: Instant?
    public let disabledReason: String?
    /// Failed attempts since the last delivery.
    public let consecutiveFailures: Int
    public let lastSuccessAt: Instant?
    /// Events still to be delivered, and those given up.
    public let pending: Int
    public let dead: Int

    static let columns = """
        e.name, e.url, e.types, e.created_at, e.disabled_at, e.disabled_reason, e.consecutive_failures,
        e.last_success_at,
        (select count(*) from event_delivery d where d.endpoint_id = e.id and d.state = 'pending'),
        (select count(*) from event_delivery d where d.endpoint_id = e.id and d.state = 'dead')
        """

    init(_ row: Row) throws {
        (
            name, url, types, createdAt, disabledAt, disabledReason, consecutiveFailures, lastSuccessAt, pending, dead
        ) = try row.decode(
            String.self,
            String.self,
            [String]?.self,
            Instant.self,
            Instant?.self,
            String?.self,
            Int.self,
            Instant?.self,
            Int.self,
            Int.self
        )
    }

    public var json: JSON {
        [
            "name": .string(name), "url": .string(url),
            "types": types.map { .array($0.map(JSON.string)) } ?? .null, "created_at": .text(createdAt),
            "disabled_at": .optional(disabledAt?.description), "disabled_reason": .optional(disabledReason),
            "consecutive_failures": .integer(consecutiveFailures),
            "last_success_at": .optional(lastSuccessAt?.description), "pending": .integer(pending),
            "dead": .integer(dead),
        ]
    }

    /// Throws for an address that events may not be sent to: they must be sent over TLS or stay on this machine.
    static func check(url text: String) throws {
        func refusal(vi: String, en: String) -> ServiceError {
            ServiceError(.invalidParameter, at: "url", Phrase(vi: vi, en: en))
        }
        guard (1...2048).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host, !host.isEmpty
        else {
            throw refusal(
                vi: "địa chỉ phải là URL dài tối đa 2.048 ký tự ASCII, dạng https://…",
                en: "the address must be a URL of at most 2,048 ASCII characters, https://…"
            )
        }
        guard url.user == nil, url.password == nil, url.fragment == nil else {
            throw refusal(
                vi: "địa chỉ không được chứa tên người dùng, mật khẩu hay phần sau dấu #",
                en: "the address must have no user, password or fragment"
            )
        }
        switch scheme {
        case "https": return
        case "http" where isLoopback(host): return
        case "http":
            throw refusal(
                vi: "http chỉ dùng cho chính máy này (127.0.0.1, localhost); hãy dùng https",
                en: "http is for this machine alone (127.0.0.1, localhost); use https"
            )
        default:
            throw refusal(vi: "địa chỉ phải bắt đầu bằng https://", en: "the address must begin with https://")
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
