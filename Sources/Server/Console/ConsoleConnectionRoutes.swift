import Collection
import Console
import Hummingbird
import Identity
import Values

/// The connections, each with its rhythm and its refusals, and a refused callback with what is wrong with it.
struct ConsoleConnectionRoutes {
    let door: ConsoleFrontDoor
    let signs: ConnectionSigns
    let replay: CallbackReplay
    let unmasking: Unmasking
    let jurisdiction: Jurisdiction

    private static let path = "/console/operations/connections"
    private static let pageSize = 50

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readConnections, list)
        door.get(routes, Self.path + "/:name", .readConnections, one)
        let callback = CallbackPage.path(":id")
        door.get(routes, callback, .readConnections, showing: .callback) { call in
            .page(try await page(call, seenWith: call.caller.sight))
        }
        door.post(routes, callback + "/unmask", .readConnections, back: Self.back, unmask)
        door.post(routes, callback + "/replay", .manageEventEndpoints, back: Self.back, again)
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        CallbackPage.path((context.parameters.get("id") ?? "").percentEncoded(keeping: ":"))
    }

    @Sendable private func list(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let accounts = try await jurisdiction.accounts(for: call.caller).map(Set.init)
        let seen = try await signs.list().filter { accounts?.contains($0.connection.accountNumber) ?? true }
        return .page(ConnectionsPage(seen, in: call.language))
    }

    /// A connection; throws `forbidden` for one of another locality's account.
    private func signs(_ name: String, for caller: Caller) async throws -> ConnectionSigns.Listed {
        let found = try await signs.find(name)
        try await jurisdiction.authorize(account: found.connection.accountNumber, for: caller)
        return found
    }

    @Sendable private func one(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let found = try await signs(try call.context.parameters.require("name"), for: call.caller)
        let refused = try await replay.list(
            .refused,
            connection: found.connection.name,
            outcome: nil,
            before: try call.request.cursor { Int64($0) },
            limit: Self.pageSize
        )
        let last = refused.last?["id"]?.string.flatMap { Int64($0.split(separator: ":").last ?? "") }
        return .page(
            ConnectionPage(
                found,
                refused: refused,
                next: refused.count == Self.pageSize ? last : nil,
                in: call.language
            )
        )
    }

    private func page(
        _ call: ConsoleCall,
        seenWith sight: PersonalSight,
        fault: ServiceError? = nil
    ) async throws -> CallbackPage {
        let id = try CallbackReplay.ID(call.context.parameters.get("id") ?? "")
        let examined = try await replay.examine(id, seenWith: sight)
        _ = try await signs(examined.connection, for: call.caller)
        let done = call.parameter("done").map { outcome in
            Phrase(vi: "Đã phát lại: ", en: "Replayed: ")[call.language] + CallbackPage.outcome(outcome)[call.language]
        }
        return CallbackPage(
            examined,
            for: call.caller,
            done: done,
            fault: fault?.told(in: call.language),
            in: call.language
        )
    }

    /// Shows it in full to who says why; the reason is in the audit before anything is shown.
    @Sendable private func unmask(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let id = try CallbackReplay.ID(call.context.parameters.get("id") ?? "")
        do {
            try await unmasking.record(call.caller, reason: form["reason"], what: "callback:\(id)")
            return .page(try await page(call, seenWith: .full))
        } catch let error as ServiceError where error.code == .invalidParameter {
            return .refused(try await page(call, seenWith: call.caller.sight, fault: error), error)
        }
    }

    @Sendable private func again(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try call.caller.requireWholeProvince()
        let id = try CallbackReplay.ID(call.context.parameters.get("id") ?? "")
        let outcome = try await replay.replay(id, by: call.caller.person)
        return .goTo(CallbackPage.path(id.description) + "?done=" + outcome.percentEncoded())
    }
}
