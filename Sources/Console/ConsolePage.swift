/// A page of the console: finished strings, and the template that they are set in.
public protocol ConsolePage: Sendable {
    /// The name of its template.
    static var template: String { get }
    /// Which entry of the navigation it belongs to; `nil` for none.
    static var section: ConsoleSection? { get }
    /// Its heading, and the title of the window.
    var title: String { get }
    /// Whether its address, with the filters in it, is worth keeping under a name.
    static var keepsViews: Bool { get }
}

extension ConsolePage {
    public static var keepsViews: Bool { false }
}
