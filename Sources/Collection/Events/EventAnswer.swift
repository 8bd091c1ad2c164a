/// How an attempt went.
public enum EventAnswer: Sendable, Hashable {
    /// The endpoint answered.
    ///
    /// - Parameter excerpt: the beginning of what it said; for people.
    case answered(status: Int, excerpt: String)
    /// There was no answer, for this reason.
    case failed(String)
}
