import Hummingbird

/// The files that pages use.
struct AssetRoutes {
    func add(to routes: RouteTable) {
        routes.get("/assets/site.css") { _, _ in
            var response = Response.text(
                String(decoding: PackageResources.site_css, as: UTF8.self),
                "text/css; charset=utf-8"
            )
            response.headers[.cacheControl] = "max-age=3600"
            return response
        }
    }
}
