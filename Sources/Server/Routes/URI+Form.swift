import Hummingbird
import HummingbirdCore

extension URI {
    /// The parameters of the query as forms and most programs write them: a space is `+` (WHATWG URL,
    /// `application/x-www-form-urlencoded`), and a plus is `%2B`.
    var formParameters: FlatDictionary<Substring, Substring> {
        guard let query, query.contains("+") else { return queryParameters }
        return URI("/?" + query.replacing("+", with: "%20")).queryParameters
    }
}
