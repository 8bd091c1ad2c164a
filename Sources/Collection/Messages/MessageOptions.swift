public import Casework

/// How an installation tells payers.
public struct MessageOptions: Sendable {
    /// By what it can tell them; nothing else leaves.
    public var channels: Set<ContactChannel> = []
    /// When nobody is disturbed; `nil` for never.
    public var quiet: NightHours? = MessageTiming.standardQuiet

    public init() {}
}
