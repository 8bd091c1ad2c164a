public import Collection
import Identity
public import Values

/// What stands around every page: who is logged in, where they may go, and in which language.
public struct ConsoleFrame: Sendable {
    /// An entry of the navigation.
    struct Entry: Sendable {
        let name: String
        let path: String
        let isCurrent: Bool
    }

    let lang: String
    let otherLang: String
    let otherName: String
    /// The address of this page in the other language.
    let otherAddress: String
    let personName: String
    /// What the page's forms carry, so that no other site can send them.
    let csrf: String
    /// What stands in the search box.
    let query: String
    let sections: [Entry]
    /// Whether there is a search box: not for those whom the search does not let in.
    let maySearch: Bool
    /// The address that may be kept under a name; `nil` for a page that is not kept.
    let viewAddress: String?
    /// Whether what was typed before is in the page's form again.
    let isKept: Bool
    let language: Language

    public init(
        language: Language,
        caller: Caller,
        personName: String,
        csrf: String,
        current: ConsoleSection?,
        query: String = "",
        isKept: Bool = false,
        otherAddress: String,
        viewAddress: String? = nil,
        mode: InstallationMode = .live
    ) {
        self.viewAddress = viewAddress
        self.language = language
        lang = language.rawValue
        let other: Language = language == .vietnamese ? .english : .vietnamese
        otherLang = other.rawValue
        self.otherAddress = otherAddress
        otherName = other == .english ? "English" : "Tiếng Việt"
        self.personName = personName
        self.csrf = csrf
        self.query = query
        maySearch = caller.holds(.search)
        self.isKept = isKept
        sections = ConsoleSection.allCases.filter { $0.isOpen(to: caller) && ($0 != .testBank || mode == .test) }.map {
            Entry(name: $0.name[language], path: $0.path, isCurrent: $0 == current)
        }
    }
}
