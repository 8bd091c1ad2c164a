import Collection
import Hummingbird
import Values

/// A request to a page, with what every page needs to know of it.
struct PageCall {
    let request: Request
    let context: KhopContext
    let language: Language
    /// The token in the cookie; empty without one.
    let token: String

    init(_ request: Request, _ context: KhopContext) {
        self.request = request
        self.context = context
        token = request.cookies[PageCookie.session]?.value ?? ""
        let asked = request.parameter("lang") ?? request.cookies[PageCookie.language]?.value
        language = asked.flatMap { Language(rawValue: $0) } ?? context.language
    }

    var origin: CallOrigin { context.origin(of: request) }

    /// A page of ours as the value of a parameter in an address.
    func inAddress(_ page: String) -> String { page.percentEncoded(keeping: "/") }

    /// Where to go afterwards, if it is a page of ours.
    func next(_ asked: String?) -> String {
        guard let asked, asked.utf8.count <= 500, asked.hasPrefix("/"), !asked.hasPrefix("//"),
            asked.utf8.allSatisfy({ (33...126).contains($0) && $0 != 92 })
        else { return "/console" }
        return asked
    }
}
