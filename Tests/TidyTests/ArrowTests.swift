import Foundation
import TestSupport
import Testing

/// The folders of Collection point one way, as its modules do.
@Suite struct ArrowTests {
    @Test func `folders of Collection use only folders below them`() throws {
        let arrows = try CollectionFolders.arrows()
        #expect(arrows.arrows.count > 200)
        for arrow in arrows.upwards(in: CollectionFolders.order) {
            Issue.record("\(arrow.file) uses \(arrow.name): \(arrow.from) may not use \(arrow.to)")
        }
    }

    @Test func `every folder of Collection has its place in the order, and tests lie in folders of the same names`()
        throws
    {
        let folders = Set(try CollectionFolders.files().map(\.folder)).subtracting([FolderArrows.top])
        #expect(folders == Set(CollectionFolders.order))
        let tests = try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/Tests/CollectionTests")
        #expect(Set(tests).subtracting(["Support"]).isSubset(of: folders))
    }

    @Test func `what all use is not loose at the top`() throws {
        let loose = try CollectionFolders.files().filter { $0.folder == FolderArrows.top }.map(\.name)
        #expect(Set(loose) == ["Services.swift", "ServiceOptions.swift"])
    }

    /// A small module: Common below Cases below Refunds.
    private static func arrows(_ common: String = "", _ cases: String = "", _ refunds: String = "") -> FolderArrows {
        FolderArrows([
            .init(folder: "Common", name: "Common/Locks.swift", text: "enum Locks { static func all() {} }\n" + common),
            .init(
                folder: "Cases",
                name: "Cases/CaseStore.swift",
                text: """
                    struct CaseStore {
                        struct Refund {}
                    }
                    extension Locks {
                        static func cases() {}
                        init(ofCase id: Int) {}
                    }
                    extension String {
                        var caseName: String { self }
                        var first: Int { 0 }
                    }
                    struct Queue {
                        let first: Int
                    }
                    private struct Plan {}

                    """ + cases
            ),
            .init(
                folder: "Refunds",
                name: "Refunds/Refund.swift",
                text: "struct Refund {}\nfunc payee() {}\nenum Plan {}\n" + refunds
            ),
            .init(folder: FolderArrows.top, name: "Services.swift", text: "struct Services { let store: CaseStore }"),
        ])
    }

    private static func upwards(_ arrows: FolderArrows) -> [String] {
        arrows.upwards(in: ["Common", "Cases", "Refunds"]).map { "\($0.file): \($0.name), \($0.from) -> \($0.to)" }
    }

    @Test func `an arrow down is allowed, and one from the top`() {
        let arrows = Self.arrows("", "private let held = Locks.all()", "private let one: CaseStore = Locks.cases()")
        #expect(Self.upwards(arrows).isEmpty)
        let pairs = Set(arrows.arrows.map { "\($0.from) -> \($0.to)" })
        #expect(pairs == ["Cases -> Common", "Refunds -> Common", "Refunds -> Cases", "(top) -> Cases"])
    }

    @Test(arguments: [
        ("let store: [CaseStore]", "CaseStore", "Cases"), ("let held = Locks.cases()", "Locks.cases", "Cases"),
        ("let held = Locks(ofCase: 1)", "Locks(ofCase:", "Cases"), ("let name = text.caseName", ".caseName", "Cases"),
        (#"let text = "of \(Refund.self) as \(1)""#, "Refund", "Refunds"), ("let all = payee()", "payee", "Refunds"),
        ("let services: Services?", "Services", "(top)"),
    ])
    func `an arrow up is named with its file`(_ line: String, _ name: String, _ to: String) {
        #expect(Self.upwards(Self.arrows(line)) == ["Common/Locks.swift: \(name), Common -> \(to)"])
    }

    @Test(arguments: [
        #"let text = "Refund" // Refund"#, "let own = other.payee", "let plan = Plan()",
        "extension CaseStore { func read() -> Refund { Refund() } }",
    ])
    func `a name that only looks the same is no arrow`(_ line: String) {
        // Plan is the file's own, and Refund is nested in what is extended.
        #expect(Self.upwards(Self.arrows("", line)).isEmpty)
    }

    @Test func `a member whose name others have too is no arrow`() {
        #expect(Self.upwards(Self.arrows("let one = text.first")).isEmpty)
    }

    @Test func `a folder without a place in the order is refused`() {
        let arrows = FolderArrows([
            .init(folder: "New", name: "New/Thing.swift", text: "let held = Locks.all()"),
            .init(folder: "Common", name: "Common/Locks.swift", text: "enum Locks {}"),
        ])
        #expect(arrows.upwards(in: ["Common"]).map(\.name) == ["Locks"])
    }
}
