public import Collection

/// How far the import of a statement and its run have come.
public struct StatementProgress: Sendable {
    /// What is done at the moment.
    public enum Stage: Sendable { case importing, reconciling }

    /// The file, or the account that is reconciled.
    public let name: String
    /// 0 where nothing is imported.
    public let totalBytes: Int64
    public var readBytes: Int64 = 0
    public var stage: Stage
    /// `nil` before the first step of the run.
    public var run: RunProgress?

    /// An import, which a run follows.
    public static func importing(_ name: String, bytes: Int64) -> StatementProgress {
        StatementProgress(name: name, totalBytes: bytes, stage: .importing)
    }

    /// A run alone.
    public static func reconciling(_ account: String) -> StatementProgress {
        StatementProgress(name: account, totalBytes: 0, stage: .reconciling)
    }

    private init(name: String, totalBytes: Int64, stage: Stage) {
        self.name = name
        self.totalBytes = totalBytes
        self.stage = stage
    }
}
