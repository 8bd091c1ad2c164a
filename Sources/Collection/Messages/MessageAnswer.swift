/// How an attempt to send a message went. What it says of a failure names no address.
public enum MessageAnswer: Sendable, Hashable {
    /// It was taken.
    case sent
    /// It was certainly not taken, and may be tried again.
    case failed(String)
    /// It was certainly not taken, and never will be: there is no such address.
    case refused(String)
    /// It was handed over, and nobody said what became of it.
    case unknown(String)
}
