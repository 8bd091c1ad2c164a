public import Values
public import Workflow

/// Something that looks like money being taken or not being heard of, for a person to look at. It is no proof and stops nothing.
public struct Alarm: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case smallRefunds = "small_refunds"
        case oneBeneficiary = "one_beneficiary"
        case changedBeneficiary = "changed_beneficiary"
        case freeRequests = "free_requests"
        case recoveries
        case breakGlass = "break_glass"
        case nightLogins = "night_logins"
        case raisedLimit = "raised_limit"
        case silentConnection = "silent_connection"
        case overdueRemittance = "overdue_remittance"
    }

    public let kind: Kind
    /// Whom or what it is about, with the day: it is raised once.
    public let subject: String
    /// The bank account it concerns, if one.
    public let account: String?
    /// The agency whose case it is, if of one.
    public var agency: String?
    public let amount: Money
    public let reason: Reason
}
