import Collection
import Hummingbird
import Identity
import Values

/// The page behind a login link. Opening it changes nothing, so that a preview of the link does not use it up; its button
/// logs in.
struct LoginLinkPages {
    let pages: Pages
    let links: LoginLinks

    func add(to routes: RouteTable) {
        pages.get(routes, LoginLinks.path + "/:token") { call in
            let token = LoginLinkPages.token(call)
            let link = try await links.find(token)
            return pages.render(
                "login_link",
                call,
                title: PageTexts.texts(call.language)["loginTitle"] ?? "",
                [
                    "personName": link.person.name, "email": link.person.email,
                    "roles": link.person.roles.map { $0.grant.role.words[call.language] },
                    "expiresAt": link.expiresAt.formatted, "action": "\(LoginLinks.path)/\(token)",
                ]
            )
        }
        pages.post(routes, LoginLinks.path + "/:token") { call, _ in
            let opened = try await links.use(LoginLinkPages.token(call), call.origin)
            var response = Response.redirect(to: "/console")
            PageCookie.set(PageCookie.session, opened.token, on: &response)
            return response
        }
    }

    private static func token(_ call: PageCall) -> String { call.context.parameters.get("token") ?? "" }
}
