public import Collection
public import Values

/// The views that a person has kept: to open, to share, to rename, to delete.
public struct ViewsPage: ConsolePage {
    public static let template = "views"
    public static let section: ConsoleSection? = nil

    struct Row: Sendable {
        let id: String
        let name: String
        let href: String
        /// The page that it is a view of.
        let place: String
        let kept: String
        /// The address that others may be given.
        let shared: String
    }

    public let title: String
    let rows: [Row]
    let isEmpty: Bool
    let done: String?
    let fault: String?

    public init(
        _ views: [SavedView],
        done: String? = nil,
        fault: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Bộ lọc đã lưu", en: "Saved views")
        rows = views.map { view in
            Row(
                id: view.id.text,
                name: view.name,
                href: view.address,
                place: ViewsPage.place(view.address, word),
                kept: word.age(view.createdAt),
                shared: "/console/views/" + view.id.text
            )
        }
        isEmpty = rows.isEmpty
        self.done = done
        self.fault = fault
    }

    /// What a page is called, by its path.
    private static func place(_ address: String, _ word: Wording) -> String {
        let path = address.prefix { $0 != "?" }
        if let report = ConsoleReport.allCases.first(where: { $0.path == path }) { return word[report.title] }
        let sections = ConsoleSection.allCases.filter { path.hasPrefix($0.path) }
        return sections.max { $0.path.count < $1.path.count }.map { word[$0.name] } ?? String(path)
    }
}
