public import BankCallbacks
public import Values

/// What the lab found out about one message, and about which: a report to keep.
public struct LabRecord: Sendable {
    public let report: LabReport
    /// The connection whose secrets were used; `nil` if a profile was named.
    public let connection: String?
    /// Of the message's bytes, SHA-256 in hexadecimal, so that the report cannot be taken for one of another.
    public let hash: String
    public let bytes: Int
    public let checkedAt: Instant
    /// The name of who had it examined.
    public let by: String

    public init(_ report: LabReport, connection: String?, hash: String, bytes: Int, checkedAt: Instant, by: String) {
        (self.report, self.connection, self.hash, self.bytes) = (report, connection, hash, bytes)
        (self.checkedAt, self.by) = (checkedAt, by)
    }

    /// The report with what it is of, for programs.
    public var json: JSON {
        let head: [JSON.Member] = [
            .init("checked_at", .text(checkedAt)), .init("checked_by", .string(by)),
            .init("connection", .optional(connection)), .init("sha256", .string(hash)), .init("bytes", .integer(bytes)),
        ]
        return .object(head + (report.json.members ?? []))
    }

    /// What the report is of, name by name.
    public func facts(in language: Language) -> [(name: String, value: String)] {
        func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[language] }
        return [
            (say("Kiểu ký", "Profile"), report.profile.rawValue),
            (say("Kết nối", "Connection"), connection ?? "—"),
            (say("Kiểm tra lúc", "Checked at"), checkedAt.formatted), (say("Người kiểm tra", "Checked by"), by),
            (say("SHA-256 của thông điệp", "SHA-256 of the message"), hash),
            (say("Số byte", "Bytes"), String(bytes)),
        ]
    }
}
