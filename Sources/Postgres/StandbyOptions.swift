/// A standby that reading work may go to.
public struct StandbyOptions: Sendable {
    /// How it is reached; several hosts may stand there, with `target_session_attrs`.
    public var database: DatabaseOptions
    /// By how much it may be behind; what is further behind is not read.
    public var mostLag: Duration

    public init(_ database: DatabaseOptions, mostLag: Duration) {
        self.database = database
        self.mostLag = mostLag
    }
}
