/// How an attempt went.
public enum EventAnswer: Sendable, Hashable {
    /// The endpoint answered. What it said beyond the status is nobody's business: whoever sets an address could otherwise
    /// read with this server's eyes.
    case answered(status: Int)
    /// It did not answer in time.
    case silent
    /// Its address, once resolved, is not one that events may be sent to.
    case refused
    /// The certificate that its server shows has ended, so that nobody can know who answers; nothing was sent.
    case expired
    /// There was no connection, or it broke. The text is for the log alone.
    case unreachable(String)
}
