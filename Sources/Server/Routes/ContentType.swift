import Collection
import HTTPTypes
import Hummingbird
import Values

/// What a body says that it is.
enum ContentType {
    /// A body of another kind than JSON.
    struct NotJSON: Error {}

    /// Throws for a body that says to be something else than JSON.
    ///
    /// A caller with a bearer key may leave the type out, or send the one that curl and others set by themselves
    /// (`application/x-www-form-urlencoded`): no browser sends his key for him. A request with cookies is one that a
    /// browser may have made for another site, and a form cannot set this type: there it must be `application/json`.
    static func checkJSON(_ request: Request) throws {
        guard request.method == .post || request.method == .put, hasBody(request) else { return }
        let given = request.headers[.contentType]?.split(separator: ";").first.map { $0.trimming().lowercased() } ?? ""
        let isJSON = given == "application/json" || given.hasPrefix("application/") && given.hasSuffix("+json")
        if isJSON { return }
        guard request.headers[.cookie] == nil, given.isEmpty || given == "application/x-www-form-urlencoded" else {
            throw NotJSON()
        }
    }

    static func hasBody(_ request: Request) -> Bool {
        if let length = request.headers[.contentLength] { return length != "0" }
        return request.headers[.transferEncoding] != nil
    }
}
