import Collection
import Hummingbird
import Identity
import Values

/// What a person sees and does about their own account.
struct AccountPages {
    let pages: Pages
    let persons: Persons

    func add(to routes: RouteTable) {
        pages.get(routes, "/") { call in
            guard try await pages.session(of: call) != nil else { return .redirect(to: "/login") }
            return .redirect(to: "/console")
        }
        pages.get(routes, forPersonsAt: "/account") { call, session in try await show(call, session) }
        pages.post(routes, forPersonsAt: "/account/sessions/:id/end") { call, session, _ in
            guard let id = call.context.parameters.get("id").flatMap({ Int64($0) }) else {
                return .redirect(to: "/account")
            }
            try await pages.sessions.end(id, by: session)
            return try await show(call, session, done: PageTexts.sessionEnded)
        }
        pages.post(routes, forPersonsAt: "/account/password", changePassword)
        pages.post(routes, forPersonsAt: "/account/recovery-codes") { call, session, _ in
            guard let codes = try await fresh({ try await persons.renewRecoveryCodes(of: session) }) else {
                return AccountPages.toSecondFactor
            }
            return pages.recovery(call, codes, onward: "/account", PageTexts.toAccount, person: session.person)
        }
    }

    private static let toSecondFactor = Response.redirect(to: "/second-factor?next=/account")

    /// `nil` if a code must be given first.
    private func fresh<Value>(_ work: () async throws -> Value) async throws -> Value? {
        do { return try await work() } catch let error as ServiceError where error.code == .secondFactorNeeded {
            return nil
        }
    }

    @Sendable private func changePassword(_ call: PageCall, _ session: PersonSession, _ form: PageForm) async throws
        -> Response
    {
        do {
            guard form["password"] == form["repeated"] else { throw ServiceError(.invalidBody, PageTexts.differs) }
            let changed: Void? = try await fresh {
                try await persons.changePassword(of: session, from: form["old_password"], to: form["password"])
            }
            guard changed != nil else { return AccountPages.toSecondFactor }
            return try await show(call, session, done: PageTexts.passwordChanged)
        } catch let error as ServiceError where error.code == .invalidBody {
            return try await show(call, session, fault: error)
        }
    }

    private func show(_ call: PageCall, _ session: PersonSession, done: Phrase? = nil, fault: ServiceError? = nil)
        async throws -> Response
    {
        let person = session.person
        let all = try await pages.sessions.list(of: person.id)
        var values: [String: Any] = [
            "accountName": person.name, "email": person.email, "roles": AccountPages.roles(person, call.language),
            "sessions": all.map { one -> [String: Any] in
                [
                    "id": String(one.id), "address": one.address, "agent": one.userAgent.map(AgentName.of) ?? "",
                    "createdAt": one.createdAt.formatted, "lastUsedAt": one.lastUsedAt.formatted,
                    "isCurrent": one.id == session.id,
                ]
            },
        ]
        if let done { values["done"] = done[call.language] }
        if let fault { values["fault"] = fault.message(in: call.language) }
        return pages.render(
            "account",
            call,
            title: PageTexts.all["account"]?[call.language] ?? "",
            status: fault.map { ProblemType($0.code).status } ?? .ok,
            person: person,
            isNarrow: false,
            values
        )
    }

    private static func roles(_ person: KnownPerson, _ language: Language) -> [String] {
        person.roles.map { held in
            let place = held.grant.localityCode.map {
                " · " + Phrase(vi: "địa bàn \($0)", en: "locality \($0)")[language]
            }
            let end = held.until.map {
                " · " + Phrase(vi: "đến \($0.formatted)", en: "until \($0.formatted)")[language]
            }
            let other = held.standsInFor.map { " · " + Phrase(vi: "thay \($0)", en: "for \($0)")[language] }
            return held.grant.role.words[language] + (place ?? "") + (other ?? "") + (end ?? "")
        }
    }
}
