import Collection
import Console
import Foundation
import Hummingbird
import Identity
import Values

/// Who may enter: persons with their roles, and the keys of programs.
struct ConsoleAccessRoutes {
    let door: ConsoleFrontDoor
    let persons: Persons
    let keys: APIKeys

    static let personsPath = "/console/operations/persons"
    static let keysPath = "/console/operations/keys"

    func add(to routes: RouteTable) {
        door.get(routes, Self.personsPath, .readEventEndpoints) { call in .page(try await personsPage(call)) }
        door.get(routes, Self.personsPath + "/:id", .readEventEndpoints) { call in
            .page(try await personPage(call, done: Self.told(call)))
        }
        door.post(routes, Self.personsPath, .manageAccess, back: { _ in Self.personsPath }, addPerson)
        door.post(routes, Self.personsPath + "/:id/invite", .manageAccess, back: Self.back, invite)
        change(routes, "grant") { id, form, person in
            let until = try ConsoleAccessRoutes.end(form)
            try await persons.grant(try ConsoleAccessRoutes.grant(form), until: until, to: id, by: person)
        }
        change(routes, "revoke") { id, form, person in
            try await persons.revoke(try ConsoleAccessRoutes.grant(form), of: id, by: person)
        }
        change(routes, "disable") { id, _, person in try await persons.disable(id, by: person) }
        change(routes, "enable") { id, _, person in try await persons.enable(id, by: person) }
        door.get(routes, Self.keysPath, .readEventEndpoints) { call in
            .page(try await keysPage(call, done: Self.told(call)))
        }
        let back: @Sendable (KhopContext) -> String = { _ in Self.keysPath }
        door.post(routes, Self.keysPath, .manageAccess, back: back, addKey)
        door.post(routes, Self.keysPath + "/:id/rotate", .manageAccess, back: back, rotate)
        door.post(routes, Self.keysPath + "/:id/revoke", .manageAccess, back: back) { call, form in
            try await keyDone(call, form) {
                try await keys.revoke(try call.request.identifier(call.context, .apiKey), by: call.caller.person)
                return nil
            }
        }
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        personsPath + "/" + (context.parameters.get("id") ?? "").percentEncoded()
    }

    /// An installation belongs to the whole province: whoever acts for one locality alone has no say in who enters it.
    private func requireProvince(_ call: ConsoleCall) throws {
        try call.caller.requireWholeProvince()
    }

    private static func told(_ call: ConsoleCall) -> String? {
        call.parameter("done").map { _ in Phrase(vi: "Đã ghi nhận.", en: "Done.")[call.language] }
    }

    /// What a form was refused for is told on its page; all else by the door.
    private static func isTold(_ error: ServiceError) -> Bool {
        [.invalidBody, .invalidParameter, .conflict, .forbidden, .notFound].contains(error.code)
    }

    private static func grant(_ form: PageForm) throws -> RoleGrant {
        guard let role = Role(rawValue: form["role"]) else {
            throw ServiceError(.invalidParameter, at: "role", .oneOf(Role.ofPersons.map(\.rawValue)))
        }
        let locality = form["locality"].trimming()
        return RoleGrant(role, in: locality.isEmpty ? nil : locality)
    }

    /// The end of the day that a form names; `nil` for an empty field.
    private static func end(_ form: PageForm) throws -> Instant? {
        guard !form["until"].isEmpty else { return nil }
        guard let day = Day(form["until"]) else { throw ServiceError(.invalidParameter, at: "until", .existingDay) }
        return day.next.start
    }
}

extension ConsoleAccessRoutes {
    private func personsPage(
        _ call: ConsoleCall,
        invited: OneTimeSecret? = nil,
        fault: ServiceError? = nil,
        form: PageForm? = nil
    ) async throws -> PersonsPage {
        try requireProvince(call)
        return PersonsPage(
            try await persons.list(),
            invited: invited,
            fault: fault?.told(in: call.language),
            typed: form?.fields ?? call.kept,
            for: call.caller,
            in: call.language
        )
    }

