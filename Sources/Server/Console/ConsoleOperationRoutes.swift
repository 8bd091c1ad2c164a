import Collection
import Console
import Hummingbird
import Identity
import Values

/// What runs the installation: each part of it for those who may see it.
struct ConsoleOperationRoutes {
    let door: ConsoleFrontDoor
    let connections: Connections
    let replay: CallbackReplay
    let endpoints: EventEndpoints
    let events: EventStore
    let catalogue: CatalogueStore
    let jurisdiction: Jurisdiction

    func add(to routes: RouteTable) {
        door.get(routes, ConsoleSection.operations.path, nil) { call in .page(try await page(call)) }
        let back: @Sendable (KhopContext) -> String = { _ in ConsoleSection.operations.path }
        door.post(routes, "/console/operations/replay", .manageEventEndpoints, back: back) { call, form in
            let id = try CallbackReplay.ID(form["id"])
            let outcome = try await replay.replay(id, by: call.caller.person)
            return .goTo(ConsoleSection.operations.path + "?done=" + outcome.percentEncoded())
        }
        door.post(routes, "/console/operations/resend", .redeliverEvents, back: back) { call, form in
            _ = try await events.redeliver(try Event.id(form["id"]), by: call.caller.person)
            return .goTo(ConsoleSection.operations.path + "?done=resent")
        }
    }

    private func page(_ call: ConsoleCall) async throws -> OperationsPage {
        if !ConsoleSection.operations.isOpen(to: call.caller) { try call.caller.require(.readEventEndpoints) }
        var state = OperationsPage.State()
        if call.caller.holds(.readConnections) {
            let accounts = try await jurisdiction.accounts(for: call.caller.acting(for: .readConnections)).map(Set.init)
            state.connections = try await connections.list().filter { accounts?.contains($0.accountNumber) ?? true }
        }
        // The rest belongs to the whole province: nobody who acts for one locality alone sees its keys.
        func holds(_ permission: Permission) -> Bool {
            call.caller.holds(permission) && call.caller.acting(for: permission).localities == nil
        }
        if holds(.readCatalogue) { state.versions = try await catalogue.versions(limit: 10) }
        if holds(.readEventEndpoints) {
            state.refused = try await replay.list(.refused, connection: nil, outcome: nil, before: nil, limit: 20)
            state.endpoints = try await endpoints.list()
            state.dead = try await events.list(EventStore.Filter(state: "dead"), newestFirst: true, limit: 20)
        }
        return OperationsPage(
            state,
            for: call.caller,
            done: ConsoleOperationRoutes.told(call),
            in: call.language
        )
    }

    private static func told(_ call: ConsoleCall) -> String? {
        guard let done = call.parameter("done") else { return nil }
        return done == "resent"
            ? Phrase(vi: "Sẽ gửi lại ngay.", en: "It is sent again at once.")[call.language]
            : Phrase(vi: "Đã phát lại.", en: "Replayed.")[call.language]
    }
}
