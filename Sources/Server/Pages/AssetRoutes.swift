import Hummingbird
import Values

/// The files that pages use.
struct AssetRoutes {
    let mode: InstallationMode

    func add(to routes: RouteTable) {
        routes.get("/assets/site.css") { _, _ in
            var response = Response.text(
                String(decoding: PackageResources.site_css, as: UTF8.self),
                "text/css; charset=utf-8"
            )
            response.headers[.cacheControl] = "max-age=3600"
            return response
        }
        guard mode == .test else { return }
        let style = TestModeMark.style
        routes.get(style.path) { _, _ in
            var response = Response.bytes(style.bytes, style.contentType)
            response.headers[.cacheControl] = "public, max-age=31536000, immutable"
            return response
        }
    }
}
