import Foundation
import PureSupport
import Server
import TestSupport
import Testing
import Values

/// The page of a basket in a real browser, on phones and at a desk.
@Suite(.serialized) struct BasketBrowserTests {
    private static func look(_ browser: Browser, _ name: String) async throws {
        for width in [360, 390, 1366] {
            try await browser.resize(width: width, height: width > 1000 ? 900 : 1500, isPhone: width < 1000)
            let (page, window) = try await browser.widths()
            #expect(page <= window, "\(name) is \(page) wide at \(window)")
            let barriers = try await browser.barriers()
            #expect(barriers.isEmpty, "\(name) at \(width): \(barriers.joined(separator: "; "))")
            try await browser.photograph("pay-basket-\(name)-\(width)")
        }
        try await browser.prefer(dark: true)
        let dark = try await browser.barriers()
        #expect(dark.isEmpty, "\(name) in the dark: \(dark.joined(separator: "; "))")
        try await browser.prefer(dark: false)
        #expect(try await browser.complaints().isEmpty)
    }

    @Test(arguments: ["vi", "en"])
    func `every state of a basket is whole at every width, in the dark, and for a screen reader`(_ language: String)
        async throws
    {
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.installation.name = Phrase(vi: "UBND tỉnh Phú Thọ", en: "Phú Thọ Province")
        options.installation.helpPhone = "0210 3846 868"
        try await PayDesk.with(options) { desk in
            let open = try await desk.basket().basket
            let part = try await desk.basket(from: 10).basket
            try await desk.pay(14_000, part.reference)
            let paid = try await desk.basket(from: 20).basket
            try await desk.pay(30_000, paid.reference)
            let cancelled = try await desk.basket(from: 30).basket
            let cancel = "/v1/baskets/\(cancelled.id)/cancel"
            #expect(try await desk.server.send("POST", cancel, key: desk.portal).status == 200)
            try await Browser.with(language: language) { browser in
                for (name, asked) in [("open", open), ("part", part), ("paid", paid), ("cancelled", cancelled)] {
                    try await browser.open(desk.server.baseURL + asked.path)
                    #expect(try await browser.run("return document.documentElement.lang").string == language)
                    try await Self.look(browser, "\(name)-\(language)")
                }
            }
        }
    }

    @Test func `an open page of a basket turns green by itself`() async throws {
        try await PayDesk.with { desk in
            let (basket, _) = try await desk.basket()
            try await Browser.with(language: "vi") { browser in
                try await browser.resize(width: 390, height: 800, isPhone: true)
                try await browser.open(desk.server.baseURL + basket.path)
                #expect(try await browser.text("h1") == "Chờ thanh toán")
                try await until("the stream") { desk.server.services.pageWatch.count == 1 }
                // It does not ask by itself.
                _ = try await browser.run("window.fetch = () => Promise.reject(new Error('asked'))")
                try await desk.pay(30_000, basket.reference)
                try await until("the green page") { try await browser.text("h1") == "Đã thanh toán" }
                #expect(try await browser.complaints().isEmpty)
            }
        }
    }
}
