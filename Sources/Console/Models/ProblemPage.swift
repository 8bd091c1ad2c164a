import Values

/// What went wrong, and what to do.
public struct ProblemPage: ConsolePage {
    public static let template = "problem"
    public static let section: ConsoleSection? = nil

    public let title: String
    let detail: String
    let back: String?

    public init(title: String, detail: String, back: String?) {
        self.title = title
        self.detail = detail
        self.back = back
    }
}
