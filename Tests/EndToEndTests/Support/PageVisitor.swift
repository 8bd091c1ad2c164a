import Foundation
import Testing
import Values

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Opens pages as a browser does, and follows nothing by itself.
final class PageVisitor {
    struct Page {
        let status: Int
        let headers: [String: String]
        let text: String
        let bytes: [UInt8]

        var location: String? { headers["location"] }
        /// The token that the forms of the page carry.
        var csrf: String { text.firstMatch(of: /name="csrf" value="([^"]*)"/).map { String($0.1) } ?? "" }
    }

    private let base: String
    private var cookies: [String: String] = [:]
    /// All its cookies.
    var jar: [String: String] {
        get { cookies }
        set { cookies = newValue }
    }
    private let session: URLSession

    init(_ base: String) {
        self.base = base
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 600
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.httpCookieStorage = nil
        session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
    }

    var cookie: String? { cookies["__Host-khop"] }
    func steal(_ cookie: String?, mode: InstallationMode = .live) {
        cookies[mode == .test ? "__Host-khop-test" : "__Host-khop"] = cookie
    }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Page {
        try await open("GET", path, headers, nil)
    }

    /// Sends a form as a browser does from a page of the same site.
    func post(
        _ path: String,
        _ fields: [String: String],
        _ headers: [String: String] = ["Sec-Fetch-Site": "same-origin"]
    )
        async throws -> Page
    {
        let allowed = CharacterSet.alphanumerics
        let body = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
        }.joined(separator: "&")
        return try await open("POST", path, headers, Data(body.utf8))
    }

    /// Drops statements as the form that takes them does, and opens the page that tells what they are.
    func drop(_ files: [(name: String, text: String)], csrf: String) async throws -> Page {
        let files = files.map { ($0.name, Array($0.text.utf8)) }
        let sent = try await drop(files, csrf: csrf, at: "/console/statements/preview")
        guard let place = sent.location, place.hasPrefix("/console/statements/preview/") else { return sent }
        return try await get(place)
    }

    /// Sends files as the form at an address does.
    ///
    /// - Parameter fields: of the form, beside the files.
    func drop(
        _ files: [(name: String, bytes: [UInt8])],
        csrf: String,
        at path: String,
        _ fields: [String: String] = [:]
    ) async throws -> Page {
        var body = Data("--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(csrf)\r\n".utf8)
        for (name, value) in fields {
            body += Data("--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for (name, bytes) in files {
            body += Data("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n".utf8)
            body += Data("Content-Type: application/octet-stream\r\n\r\n".utf8) + Data(bytes) + Data("\r\n".utf8)
        }
        body += Data("--edge\r\nContent-Disposition: form-data; name=\"account\"\r\n\r\n\r\n--edge--\r\n".utf8)
        let headers = ["Sec-Fetch-Site": "same-origin", "Content-Type": "multipart/form-data; boundary=edge"]
        return try await open("POST", path, headers, body)
    }

    /// Sends a body of another kind than a form's, from a page of the same site.
    func send(_ path: String, _ body: String, type: String) async throws -> Page {
        try await send(path, Data(body.utf8), type: type)
    }

    func send(_ path: String, _ body: Data, type: String) async throws -> Page {
        try await open("POST", path, ["Sec-Fetch-Site": "same-origin", "Content-Type": type], body)
    }

    private func open(_ method: String, _ path: String, _ headers: [String: String], _ body: Data?) async throws
        -> Page
    {
        var request = URLRequest(url: try #require(URL(string: base + path)), timeoutInterval: 600)
        request.httpMethod = method
        request.httpBody = body
        if body != nil { request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type") }
        if !cookies.isEmpty {
            request.setValue(cookies.map { "\($0)=\($1)" }.joined(separator: "; "), forHTTPHeaderField: "Cookie")
        }
        request.setValue("en", forHTTPHeaderField: "Accept-Language")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await session.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var fields: [String: String] = [:]
        for (name, value) in http.allHeaderFields { fields["\(name)".lowercased()] = "\(value)" }
        // Several are joined into one line.
        for match in (fields["set-cookie"] ?? "").matches(of: /(__Host-[a-z-]+)=([^;]*)/) {
            cookies[String(match.1)] = match.2.isEmpty ? nil : String(match.2)
        }
        return Page(
            status: http.statusCode,
            headers: fields,
            // What keeps an amount and its unit on one line is a space to whoever reads it.
            text: String(decoding: data, as: UTF8.self).replacing("\u{A0}", with: " "),
            bytes: Array(data)
        )
    }

    private final class NoRedirects: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession,
            task: URLSessionTask,
            willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest,
            completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) { completionHandler(nil) }
    }
}
