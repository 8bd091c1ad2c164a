import BankCallbacks
import Collection
import HTTPTypes
import Hummingbird
import Identity
import Values

/// The national payment platform: what it looks up here, and its daily files.
struct PlatformRoutes {
    let platform: Platform
    let jurisdiction: Jurisdiction

    func add(to router: RouteTable, _ gate: Gate) {
        router.post("/v1/platform/:connection/lookup", use: lookUp)
        router.get("/v1/platform-files", use: gate(.readCases, list))
        router.post("/v1/platform-files", use: gate(.importStatement, takesFile: true, importFile))
        router.get("/v1/platform-files/:id", use: gate(.readCases, show))
        router.post("/v1/platform-files/:id/answer", use: gate(.reconcile, answer))
    }

    /// The platform asks what is due for a dossier; it brings a token of its own.
    @Sendable private func lookUp(_ request: Request, _ context: KhopContext) async throws -> Response {
        let stated = request.headers[.authorization] ?? ""
        let token = stated.lowercased().hasPrefix("bearer ") ? String(stated.dropFirst(7)).trimming() : ""
        let answer = try await platform.lookUp.answer(
            try Request.json(try await request.bytes()),
            connection: context.parameters.get("connection") ?? "",
            token: token,
            from: context.address
        )
        var response = Response.json(answer)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let limit = try request.limit(default: 50)
        let files = try await platform.files.list(
            connection: request.parameter("connection"),
            within: try await jurisdiction.accounts(for: caller),
            before: try request.cursor { Int64($0) },
            limit: limit
        )
        let next = files.count == limit ? files.last.map { String($0.id) } : nil
        return .json(["items": .array(files.map(\.json)), "next_cursor": .optional(next)])
    }

    @Sendable private func importFile(
        _ request: Request,
        _ context: KhopContext,
        _ caller: Caller
    ) async throws -> Response {
        let form = Phrase.existingDay
        guard let day = try request.parameter("day", form, { Day($0) }) else {
            throw ServiceError(.invalidParameter, at: "day", form)
        }
        guard let connection = request.parameter("connection") else {
            throw ServiceError(
                .invalidParameter,
                at: "connection",
                Phrase(vi: "hãy nêu kết nối: ?connection=…", en: "name the connection: ?connection=…")
            )
        }
        let imported = try await platform.files.importFile(
            try await request.bytes(),
            connection: connection,
            day: day,
            name: request.parameter("name") ?? "",
            by: caller.person,
            within: try await jurisdiction.accounts(for: caller)
        )
        return .json(imported.json(in: context.language), status: imported.isRepeated ? .ok : .created)
    }

    @Sendable private func show(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let shown = try await platform.files.show(
            try request.number(context, .platformFile),
            within: try await jurisdiction.accounts(for: caller)
        )
        return .json(shown.json(in: context.language))
    }

    @Sendable private func answer(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        let (shown, text) = try await platform.files.answer(
            try request.number(context, .platformFile),
            by: caller.person,
            within: try await jurisdiction.accounts(for: caller)
        )
        return PlatformRoutes.file(text, of: shown.file)
    }

    /// The answer as a file.
    static func file(_ text: String, of file: PlatformFileRecord) -> Response {
        var response = Response.text(text, "text/plain; charset=utf-8")
        let name = "\(file.connection)-\(file.day)-answer.txt"
        response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