    private func personPage(
        _ call: ConsoleCall,
        invited: OneTimeSecret? = nil,
        done: String? = nil,
        fault: ServiceError? = nil,
        form: PageForm? = nil
    ) async throws -> PersonPage {
        try requireProvince(call)
        let id = try call.request.identifier(call.context, .person)
        return PersonPage(
            try await persons.find(id.text),
            invited: invited,
            done: done,
            fault: fault?.told(in: call.language),
            typed: form?.fields ?? call.kept,
            for: call.caller,
            in: call.language
        )
    }

    private func secret(_ invited: Invited) -> OneTimeSecret {
        OneTimeSecret(
            what: invited.person.name,
            text: invited.url(door.publicURL),
            until: invited.expiresAt.formatted
        )
    }

    @Sendable private func addPerson(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try requireProvince(call)
        do {
            let invited = try await persons.add(
                name: form["name"],
                email: form["email"].trimming(),
                grants: [try ConsoleAccessRoutes.grant(form)],
                by: call.caller.person
            )
            return .page(try await personsPage(call, invited: secret(invited)))
        } catch let error as ServiceError where ConsoleAccessRoutes.isTold(error) {
            return .refused(try await personsPage(call, fault: error, form: form), error)
        }
    }

    @Sendable private func invite(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try requireProvince(call)
        let id = try call.request.identifier(call.context, .person)
        do {
            let invited = try await persons.invite(id, by: call.caller.person)
            return .page(try await personPage(call, invited: secret(invited)))
        } catch let error as ServiceError where ConsoleAccessRoutes.isTold(error) {
            return .refused(try await personPage(call, fault: error, form: form), error)
        }
    }

    /// A form of a person's page that changes something.
    private func change(
        _ routes: RouteTable,
        _ what: String,
        _ work: @escaping @Sendable (UUID, PageForm, Person) async throws -> Void
    ) {
        door.post(routes, Self.personsPath + "/:id/" + what, .manageAccess, back: Self.back) { call, form in
            try requireProvince(call)
            let id = try call.request.identifier(call.context, .person)
            do {
                _ = try await persons.find(id.text)
                try await work(id, form, call.caller.person)
                return .goTo(Self.personsPath + "/\(id.text)?done=\(what)")
            } catch let error as ServiceError where ConsoleAccessRoutes.isTold(error) {
                return .refused(try await personPage(call, fault: error, form: form), error)
            }
        }
    }
}

extension ConsoleAccessRoutes {
    private func keysPage(
        _ call: ConsoleCall,
        created: OneTimeSecret? = nil,
        done: String? = nil,
        fault: ServiceError? = nil,
        form: PageForm? = nil
    ) async throws -> KeysPage {
        try requireProvince(call)
        return KeysPage(
            try await keys.list(),
            created: created,
            done: done,
            fault: fault?.told(in: call.language),
            typed: form?.fields ?? call.kept,
            for: call.caller,
            in: call.language
        )
    }

    /// Shows the key that was made; goes back to the list where there is none.
    private func keyDone(
        _ call: ConsoleCall,
        _ form: PageForm,
        _ work: () async throws -> APIKeys.Created?
    ) async throws -> ConsoleFrontDoor.Answer {
        try requireProvince(call)
        do {
            guard let made = try await work() else { return .goTo(Self.keysPath + "?done=1") }
            let secret = OneTimeSecret(what: made.caller.name, text: made.key, until: made.expiresAt.formatted)
            return .page(try await keysPage(call, created: secret))
        } catch let error as ServiceError where ConsoleAccessRoutes.isTold(error) {
            return .refused(try await keysPage(call, fault: error, form: form), error)
        }
    }

    @Sendable private func addKey(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try await keyDone(call, form) {
            let grant = try ConsoleAccessRoutes.grant(form)
            return try await keys.create(
                role: grant.role,
                name: form["name"].trimming(),
                localityCode: grant.localityCode,
                returnHosts: form["hosts"].split(separator: " ").map(String.init),
                expiresAt: try ConsoleAccessRoutes.end(form),
                by: call.caller.person
            )
        }
    }

    @Sendable private func rotate(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try await keyDone(call, form) {
            guard let hours = Int64(form["overlap"].trimming()), (0...2160).contains(hours) else {
                throw ServiceError(.invalidParameter, at: "overlap", .wholeNumber(0...2160))
            }
            return try await keys.rotate(
                try call.request.identifier(call.context, .apiKey),
                overlap: hours * 3600,
                by: call.caller.person
            )
        }
    }
}
