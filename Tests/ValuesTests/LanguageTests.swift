import Testing
import Values

@Suite struct LanguageTests {
    @Test(
        arguments: [
            (nil, .vietnamese), ("", .vietnamese), ("en", .english), ("en-GB,en;q=0.9", .english),
            ("vi,en;q=0.9", .vietnamese),
            ("en;q=0.5, vi;q=0.8", .vietnamese), ("fr, en;q=0.2", .english), ("fr", .vietnamese), ("*", .vietnamese),
            ("en;q=0", .vietnamese), ("EN-us", .english), ("en;q=0.0001,vi;q=0.5", .vietnamese),
            ("en;q=x", .vietnamese),
        ] as [(String?, Language)]
    )
    func `the language with the highest weight is chosen`(_ header: String?, _ expected: Language) {
        #expect(Language(acceptLanguage: header) == expected)
    }

    @Test func `a terminal speaks Vietnamese unless its locale is English`() {
        #expect(Language(locale: "en_US.UTF-8") == .english)
        #expect(Language(locale: "vi_VN.UTF-8") == .vietnamese)
        #expect(Language(locale: "C.UTF-8") == .vietnamese)
        #expect(Language(locale: nil) == .vietnamese)
    }

    @Test(
        arguments: [
            ([:], .vietnamese), (["LANG": "en_US.UTF-8"], .english), (["LANG": "C"], .vietnamese),
            (["LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "vi_VN.UTF-8"], .english),
            (["LC_ALL": "vi_VN.UTF-8", "LANG": "en_US.UTF-8"], .vietnamese),
            (["KHOP_LANG": "en", "LC_ALL": "vi_VN.UTF-8"], .english),
            (["KHOP_LANG": "vi", "LANG": "en_US"], .vietnamese),
        ] as [([String: String], Language)]
    )
    func `KHOP_LANG comes before the locale of the terminal`(_ environment: [String: String], _ expected: Language) {
        #expect(Language(environment: environment) == expected)
    }
}
