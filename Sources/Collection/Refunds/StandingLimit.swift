public import Casework
public import Identity
public import Values

/// A limit of a role in a locality, as it counts today and tomorrow.
public struct StandingLimit: Sendable {
    public let role: Role
    /// `nil` for every locality.
    public let localityCode: String?
    public let today: ApprovalLimit
    public let tomorrow: ApprovalLimit
    /// When it was last set, and by whom.
    public let setAt: Instant
    public let setBy: String

    public var json: JSON {
        [
            "role": .string(role.rawValue), "locality": .optional(localityCode), "today": today.json,
            "tomorrow": tomorrow.json, "set_at": .text(setAt), "set_by": .string(setBy),
        ]
    }
}
