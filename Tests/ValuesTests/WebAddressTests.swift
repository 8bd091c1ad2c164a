import Testing
import Values

/// Addresses on the web, in the one form that everybody reads in the same way.
@Suite struct WebAddressTests {
    @Test(arguments: [
        ("https://Portal.GOV.vn/back?x=1#y", "portal.gov.vn"), ("http://127.0.0.1:8080", "127.0.0.1"),
        ("https://[::1]:8443/", "::1"), ("HTTPS://a-b.example", "a-b.example"), ("https://localhost", "localhost"),
        ("https://[::ffff:169.254.169.254]/", "169.254.169.254"), ("https://xn--cng-3la.vn", "xn--cng-3la.vn"),
    ])
    func `an address has a host`(_ text: String, _ host: String) {
        #expect(WebAddress(text)?.host == host)
    }

    @Test(arguments: [
        "", "https://", "http://", "https:///x", "//evil.example", "javascript:alert(1)", "data:text/html,x",
        "ftp://a.example",
        "https://portal.gov.vn@evil.example/", "https://user:x@a.example", "https://a.example\\@b.example",
        "https:\\\\a.example",
        "https://a.exa mple", "https://cổng.vn", "https://a.example/\u{202E}x", "https://a.example/\n", "https://a..b",
        "https://-a.b",
        "https://a.example:", "https://a.example:65536", "https://a.example:80:80",
        "https://127.1/",
        "https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/", "https://1.2.3.4.5/", "https://[::1",
        "https://[1.2.3.4]/",
        "https://a.example%2eevil.example/", "https://a.example/\"onclick", "https://a_b.example/",
    ])
    func `what can be read in two ways is no address`(_ text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test func `its parts are told apart`() throws {
        let address = try #require(WebAddress("http://localhost:81/a?b#c"))
        #expect(
            !address.isSecure && address.port == 81 && address.hasQuery && address.hasFragment && address.isLoopback
        )
        let other = try #require(WebAddress("https://a.example/a#b?c"))
        #expect(other.isSecure && other.port == nil && !other.hasQuery && other.hasFragment && !other.isLoopback)
    }
}
