/// What is shown once: a key, or the link of an invitation.
public struct OneTimeSecret: Sendable {
    let what: String
    let text: String
    let until: String

    /// - Parameters:
    ///   - what: whose it is.
    ///   - text: the secret itself.
    ///   - until: until when it works.
    public init(what: String, text: String, until: String) {
        self.what = what
        self.text = text
        self.until = until
    }
}
