import HTTPTypes
import Hummingbird
import NIOCore
import Values

extension HTTPField.Name {
    /// Stands on every answer of a test installation, and on none of a live one.
    static let khopMode = HTTPField.Name("Khop-Mode")!
}

/// Says on whatever a test installation answers that it is of one.
///
/// It is done at the edge and not in the templates: no page can forget it, none of a live installation is touched, and a page
/// that is written tomorrow has it too.
enum TestModeMark {
    static let style = PayAssets.File("test-mode", "css", "text/css; charset=utf-8", PackageResources.test_mode_css)

    /// Goes before the end of the head.
    private static let link = "<link rel=\"stylesheet\" href=\"\(style.path)\" integrity=\"\(style.integrity)\">\n"

    /// Goes first into the body. In both languages: whoever it warns may read one of them.
    private static let banner = """

        <div class="test-mode" role="region" aria-label="Test mode"><p><span lang="vi">\
        \(InstallationMode.mark[.vietnamese])</span> · <span lang="en">\(InstallationMode.mark[.english])</span></p></div>
        """

    /// Answers a request with its mark.
    static func marked(_ answer: () async throws -> Response) async throws -> Response {
        try await InstallationMode.$current.withValue(.test) {
            var response = try await answer()
            response.headers[.khopMode] = InstallationMode.test.rawValue
            guard response.headers[.contentType]?.hasPrefix("text/html") == true else { return response }
            let collected = Collected()
            try await response.body.write(CollectingWriter(to: collected))
            response.body = ResponseBody(byteBuffer: ByteBuffer(string: page(await collected.text)))
            allowStyle(&response)
            return response
        }
    }

    /// A page with the banner in it; a part of a page stays as it is, for it goes into one that has the banner.
    static func page(_ html: String) -> String {
        guard let head = html.firstRange(of: "</head>"), let body = html[head.upperBound...].firstRange(of: "<body"),
            let end = html[body.upperBound...].firstIndex(of: ">")
        else { return html }
        let start = html.index(after: end)
        return String(html[..<head.lowerBound]) + link + String(html[head.lowerBound..<start]) + banner
            + String(html[start...])
    }

    /// Some pages carry their style with them and take none of the server's.
    private static func allowStyle(_ response: inout Response) {
        response.headers[.contentSecurityPolicy] = response.headers[.contentSecurityPolicy]?
            .replacing("style-src 'unsafe-inline'", with: "style-src 'self' 'unsafe-inline'")
    }

    private actor Collected {
        private var bytes = ByteBuffer()
        var text: String { String(buffer: bytes) }
        func add(_ more: ByteBuffer) { bytes.writeImmutableBuffer(more) }
    }

    private struct CollectingWriter: ResponseBodyWriter {
        private let collected: Collected

        init(to collected: Collected) { self.collected = collected }

        mutating func write(_ buffer: ByteBuffer) async throws { await collected.add(buffer) }
        consuming func finish(_ trailing: HTTPFields?) async throws {}
    }
}
