import Console
import Hummingbird
import NIOCore

/// The style and the script of the console. Their addresses change with what they hold, so they are kept for ever.
struct ConsoleAssetRoutes {
    func add(to routes: RouteTable) {
        for file in [ConsoleAssets.style, ConsoleAssets.script] {
            routes.get(file.path) { _, _ in
                var response = Response(
                    status: .ok,
                    headers: [.contentType: file.contentType, .cacheControl: "public, max-age=31536000, immutable"],
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes))
                )
                response.headers[.xContentTypeOptions] = "nosniff"
                return response
            }
        }
    }
}
