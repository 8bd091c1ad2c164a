import Collection
import Foundation
import HTTPTypes
import Hummingbird
import Mustache
import Values

/// The seals of the history, and the page on which anybody checks a proof.
struct SealRoutes {
    let seals: SealStore
    /// In base64; empty where nothing is sealed.
    let publicKey: String
    private let template: MustacheTemplate

    init(_ seals: SealStore, publicKey: String) throws {
        self.seals = seals
        self.publicKey = publicKey
        template = try MustacheTemplate(string: String(decoding: PackageResources.verify_page_mustache, as: UTF8.self))
    }

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/seals", use: gate(.readReports, list))
        router.get("/verify", use: page)
        router.get("/verify/verify.js", use: script)
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let limit = try request.limit()
        let found = try await seals.list(limit, before: try request.cursor { Int64($0) })
        let next = found.count == limit ? found.last.map { String($0.number) } : nil
        return .json([
            "public_key": .string(publicKey), "seals": .array(found.map(\.json)),
            "next_cursor": next.map { .string($0) } ?? .null,
        ])
    }

    @Sendable private func page(_ request: Request, _ context: KhopContext) async throws -> Response {
        let language =
            request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) } ?? context.language
        var response = Response.text(
            template.render(VerifyPage(language, key: publicKey)),
            "text/html; charset=utf-8"
        )
        response.headers[.contentLanguage] = language.rawValue
        response.headers[.vary] = "Accept-Language"
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        return response
    }

    @Sendable private func script(_ request: Request, _ context: KhopContext) async throws -> Response {
        .text(String(decoding: PackageResources.verify_js, as: UTF8.self), "text/javascript; charset=utf-8")
    }
}
