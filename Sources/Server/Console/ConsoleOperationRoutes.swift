import Collection
import Console
import Hummingbird
import Identity
import Values

/// What runs the installation, for who administers or audits it.
struct ConsoleOperationRoutes {
    let door: ConsoleFrontDoor
    let connections: Connections
    let replay: CallbackReplay
    let endpoints: EventEndpoints
    let events: EventStore
    let catalogue: CatalogueStore

    func add(to routes: RouteTable) {
        door.get(routes, ConsoleSection.operations.path, .readEventEndpoints) { call in .page(try await page(call)) }
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
        // An installation belongs to the whole province: nobody who acts for one locality alone sees its keys.
        guard call.caller.localities == nil else {
            throw ServiceError(.forbidden, .ofWholeProvince)
        }
        let state = OperationsPage.State(
            connections: try await connections.list(),
            refused: try await replay.list(.refused, connection: nil, outcome: nil, before: nil, limit: 20),
            endpoints: try await endpoints.list(),
            dead: try await events.list(EventStore.Filter(state: "dead"), newestFirst: true, limit: 20),
            versions: try await catalogue.versions(limit: 10)
        )
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

extension Phrase {
    static let ofWholeProvince = Phrase(
        vi: "Trang này dành cho người làm việc cho cả tỉnh.",
        en: "This page is for those who act for the whole province."
    )
}
