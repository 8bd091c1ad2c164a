import Collection
import Console
import HTTPTypes
import Hummingbird
import Synchronization
import Values

/// `/docs`: the description of the API as pages, for everybody, without scripts; and as JSON for generators.
final class DocsRoutes: Sendable {
    private let renderer: ConsoleRenderer
    private let document: APIDocument
    /// The pages by language and path, made when they are first asked for.
    private let made = Mutex<[String: String]>([:])

    init(renderer: ConsoleRenderer) throws {
        self.renderer = renderer
        document = APIDocument(try JSON.parse(PackageResources.openapi_json))
    }

    func add(to router: RouteTable) {
        router.get("/openapi.json") { _, _ in
            DocsRoutes.open(.text(String(decoding: PackageResources.openapi_json, as: UTF8.self), "application/json"))
        }
        router.get("/docs") { request, context in
            try self.answer(request, context, "") { language in DocsPage(self.document, in: language) }
        }
        router.get("/docs/:group") { request, context in
            let group = context.parameters.get("group") ?? ""
            return try self.answer(request, context, group) { language in
                if group == DocsPage.signing {
                    return DocsPage(self.document, examples: try SigningExamples.all(in: language), in: language)
                }
                guard let page = DocsPage(self.document, group: group, in: language) else {
                    throw ServiceError(
                        .notFound,
                        Phrase(vi: "Không có phần nào tên như vậy.", en: "There is no such part.")
                    )
                }
                return page
            }
        }
    }

    /// Anybody may keep it for a while.
    private static func open(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "public, max-age=600"
        return response
    }

    private func answer(
        _ request: Request,
        _ context: KhopContext,
        _ name: String,
        _ make: (Language) throws -> DocsPage
    ) throws -> Response {
        let language = request.parameter("lang").flatMap { Language(rawValue: $0) } ?? context.language
        let key = language.rawValue + "/" + name
        let html: String
        if let known = made.withLock({ $0[key] }) {
            html = known
        } else {
            html = renderer.html(try make(language), in: language)
            made.withLock { $0[key] = html }
        }
        var response = Response.text(html, "text/html; charset=utf-8")
        Pages.secure(&response)
        response.headers[.contentLanguage] = language.rawValue
        response.headers[.vary] = "Accept-Language"
        return DocsRoutes.open(response)
    }
}
