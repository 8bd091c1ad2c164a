import Collection
import Console
import Foundation
import Hummingbird
import Identity
import Values

/// The views that persons keep, each their own; an address of one leads whoever is logged in to its page.
struct ConsoleViewRoutes {
    let door: ConsoleFrontDoor
    let views: SavedViews

    private static let path = "/console/views"

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, nil) { call in .page(try await page(call)) }
        door.get(routes, Self.path + "/:id", nil) { call in .goTo(try await views.address(of: try id(call))) }
        door.post(routes, Self.path, nil, back: { _ in Self.path }, save)
        door.post(routes, Self.path + "/:id/rename", nil, back: { _ in Self.path }, rename)
        door.post(routes, Self.path + "/:id/delete", nil, back: { _ in Self.path }, delete)
    }

    @Sendable private func save(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try await doing(call, "saved") { person, owner in
            try await views.save(form["name"], address: form["address"], by: person, owner: owner)
        }
    }

    @Sendable private func rename(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let id = try id(call)
        return try await doing(call, "renamed") { person, owner in
            try await views.rename(id, to: form["name"], by: person, owner: owner)
        }
    }

    @Sendable private func delete(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let id = try id(call)
        return try await doing(call, "deleted") { person, owner in
            try await views.delete(id, by: person, owner: owner)
        }
    }

    private func id(_ call: ConsoleCall) throws -> UUID {
        guard let id = call.context.parameters.get("id").flatMap({ UUID(uuidString: $0) }) else {
            throw ServiceError(.notFound, .none(.savedView))
        }
        return id
    }

    private func page(_ call: ConsoleCall, fault: ServiceError? = nil) async throws -> ViewsPage {
        let done: Phrase? =
            switch call.parameter("done") {
            case "saved": Phrase(vi: "Đã lưu bộ lọc.", en: "The view is kept.")
            case "renamed": Phrase(vi: "Đã đổi tên.", en: "It is renamed.")
            case "deleted": Phrase(vi: "Đã xóa bộ lọc.", en: "The view is deleted.")
            default: nil
            }
        return ViewsPage(
            try await views.list(of: call.caller.id),
            done: done.map { $0[call.language] },
            fault: fault?.told(in: call.language),
            in: call.language
        )
    }

    /// Does it; a refusal is told above the person's views.
    private func doing<Made>(_ call: ConsoleCall, _ done: String, _ act: (Person, UUID) async throws -> Made)
        async throws
        -> ConsoleFrontDoor.Answer
    {
        do {
            _ = try await act(call.caller.person, call.caller.id)
            return .goTo(Self.path + "?done=" + done)
        } catch let error as ServiceError where [.conflict, .invalidBody].contains(error.code) {
            return .refused(try await page(call, fault: error), error)
        }
    }
}
