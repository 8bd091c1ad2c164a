import HTTPTypes
import Hummingbird
import Values

/// The addresses of the server: what is added here is also known by its methods, so that another method at an address that
/// exists is refused as such (405 with `Allow`) and not as an address that does not.
final class RouteTable {
    typealias Handler = @Sendable (Request, KhopContext) async throws -> Response

    /// What callers may try, whether there is such a method at an address or not.
    private static let tried: [HTTPRequest.Method] =
        [.get, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)

    let router = Router(context: KhopContext.self, options: .autoGenerateHeadEndpoints)
    private var methods: [(path: String, methods: Set<HTTPRequest.Method>)] = []

    func get(_ path: String, use handler: @escaping Handler) { add(path, .get, handler) }
    func post(_ path: String, use handler: @escaping Handler) { add(path, .post, handler) }
    func put(_ path: String, use handler: @escaping Handler) { add(path, .put, handler) }
    func delete(_ path: String, use handler: @escaping Handler) { add(path, .delete, handler) }

    private func add(_ path: String, _ method: HTTPRequest.Method, _ handler: @escaping Handler) {
        router.on(RouterPath(path), method: method, use: handler)
        if let place = methods.firstIndex(where: { $0.path == path }) {
            methods[place].methods.insert(method)
        } else {
            methods.append((path, [method]))
        }
    }

    /// Every address with each of its methods, in the order in which they were added.
    var addresses: [(path: String, method: HTTPRequest.Method)] {
        methods.flatMap { path, known in known.map { (path, $0) } }
    }

    /// Refuses every other method at the addresses added so far; called once, after the last was added.
    func refuseOtherMethods() {
        for (path, known) in methods {
            // HEAD is answered like GET, without the body.
            let allowed = known.union(known.contains(.get) ? [.head] : [])
            let list = allowed.map(\.rawValue).sorted().joined(separator: ", ")
            for method in RouteTable.tried where !known.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in
                    throw MethodNotAllowed(allowed: list)
                }
            }
        }
    }
}
