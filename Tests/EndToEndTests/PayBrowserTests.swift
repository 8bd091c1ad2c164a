import Collection
import Foundation
import PaymentQR
import PureSupport
import Server
import TestSupport
import Testing
import Values

/// Payers in a real browser: on small and large phones and at a desk, with scripts and without.
@Suite(.serialized) struct PayBrowserTests {
    private static let widths = [360, 390, 1366]

    /// A page as people see it: without barriers, complaints or scrolling sideways, also in the dark.
    private static func look(_ browser: Browser, _ name: String) async throws {
        for width in widths {
            try await browser.resize(width: width, height: width > 1000 ? 900 : 1500, isPhone: width < 1000)
            let (page, window) = try await browser.widths()
            #expect(page <= window, "\(name) is \(page) wide at \(window)")
            let barriers = try await browser.barriers()
            #expect(barriers.isEmpty, "\(name) at \(width): \(barriers.joined(separator: "; "))")
            try await browser.photograph("pay-\(name)-\(width)")
        }
        try await browser.prefer(dark: true)
        let dark = try await browser.barriers()
        #expect(dark.isEmpty, "\(name) in the dark: \(dark.joined(separator: "; "))")
        try await browser.photograph("pay-\(name)-dark")
        try await browser.prefer(dark: false)
        let complaints = try await browser.complaints().filter { !$0.contains("status of 404") }
        #expect(complaints.isEmpty, "\(name): \(complaints)")
    }

    /// A phone reads the code off the screen.
    private static func scan(_ browser: Browser, _ reference: String) async throws {
        for width in widths {
            try await browser.resize(width: width, height: 2400, isPhone: width < 1000)
            try await browser.photograph("pay-scanned-\(width)")
            let read = try OtherProgram.run(
                "zbarimg",
                ["-q", "--raw", "-Sdisable", "-Sqrcode.enable", Repository.home + "/pictures/pay-scanned-\(width).png"]
            )
            let payload = String(decoding: read, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(try VietQR(parsing: payload).billNumber == reference, "\(width)")
        }
        try await browser.resize(width: 360, height: 800, isPhone: true)
    }

    private static func options() -> ServerOptions {
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.installation.name = Phrase(vi: "UBND tỉnh Phú Thọ", en: "Phú Thọ Province")
        options.installation.helpPhone = "0210 3846 868"
        options.installation.bankApps = .open
        return options
    }

    @Test(arguments: ["vi", "en"])
    func `every state is whole at every width, in the dark, and for a screen reader`(_ language: String) async throws {
        try await PayDesk.with(Self.options()) { desk in
            let states = try await PayStates.all(desk)
            try await Browser.with(language: language) { browser in
                for (name, path) in states {
                    try await browser.open(desk.server.baseURL + path)
                    #expect(try await browser.run("return document.documentElement.lang").string == language)
                    try await Self.look(browser, "\(name)-\(language)")
                }
                try await browser.open(desk.server.baseURL + "/lookup")
                try await Self.look(browser, "lookup-\(language)")
            }
        }
    }

    @Test func `a callback turns an open page green, and tells a screen reader`() async throws {
        try await PayDesk.with(Self.options()) { desk in
            let asked = try await desk.ask()
            try await Browser.with(language: "vi") { browser in
                try await browser.resize(width: 360, height: 800, isPhone: true)
                try await browser.open(desk.server.baseURL + asked.path)
                try await until("the stream") { desk.server.services.pageWatch.count == 1 }
                #expect(try await browser.text("h1") == "Chờ thanh toán")
                try await Self.scan(browser, asked.reference)
                let clock = ContinuousClock()
                try await desk.pay(10_000, asked.reference)
                let committed = clock.now
                try await until("the green page") { try await browser.text("h1") == "Đã thanh toán" }
                print("paid was seen \(clock.now - committed) after the bank was answered")
                let told = try await browser.run("return document.getElementById('told').textContent").string
                #expect(told == "Đã thanh toán")
                let title = try await browser.run("return document.title").string
                #expect(title?.hasPrefix("10.000 ₫ · Đã thanh toán") == true)
                #expect(try await browser.complaints().isEmpty)
            }
        }
    }

    @Test func `account, amount and note are copied as a bank's app takes them`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await Browser.with(language: "en") { browser in
                try await browser.open(desk.server.baseURL + asked.path)
                for plain in [PayDesk.account, "10000", asked.reference] {
                    try await browser.click("[data-copy='\(plain)']")
                    try await until("the word that it was copied") {
                        try await browser.text("[data-copy='\(plain)']").contains("Copied")
                    }
                }
            }
        }
    }

    @Test func `without scripts everything is there, and the button looks again`() async throws {
        try await PayDesk.with(Self.options()) { desk in
            let asked = try await desk.ask()
            try await Browser.with(language: "en") { browser in
                try await browser.allowScripts(false)
                try await browser.open(desk.server.baseURL + asked.path)
                #expect(try await browser.text("main").contains(asked.reference))
                // A button that could do nothing is not shown.
                #expect(try await browser.text("main").contains("Copy") == false)
                try await desk.pay(10_000, asked.reference)
                try await browser.click("main form button")
                #expect(try await browser.text("h1") == "Paid")
                let old = try await desk.ask("H44-26-0002")
                try await desk.expire(old)
                try await browser.open(desk.server.baseURL + old.path)
                try await browser.click("main form button")
                #expect(try await browser.text("h1") == "Waiting for your payment")
                #expect(try await browser.url().contains(old.path) == false)
            }
        }
    }
}
