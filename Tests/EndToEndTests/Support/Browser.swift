import Foundation
import PureSupport
import Testing
import Values

/// A real browser without a window: Debian's Chromium, driven as the W3C's WebDriver has it.
final class Browser: Sendable {
    /// A width in pixels that people have, with a fitting height.
    enum Size: Int, CaseIterable {
        case phone = 390
        case tablet = 768
        case desk = 1366

        var height: Int { self == .desk ? 768 : 1024 }
    }

    private let base: String

    private init(base: String) { self.base = base }

    /// Starts the driver and the browser, and ends them afterwards.
    ///
    /// - Parameter language: what the browser says that its person reads.
    static func with(language: String, _ body: (Browser) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/khop-browser-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        let (driver, port) = try await started(in: folder)
        // It may have been started with other signals held back.
        defer { kill(driver.processIdentifier, SIGKILL) }
        let options: JSON = [
            "args": .array(
                [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                    "--user-data-dir=\(folder)/profile", "--lang=\(language)", "--accept-lang=\(language)",
                ].map { .string($0) }
            )
        ]
        let root = Browser(base: "http://127.0.0.1:\(port)")
        // An element is waited for: a page that was asked for may still be on its way.
        let capabilities: JSON = [
            "browserName": "chrome", "goog:chromeOptions": options, "timeouts": ["implicit": 15_000],
        ]
        let wanted: JSON = ["capabilities": ["alwaysMatch": capabilities]]
        let opened = try await root.call("POST", "/session", wanted)
        let id = try #require(opened["sessionId"]?.string)
        let browser = Browser(base: root.base + "/session/\(id)")
        let result: Result<Void, any Error>
        do { result = .success(try await body(browser)) } catch { result = .failure(error) }
        _ = try await browser.call("DELETE", "")
        try result.get()
    }

    /// A driver that listens, and where.
    ///
    /// The driver takes a free port of IPv4 and then wants the same of IPv6: where another program has just that one it ends at once.
    private static func started(in folder: String) async throws -> (driver: Process, port: String) {
        var last = ""
        for _ in 0..<5 {
            let log = URL(fileURLWithPath: folder + "/log")
            try Data().write(to: log)
            let driver = Process()
            driver.executableURL = URL(fileURLWithPath: "/usr/bin/chromedriver")
            driver.arguments = ["--port=0"]
            driver.standardOutput = try FileHandle(forWritingTo: log)
            driver.standardError = driver.standardOutput
            try driver.run()
            var port = ""
            try await until("the driver's port, or its end") {
                let hasEnded = !driver.isRunning
                last = try String(contentsOf: log, encoding: .utf8)
                port = last.firstMatch(of: /started successfully on port (\d+)/).map { String($0.1) } ?? ""
                return !port.isEmpty || hasEnded
            }
            if !port.isEmpty { return (driver, port) }
        }
        throw DriverEnded(log: last)
    }

    /// The driver ended again and again without a port, and what it said.
    private struct DriverEnded: Error { let log: String }

    func open(_ url: String) async throws { _ = try await call("POST", "/url", ["url": .string(url)]) }
    func url() async throws -> String { try await call("GET", "/url").string ?? "" }
    func resize(_ size: Size) async throws {
        try await resize(width: size.rawValue, height: size.height, isPhone: size == .phone)
    }

    func resize(width: Int, height: Int, isPhone: Bool) async throws {
        // The window of a headless browser is its page; Chromium takes no width below 500 for a window, so the page is told.
        _ = try await call(
            "POST",
            "/goog/cdp/execute",
            [
                "cmd": "Emulation.setDeviceMetricsOverride",
                "params": [
                    "width": .integer(width), "height": .integer(height), "deviceScaleFactor": 1,
                    "mobile": .bool(isPhone),
                ],
            ]
        )
    }

    /// Types into a field, in the place of what is there.
    func type(_ text: String, into selector: String) async throws {
        let element = try await find(selector)
        _ = try await call("POST", "/element/\(element)/clear", [:])
        _ = try await call("POST", "/element/\(element)/value", ["text": .string(text)])
    }

    func click(_ selector: String) async throws {
        _ = try await with(selector) { try await call("POST", "/element/\($0)/click", [:]) }
    }

    func text(_ selector: String) async throws -> String {
        try await with(selector) { try await call("GET", "/element/\($0)/text").string ?? "" }
    }

    /// What a script returns.
    func run(_ script: String) async throws -> JSON {
        try await call("POST", "/execute/sync", ["script": .string(script), "args": []])
    }

    /// What a field holds.
    func value(_ selector: String) async throws -> String {
        try await with(selector) { try await call("GET", "/element/\($0)/property/value").string ?? "" }
    }

    /// How wide the page is, and how wide the window: a page that is wider must be scrolled sideways.
    func widths() async throws -> (page: Int64, window: Int64) {
        let script = "return [document.documentElement.scrollWidth, window.innerWidth]"
        let both = try await run(script).array ?? []
        return (both.first?.integer ?? 0, both.last?.integer ?? 0)
    }

