/// A message of a sender with its signature, and what the profile's declaration says of it.
public struct SigningExample: Sendable {
    public let profile: String
    /// How it signs, in words.
    public let how: String
    /// The sample secret.
    public let secret: String
    /// The request as it is sent.
    public let message: String
    /// What is signed; `nil` for what is no text.
    public let signed: String?
    /// What the fields mean, as they were read.
    public let fields: [(name: String, value: String)]

    public init(
        profile: String,
        how: String,
        secret: String,
        message: String,
        signed: String?,
        fields: [(name: String, value: String)]
    ) {
        self.profile = profile
        self.how = how
        self.secret = secret
        self.message = message
        self.signed = signed
        self.fields = fields
    }
}
