import Foundation
import TestSupport
import Testing

/// docs/architecture.md says what the sources say.
@Suite struct ArchitectureTests {
    private static let page = "docs/architecture.md"

    @Test func `the pictures are drawn from the imports`() throws {
        let arrows = try CollectionFolders.arrows().arrows
        // What is at the top uses all.
        let inside = arrows.filter { $0.from != FolderArrows.top }
        let folders = ArrowPicture(
            nodes: CollectionFolders.floors.reversed().map { ($0.folder, $0.words) },
            uses: Dictionary(grouping: inside, by: \.from).mapValues { Set($0.map(\.to)) }
        )
        let modules = ArrowPicture(nodes: Modules.all, uses: try Modules.imports())
        let order = CollectionFolders.order.map { "`\($0)`" }.joined(separator: ", ")
        let text = try String(contentsOfFile: "\(Repository.root)/\(Self.page)", encoding: .utf8)
        let drawn = try DrawnPage(text: text).with("modules", modules.text).with("folders", folders.text)
            .with("order", "From the lowest: \(order).")
        let differences = try Golden.differences(drawn.text, from: Self.page)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }

    @Test func `Package.swift names what is imported, and nothing else`() throws {
        let package = try String(contentsOfFile: Repository.root + "/Package.swift", encoding: .utf8)
        let named = Modules.dependencies(package)
        for (module, imported) in try Modules.imports() {
            #expect(named[module] ?? [] == imported, "\(module)")
        }
        let folders = try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/Sources")
        // Those of the system's libraries are named like CLibpq.
        let own = folders.filter { !($0.first == "C" && $0.dropFirst().first?.isUppercase == true) }
        #expect(Set(own).union(["Migrations"]) == Set(Modules.all.map(\.name)))
    }

    /// Names a path that has moved, wherever the pages name it.
    @Test func `every path that a page names exists`() throws {
        let root = Repository.root
        let docs = try #require(FileManager.default.subpaths(atPath: root + "/docs")).map { "docs/" + $0 }
        var count = 0
        for page in docs.filter({ $0.hasSuffix(".md") }) + ["README.md", "CONTRIBUTING.md"] {
            let text = try String(contentsOfFile: "\(root)/\(page)", encoding: .utf8)
            for match in text.matches(of: /`((?:Sources|Tests|Migrations|Fixtures|Plugins|docs|ops)\/[^`\s]*)`/) {
                count += 1
                #expect(Self.exists(String(match.1)), "\(page) names \(match.1)")
            }
        }
        #expect(count > 20)
        #expect(Self.exists("Sources/Workflow/Sentences+….swift") && !Self.exists("Sources/Workflow/Sentence-….swift"))
        #expect(!Self.exists("Sources/Nowhere.swift"))
    }

    /// `…`, `NAME` and `NNNN_subject` stand for any letters.
    private static func exists(_ path: String) -> Bool {
        let path = path.replacing(/NNNN_subject|NAME/, with: "…")
        guard let dots = path.firstRange(of: "…") else {
            return FileManager.default.fileExists(atPath: "\(Repository.root)/\(path)")
        }
        let head = path[..<dots.lowerBound]
        let folder = head[..<(head.lastIndex(of: "/") ?? head.endIndex)]
        let names = FileManager.default.subpaths(atPath: "\(Repository.root)/\(folder)") ?? []
        let first = head.dropFirst(folder.count + 1)
        return names.contains { $0.hasPrefix(first) && $0.hasSuffix(path[dots.upperBound...]) }
    }

    /// Whoever asks what happens when a callback comes after its statement line finds the rule by the table alone.
    @Test func `the table leads from a callback after its line to the rule`() throws {
        let text = try String(contentsOfFile: "\(Repository.root)/\(Self.page)", encoding: .utf8)
        let row = try #require(text.split(separator: "\n").first { $0.contains("callback that comes after its") })
        let file = try #require(row.firstMatch(of: /`(Sources\/[^`]+)`/)).1
        let rule = try String(contentsOfFile: "\(Repository.root)/\(file)", encoding: .utf8)
        #expect(rule.contains("A callback that arrives after its statement line."))
    }

    @Test func `an arrow that follows from others is not drawn`() {
        let picture = ArrowPicture(
            nodes: [("A", "one"), ("B", "two"), ("C", "three")],
            uses: ["A": ["A", "B", "C"], "B": ["C"]]
        )
        let lines = ["```mermaid", "flowchart TD", #"    A["A — one"]"#, #"    B["B — two"]"#, #"    C["C — three"]"#]
        #expect(picture.text == (lines + ["    A --> B", "    B --> C", "```"]).joined(separator: "\n"))
    }

    @Test func `a circle is drawn and does not hang`() {
        let picture = ArrowPicture(nodes: [("A", "one"), ("B", "two")], uses: ["A": ["B"], "B": ["A"]])
        #expect(picture.text.contains("A --> B\n    B --> A"))
    }

    @Test func `a page without its marks is refused, and prose stays`() throws {
        let page = DrawnPage(text: "before\n\(DrawnPage.begin("x"))old\n\(DrawnPage.end("x"))after\n")
        let drawn = try page.with("x", "new").text
        #expect(drawn == "before\n\(DrawnPage.begin("x"))\nnew\n\n\(DrawnPage.end("x"))after\n")
        #expect(throws: DrawnPage.NoMark.self) { try page.with("y", "new") }
    }

    @Test func `products of others are no modules of ours`() {
        let package = """
            .target(name: "Values", swiftSettings: strict),
            .target(
                name: "Server",
                dependencies: [
                    "Values", "CLibpq",
                    .product(name: "Postgres", package: "other"),
                ],
            ),
            """
        #expect(Modules.dependencies(package) == ["Server": ["Values"]])
    }
}
