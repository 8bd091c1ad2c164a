public import Values

/// Which entries of the audit are asked for.
public struct AuditFilter: Sendable {
    /// `person:`, `key:` or `cli:` and who, `system`, or a person's e-mail address.
    public var actor: String?
    /// The kind and the id, such as `case:17`.
    public var subject: String?
    /// An action, or how it begins: `refund.` for all about refunds.
    public var action: String?
    public var requestID: String?
    /// From when on.
    public var from: Instant?
    /// Up to when, without it.
    public var until: Instant?
    /// Only entries about payment requests, cases and refunds of these agencies; `nil` for all entries.
    public var agencies: [String]?

    /// Throws for text that no entry can have.
    ///
    /// - Parameters:
    ///   - from: a day, or a time with its offset; as it is written in an address or on the command line.
    ///   - to: a day, which is meant whole, or a time.
    public init(
        actor: String? = nil,
        subject: String? = nil,
        action: String? = nil,
        requestID: String? = nil,
        from: String? = nil,
        to: String? = nil
    ) throws {
        self.actor = try AuditFilter.bounded(actor, "actor")
        self.subject = try AuditFilter.bounded(subject, "subject")
        self.action = try AuditFilter.bounded(action, "action")
        self.requestID = try AuditFilter.bounded(requestID, "request_id")
        self.from = try from.map { try AuditFilter.moment($0, "from", isEnd: false) }
        until = try to.map { try AuditFilter.moment($0, "to", isEnd: true) }
        if let from = self.from, let until, from >= until {
            throw ServiceError(
                .invalidParameter,
                at: "to",
                Phrase(vi: "phải sau from", en: "must be after from")
            )
        }
        if let action, action.wholeMatch(of: /[a-z0-9_.]{1,60}/) == nil {
            throw ServiceError(
                .invalidParameter,
                at: "action",
                Phrase(
                    vi: "phải là một hành động như refund.approve, hoặc phần đầu như refund.",
                    en: "must be an action such as refund.approve, or how it begins, such as refund."
                )
            )
        }
    }

    private static func bounded(_ text: String?, _ name: String) throws -> String? {
        guard let text else { return nil }
        guard (1...300).contains(text.count) else {
            throw ServiceError(
                .invalidParameter,
                at: name,
                Phrase(vi: "phải có từ 1 đến 300 ký tự", en: "must have 1 to 300 characters")
            )
        }
        return text
    }

    private static func moment(_ text: String, _ name: String, isEnd: Bool) throws -> Instant {
        if let day = Day(text) ?? Day(printed: text) { return isEnd ? day.next.start : day.start }
        if let instant = Instant(text) { return instant }
        throw ServiceError(
            .invalidParameter,
            at: name,
            Phrase(
                vi: "phải là ngày (2026-11-25) hoặc thời điểm có múi giờ (2026-11-25T08:00:00+07:00)",
                en: "must be a day (2026-11-25) or a time with its offset (2026-11-25T08:00:00+07:00)"
            )
        )
    }
}
