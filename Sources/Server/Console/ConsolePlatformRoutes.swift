import Collection
import Console
import Hummingbird
import Identity
import Values

/// The daily files of the national payment platform.
struct ConsolePlatformRoutes {
    let door: ConsoleFrontDoor
    let platform: Platform
    let jurisdiction: Jurisdiction

    private static let path = PlatformFilesPage.path
    private static let pageSize = 50

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readCases) { call in
            let files = try await platform.files.list(
                within: try await jurisdiction.accounts(for: call.caller),
                before: try call.request.cursor { Int64($0) },
                limit: Self.pageSize
            )
            return .page(
                PlatformFilesPage(
                    files,
                    waiting: try await platform.payments.waiting(),
                    next: files.count == Self.pageSize ? files.last?.id : nil,
                    in: call.language
                )
            )
        }
        door.get(routes, Self.path + "/:id", .readCases) { call in
            let shown = try await platform.files.show(
                try call.number(.platformFile),
                within: try await jurisdiction.accounts(for: call.caller)
            )
            return .page(PlatformFilePage(shown, for: call.caller, in: call.language))
        }
        door.post(routes, Self.path + "/:id/answer", .reconcile, back: Self.back) { call, _ in
            let (shown, text) = try await platform.files.answer(
                try call.number(.platformFile),
                by: call.caller.person,
                within: try await jurisdiction.accounts(for: call.caller)
            )
            return .raw(PlatformRoutes.file(text, of: shown.file))
        }
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        path + "/" + (context.parameters.get("id") ?? "").percentEncoded()
    }
}
