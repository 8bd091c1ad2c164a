import Collection
import Console
import Hummingbird
import Identity
import Values

/// What portals were told, and telling them again.
struct ConsoleEventRoutes {
    let door: ConsoleFrontDoor
    let events: EventStore
    let endpoints: EventEndpoints

    private static let path = "/console/operations/events"
    private static let pageSize = 50

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readEventEndpoints, list)
        door.get(routes, Self.path + "/:id", .readEventEndpoints, read)
        door.post(routes, Self.path + "/resend", .redeliverEvents, back: { _ in Self.path }, resend)
    }

    private func requireProvince(_ call: ConsoleCall) throws {
        try call.caller.requireWholeProvince()
    }

    /// How many are sent again, and how many could not be, as the address says.
    static func told(_ call: ConsoleCall) -> String? {
        guard let sent = call.parameter("sent").flatMap({ Int($0) }) else { return nil }
        let left = call.parameter("left").flatMap { Int($0) } ?? 0
        let phrase = Phrase(vi: "Sẽ gửi lại \(sent) sự kiện ngay.", en: "\(sent) events are sent again at once.")
        guard left > 0 else { return phrase[call.language] }
        let rest = Phrase(
            vi: " \(left) sự kiện không còn nơi nhận nào.",
            en: " \(left) have no endpoint left to go to."
        )
        return phrase[call.language] + rest[call.language]
    }

    @Sendable private func list(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        try requireProvince(call)
        let state = call.parameter("state")
        let found = try await events.list(
            EventStore.Filter(state: state),
            after: try call.request.cursor { Int64($0) },
            newestFirst: true,
            limit: Self.pageSize
        )
        return .page(
            EventsPage(
                found,
                state: state,
                next: found.count == Self.pageSize ? found.last?.id : nil,
                for: call.caller,
                done: ConsoleEventRoutes.told(call),
                in: call.language
            )
        )
    }

    @Sendable private func read(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        try requireProvince(call)
        let event = try await events.find(try call.number(.event))
        let addresses = try await endpoints.list().map { ($0.name, $0.url) }
        return .page(
            EventPage(
                event,
                addresses: Dictionary(addresses, uniquingKeysWith: { first, _ in first }),
                for: call.caller,
                done: ConsoleEventRoutes.told(call),
                in: call.language
            )
        )
    }

    /// Sends those chosen again; one that has no endpoint any more does not hold up the others.
    @Sendable private func resend(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try requireProvince(call)
        let chosen = form.fields.keys.filter { $0.hasPrefix("event-") }.compactMap { Int64($0.dropFirst(6)) }.sorted()
        var left = 0
        for id in chosen {
            do { _ = try await events.redeliver(id, by: call.caller.person) } catch let error as ServiceError {
                guard [.conflict, .notFound].contains(error.code) else { throw error }
                left += 1
            }
        }
        let back = form["back"].hasPrefix("/console/") ? call.page.next(form["back"]) : Self.path
        let outcome = "sent=\(chosen.count - left)" + (left > 0 ? "&left=\(left)" : "")
        return .goTo(back + (back.contains("?") ? "&" : "?") + outcome)
    }
}
