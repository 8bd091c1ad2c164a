import Casework
import Workflow

extension PayerPages {
    /// Leads from an expired request to one that can be paid: the newer one if there is one, otherwise a new one at the
    /// prices of today. Returns its token; the same token for a request that is not expired or that holds money, of which a
    /// person must say what becomes of it.
    public func renew(token: String, from origin: CallOrigin) async throws -> String {
        let view = try await view(token: token)
        guard view.state == .expired else {
            // Whoever presses the button of an old tab is shown how things stand now.
            return token
        }
        if let successor = view.successor { return successor }
        return try await requests.renew(view.request, by: origin)
    }
}
