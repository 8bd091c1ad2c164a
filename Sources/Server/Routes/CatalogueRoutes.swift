import Collection
import HTTPTypes
import Hummingbird
import Identity
import Values

/// The catalogue in force, for portals: what may be asked for, and what it costs.
///
/// An answer carries an `ETag` that changes with the catalogue and with the day; who sends it back as `If-None-Match` gets 304.
struct CatalogueRoutes {
    let lists: CatalogueLists

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/catalogue/agencies", use: gate(.quote, agencies))
        router.get("/v1/catalogue/procedures", use: gate(.quote, procedures))
        router.get("/v1/catalogue/fees", use: gate(.quote, fees))
        router.get("/v1/catalogue/categories", use: gate(.quote, categories))
    }

    @Sendable private func agencies(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        try await answer(request) { day, cut in
            try await lists.agencies(under: request.parameter("locality"), on: day, cut)
        }
    }

    @Sendable private func procedures(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        try await answer(request) { _, cut in try await lists.procedures(of: request.parameter("field"), cut) }
    }

    @Sendable private func fees(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        try await answer(request) { day, cut in
            let filter = CatalogueLists.FeeFilter(
                day: day,
                procedure: request.parameter("procedure"),
                agency: request.parameter("agency")
            )
            return try await lists.fees(filter, cut)
        }
    }

    @Sendable private func categories(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        try await answer(request) { day, cut in try await lists.categories(on: day, cut) }
    }

    private func answer(
        _ request: Request,
        _ read: (Day, CatalogueLists.Cut) async throws -> CatalogueLists.Page
    ) async throws -> Response {
        let day = try request.parameter("on", .existingDay) { Day($0) } ?? Instant.now().day
        let cut = try CatalogueLists.Cut(after: request.parameter("cursor"), limit: try request.limit())
        let page = try await read(day, cut)
        let tag = "\"catalogue-\(page.version)-\(day)\""
        var response =
            CatalogueRoutes.holds(request.headers[.ifNoneMatch], tag)
            ? Response(status: .notModified) : Response.json(page.json)
        response.headers[.eTag] = tag
        // For the caller alone, who asks each time whether it still holds.
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }

    /// Whether the caller has what the tag stands for; a weak tag is as good, RFC 9110 §13.1.2.
    private static func holds(_ known: String?, _ tag: String) -> Bool {
        (known ?? "").split(separator: ",").map { $0.trimming() }.contains { one in
            one == "*" || one == tag || one == "W/" + tag
        }
    }
}
