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
    let pace: UploadPace
    /// Those of the statements' pages.
    let uploads: PendingUploads

    private static let path = PlatformFilesPage.path
    private static let pageSize = 50

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readCases) { call in .page(try await list(call)) }
        door.upload(routes, Self.path + "/look", .importStatement, back: Self.path, look)
        door.get(routes, Self.path + "/preview/:token", .importStatement) { call in .page(try await previewPage(call)) }
        let toList: @Sendable (KhopContext) -> String = { _ in Self.path }
        door.post(routes, Self.path + "/preview/:token", .importStatement, back: toList, bring)
        door.get(routes, Self.path + "/:id", .readCases) { call in
            let shown = try await platform.files.show(
                try call.number(.platformFile),
                within: try await jurisdiction.accounts(for: call.caller)
            )
            let isNew = call.parameter("done") == "imported"
            return .page(PlatformFilePage(shown, for: call.caller, isNew: isNew, in: call.language))
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

    /// The files, and the form that brings another.
    func list(
        _ call: ConsoleCall,
        typed: (connection: String, day: String, fault: String)? = nil
    ) async throws -> PlatformFilesPage {
        let accounts = try await jurisdiction.accounts(for: call.caller)
        let files = try await platform.files.list(
            within: accounts,
            before: try call.request.cursor { Int64($0) },
            limit: Self.pageSize
        )
        return PlatformFilesPage(
            files,
            waiting: try await platform.payments.waiting(),
            next: files.count == Self.pageSize ? files.last?.id : nil,
            connections: call.caller.holds(.importStatement)
                ? try await platform.files.connectionNames(within: accounts) : [],
            typed: typed,
            in: call.language
        )
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        path + "/" + (context.parameters.get("id") ?? "").percentEncoded()
    }
}
