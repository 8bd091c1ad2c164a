import Collection
import Hummingbird
import PaymentQR
import Values

/// The page behind an invitation link: choose a password, set up an authenticator, keep the recovery codes.
struct InvitePages {
    let pages: Pages
    let persons: Persons

    func add(to routes: RouteTable) {
        pages.get(routes, "/invite/:token") { call in try await form(call) }
        pages.post(routes, "/invite/:token", accept)
    }

    private func form(_ call: PageCall, fault: ServiceError? = nil) async throws -> Response {
        let token = call.context.parameters.get("token") ?? ""
        let invitation = try await persons.invitation(token)
        var values: [String: Any] = [
            "invitedName": invitation.name, "email": invitation.email, "expiresAt": invitation.expiresAt.formatted,
            "action": "/invite/\(token)", "secret": InvitePages.grouped(invitation.secret),
            "qr": QRCode(invitation.uri)?.svg ?? "",
        ]
        if let fault {
            values["fault"] = fault.faults.first?.reason[call.language] ?? fault.message(in: call.language)
        }
        return pages.render(
            "invite",
            call,
            title: PageTexts.inviteTitle[call.language],
            status: fault.map { ProblemType($0.code).status } ?? .ok,
            values
        )
    }

    @Sendable private func accept(_ call: PageCall, _ form: PageForm) async throws -> Response {
        do {
            guard form["password"] == form["repeated"] else { throw ServiceError(.invalidBody, PageTexts.differs) }
            let codes = try await persons.accept(
                call.context.parameters.get("token") ?? "",
                password: form["password"],
                code: form["code"],
                from: call.origin
            )
            return pages.recovery(call, codes, onward: "/login", PageTexts.toLogin)
        } catch let error as ServiceError where error.code == .invalidBody {
            return try await self.form(call, fault: error)
        }
    }

    /// In groups of four, for those who type it.
    private static func grouped(_ secret: String) -> String {
        let letters = Array(secret)
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
            .joined(separator: " ")
    }
}

extension Pages {
    /// The recovery codes, shown once.
    func recovery(_ call: PageCall, _ codes: [String], onward: String, _ text: Phrase, person: KnownPerson? = nil)
        -> Response
    {
        render(
            "recovery",
            call,
            title: PageTexts.all["recoveryTitle"]?[call.language] ?? "",
            person: person,
            ["codes": codes, "onward": onward, "onwardText": text[call.language]]
        )
    }
}
