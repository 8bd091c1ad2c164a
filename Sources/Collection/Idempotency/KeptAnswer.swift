/// An answer as text: a repeated key returns the first answer unchanged.
public struct KeptAnswer: Sendable {
    public let body: String
    public let isRepeated: Bool
}
