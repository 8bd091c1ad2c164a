import Foundation
public import Values

extension Language {
    /// The language of the terminal that the program runs in.
    public static let ofTerminal = Language(environment: ProcessInfo.processInfo.environment)
}
