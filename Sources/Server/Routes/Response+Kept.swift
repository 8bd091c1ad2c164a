import Collection
import HTTPTypes
import Hummingbird

extension Response {
    /// A response kept for its Idempotency-Key; a header marks one that is repeated.
    static func kept(_ answer: KeptAnswer, _ status: HTTPResponse.Status) -> Response {
        var response = Response.text(answer.body, "application/json", status)
        if answer.isRepeated { response.headers[HTTPField.Name("Idempotency-Replayed")!] = "true" }
        return response
    }
}
