import Collection
import Console
import Foundation
import PureSupport
import Testing
import Values

/// Each page as it was looked at: fixed values in, the HTML of `Fixtures/console` out, in both languages.
@Suite struct GoldenPageTests {
    private func html(_ page: any ConsolePage, _ language: Language) throws -> String {
        let frame = ConsoleFrame(
            language: language,
            caller: Sample.caller,
            personName: Sample.caller.name,
            csrf: "csrf-of-the-session",
            current: type(of: page).section,
            query: "nguyen \"van\"",
            otherAddress: "?lang=xx"
        )
        return GoldenPageTests.plain(try ConsoleRenderer().html(page, in: frame))
    }

    /// A tag a line, so that a change is seen where it is; without the hashes of style and script.
    static func plain(_ html: String) -> String {
        html.replacing(/\/assets\/console-[0-9a-f]+\./, with: "/assets/console-….")
            .replacing(/integrity="[^"]*"/, with: "integrity=\"…\"").replacing("><", with: ">\n<")
    }

    @Test(arguments: Language.allCases) func `every page is as it was looked at`(_ language: Language) throws {
        let pages = try SamplePages.all(language)
        #expect(pages.count > 25)
        for (name, page) in pages {
            let html = try html(page, language)
            let path = "Fixtures/console/\(name).\(language.rawValue).html"
            let differences = try Golden.differences(html + "\n", from: path)
            #expect(differences.isEmpty, "\(name): \(differences.joined(separator: "\n"))")
            // What people wrote is text, wherever it stands.
            #expect(!html.contains("<Nam>") && !html.contains("<script>\"") && !html.contains("Cổng <tỉnh>"), "\(name)")
            #expect(html.contains("<html lang=\"\(language.rawValue)\">"), "\(name)")
        }
    }

    /// What people read of a page, without what scripts and forms alone see.
    private static func texts(_ html: String) -> [String] {
        let shown = html.replacing(/<(script|style)[^>]*>[\s\S]*?<\/\1>/, with: "")
        return shown.matches(of: />([^<]+)</).map { String($0.1) }
            + shown.matches(of: /(?:aria-label|data-label|placeholder|title)="([^"]*)"/).map { String($0.1) }
    }

    /// Names, notes and memos stay as somebody wrote them. A word of the page's own would be a new line here.
    @Test func `what English pages say in Vietnamese is names and what people wrote`() throws {
        let letters = Set("ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")
        var found: Set<String> = []
        for (_, page) in try SamplePages.all(.english) {
            for text in Self.texts(try html(page, .english)) {
                let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
                let own = ["Khớp", "đồng", "Tiếng Việt"].reduce(text) { $0.replacing($1, with: "") }
                if own.lowercased().contains(where: letters.contains) { found.insert(text) }
            }
        }
        let all = found.sorted().map { $0 + "\n" }.joined()
        #expect(try Golden.differences(all, from: "Fixtures/vietnamese-on-english-pages.txt") == [])
    }

    @Test func `every template has its page here`() throws {
        let used = Set(try SamplePages.all(.vietnamese).map { type(of: $0.page).template.replacing("-", with: "_") })
        let folder = Repository.root + "/Sources/Console/Templates"
        let all = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".mustache") }.map { String($0.dropLast(9)) }
        // What stands around every page, parts of some, and the public's pages, which have no frame.
        let others: Set = ["docs", "frame", "found", "move", "open_rates", "progress", "tile"]
        #expect(Set(all).subtracting(others) == used)
    }

    @Test(arguments: Language.allCases) func `the public figures are as they were looked at`(_ language: Language)
        throws
    {
        let page = OpenRatesPage(try Sample.rates(), months: ["2026-11", "2026-10"], in: language)
        let html = GoldenPageTests.plain(try ConsoleRenderer().html(page, in: language))
        let path = "Fixtures/console/open-rates.\(language.rawValue).html"
        let differences = try Golden.differences(html + "\n", from: path)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }
}