    /// Logs in with the token of a session, for the pages of an address that is open.
    func use(_ session: String, at url: String, mode: InstallationMode = .live) async throws {
        _ = try await call(
            "POST",
            "/goog/cdp/execute",
            [
                "cmd": "Network.setCookie",
                "params": [
                    "name": mode == .test ? "__Host-khop-test" : "__Host-khop", "value": .string(session),
                    "url": .string(url), "path": "/", "secure": true, "httpOnly": true, "sameSite": "Strict",
                ],
            ]
        )
    }

    /// Chooses files for a file input.
    func choose(_ paths: [String], for selector: String) async throws {
        let element = try await find(selector)
        _ = try await call("POST", "/element/\(element)/value", ["text": .string(paths.joined(separator: "\n"))])
    }

    /// Presses keys where the focus is.
    func press(_ keys: String) async throws {
        let strokes = keys.flatMap { key -> [JSON] in
            [["type": "keyDown", "value": .string(String(key))], ["type": "keyUp", "value": .string(String(key))]]
        }
        let input: JSON = ["actions": [["type": "key", "id": "keyboard", "actions": .array(strokes)]]]
        _ = try await call("POST", "/actions", input)
    }

    /// Whether the page may run scripts, from the next page on.
    func allowScripts(_ allowed: Bool) async throws {
        _ = try await call(
            "POST",
            "/goog/cdp/execute",
            ["cmd": "Emulation.setScriptExecutionDisabled", "params": ["value": .bool(!allowed)]]
        )
    }

    /// Light or dark, as the person's system asks for it.
    func prefer(dark: Bool) async throws {
        let feature: JSON = ["name": "prefers-color-scheme", "value": .string(dark ? "dark" : "light")]
        _ = try await call(
            "POST",
            "/goog/cdp/execute",
            ["cmd": "Emulation.setEmulatedMedia", "params": ["features": [feature]]]
        )
    }

    /// The checks of axe-core, read once.
    private static let axe = Result {
        let find = """
            import axe_playwright_python, os
            print(open(os.path.join(os.path.dirname(axe_playwright_python.__file__), 'axe.min.js')).read())
            """
        return String(decoding: try OtherProgram.run(OtherProgram.python, ["-c", find]), as: UTF8.self)
    }

    /// What axe-core finds against WCAG 2.2 AA on the page, one text a rule.
    func barriers() async throws -> [String] {
        let script =
            (try Self.axe.get()) + """
                ; const done = arguments[arguments.length - 1];
                axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(
                    (found) => done(found.violations.map((one) => one.id + ': ' + one.help + ' '
                        + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | '))));
                """
        let found = try await call("POST", "/execute/async", ["script": .string(script), "args": []])
        return found.array?.compactMap(\.string) ?? []
    }

    /// What the browser complained of: scripts and styles that the page may not have, errors.
    func complaints() async throws -> [String] {
        try await call("POST", "/se/log", ["type": "browser"]).array?.compactMap { $0["message"]?.string } ?? []
    }

    /// A picture of the window, kept beside the tests' databases for people to look at.
    func photograph(_ name: String) async throws {
        let text = try await call("GET", "/screenshot").string ?? ""
        let data = try #require(Data(base64Encoded: text))
        let folder = Repository.home + "/pictures"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try data.write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
    }

    /// Does something with an element; once more where the page that held it has given way to another in between.
    private func with<Value>(_ selector: String, _ body: (String) async throws -> Value) async throws -> Value {
        for _ in 0..<20 {
            do { return try await body(try await find(selector)) } catch let error as Refused where error.isStale {}
        }
        return try await body(try await find(selector))
    }

    private func find(_ selector: String) async throws -> String {
        let found = try await call("POST", "/element", ["using": "css selector", "value": .string(selector)])
        return try #require(found.members?.first?.value.string, "\(selector)")
    }

    /// A command of WebDriver; its value, or an error with the driver's words. By curl: Foundation does not read the driver's
    /// headers.
    private func call(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        var arguments = ["-sS", "--max-time", "600", "-X", method, "-H", "Content-Type: application/json"]
        if body != nil { arguments += ["--data-binary", "@-"] }
        let data = try await OtherProgram.runAside(
            "curl",
            arguments + [base + path],
            input: Data(body?.bytes ?? [])
        )
        let value = try JSON.parse(Array(data))["value"] ?? .null
        if let error = value["error"]?.string {
            throw Refused(what: "\(method) \(path): \(error): \(value["message"]?.string?.prefix(300) ?? "")")
        }
        return value
    }

    struct Refused: Error {
        let what: String
        /// The element went away with its page after it was found.
        var isStale: Bool { what.contains(": stale element reference: ") }
    }
}
