import Collection
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Values

/// The bank's statements: imported, listed, shown, confirmed, undone.
struct StatementRoutes {
    let imports: StatementImport
    let previews: StatementPreviews
    let records: StatementRecords
    let confirmations: RecoveryConfirmations
    let undos: StatementUndos
    let jurisdiction: Jurisdiction
    let answers: KeptAnswers
    let pace: UploadPace

    func add(to router: RouteTable, _ gate: Gate) {
        let importing = gate(.importStatement, takesFile: true, importStatement)
        // Who may see what became of statements may see what would become of one.
        let previewing = gate(.readCases, takesFile: true, previewStatement)
        router.post("/v1/statements") { request, context in
            try await request.flag("preview") ? previewing(request, context) : importing(request, context)
        }
        router.get("/v1/statements", use: gate(.readCases, listStatements))
        router.get("/v1/statements/:id", use: gate.showing(.readCases, readStatement))
        router.post("/v1/statements/:id/confirm", use: gate(.confirmRecoveries, confirmStatement))
        router.post("/v1/statements/:id/undo", use: gate(.confirmRecoveries, undoStatement))
    }

    @Sendable private func importStatement(
        _ request: Request,
        _ context: KhopContext,
        _ caller: Caller
    ) async throws -> Response {
        let account = try await account(request, caller)
        let force = try force(request, caller)
        let format = request.given("format") ?? "auto"
        let path = StatementRoutes.newPath()
        defer { unlink(path) }
        try await save(request, to: path)
        let idempotency = try request.idempotency(StatementImport.hash(path).digest)
        if let first = try await answers.first(idempotency, caller, .accepted) { return first }
        let imported = try await imports.importFile(
            path: path,
            account: account,
            format: format,
            by: caller.person,
            isFeed: caller.has(.feed),
            force: force
        )
        return try await answers.keep(
            imported.json(in: context.language),
            idempotency,
            caller,
            .accepted
        )
    }

    /// What an import of the body would do, and a run after it.
    @Sendable private func previewStatement(
        _ request: Request,
        _ context: KhopContext,
        _ caller: Caller
    ) async throws -> Response {
        let account = try await account(request, caller)
        let path = StatementRoutes.newPath()
        defer { unlink(path) }
        try await save(request, to: path)
        let preview = try await previews.preview(
            path: path,
            account: account,
            format: request.given("format") ?? "auto"
        )
        return .json(preview.json(in: context.language))
    }

    /// The account that the statement is of, for a caller who may know of it.
    private func account(_ request: Request, _ caller: Caller) async throws -> String {
        guard let account = request.parameter("account") else {
            throw ServiceError(
                .invalidParameter,
                at: "account",
                Phrase(
                    vi: "hãy nêu tài khoản của sao kê: ?account=…",
                    en: "name the account that the statement is of: ?account=…"
                )
            )
        }
        try await jurisdiction.authorize(account: account, for: caller)
        return account
    }

    /// The body goes to a file first: an import is one transaction, and must not wait for a slow sender.
    private static func newPath() -> String {
        FileManager.default.temporaryDirectory.path + "/khop-statement-\(UUID().uuidString)"
    }

    /// Why a statement is to be imported although it is of another account or bank, by `force=`. Programs do not know better.
    private func force(_ request: Request, _ caller: Caller) throws -> StatementImport.Force? {
        guard let why = request.given("force") else { return nil }
        guard !caller.has(.feed) else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi: "Khóa có vai trò feed không được nhập bắt buộc: việc này cần một người có vai trò finance.",
                    en: "A key of the role feed cannot force an import: that takes a person of the role finance."
                )
            )
        }
        return try StatementImport.Force(person: caller.person, why: why)
    }

    private func save(_ request: Request, to path: String) async throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else {
            throw ServiceError(
                .internalFailure,
                Phrase(vi: "Không lưu được tệp sao kê.", en: "The statement could not be stored.")
            )
        }
        defer { file.closeFile() }
        let start = ContinuousClock.now
        var total = 0
        for try await piece in request.body {
            total += piece.readableBytes
            guard total <= StatementImport.maximumBytes else {
                throw ServiceError(
                    .tooLarge,
                    Phrase(
                        vi: "Sao kê tối đa 1 GiB. Hãy chia theo ngày.",
                        en: "A statement may have at most 1 GiB. Split it by days."
                    )
                )
            }
            // The idle timeout ends a sender that stops; this ends one that trickles.
            try pace.check(total, after: .now - start)
            try file.write(contentsOf: Data(piece.readableBytesView))
        }
    }

    @Sendable private func listStatements(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let limit = try request.limit()
        let before = try request.cursor { Int64($0) } ?? Int64.max
        let statements = try await records.list(
            account: request.parameter("account"),
            within: try await jurisdiction.accounts(for: caller),
            awaiting: try request.flag("awaiting_confirmation"),
            before: before,
            limit: limit
        )
        return .json(StatementRecords.page(statements, limit: limit, in: context.language))
    }

    @Sendable private func readStatement(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        guard let after = Int64(request.given("awaiting_after") ?? "0") else {
            throw ServiceError(
                .invalidParameter,
                at: "awaiting_after",
                Phrase(
                    vi: "phải là awaiting.next_cursor của lần đọc trước",
                    en: "must be the awaiting.next_cursor of the answer before"
                )
            )
        }
        let id = try request.number(context, .statement)
        let shown = try await records.show(id, awaitingAfter: after)
        try await jurisdiction.authorize(account: shown.statement.account, for: caller)
        return (.json(shown.json(in: context.language)), Disclosure(.statement, of: "statement:\(id)"))
    }

    /// Another person than the one who imported the statement confirms what it recovers.
    @Sendable private func confirmStatement(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .statement)
        let bytes = try await request.bytes()
        let asked = try RecoveryConfirmations.asked(bytes.isEmpty ? [:] : try Request.json(bytes))
        let statement = try await records.find(id)
        try await jurisdiction.authorize(account: statement.account, for: caller)
        let confirmed = try await confirmations.confirm(
            id,
            rejecting: asked.rejections,
            expecting: asked.expected,
            by: caller.person
        )
        return .json(confirmed.json(in: context.language))
    }

    /// Anyone who may confirm takes an import back, its importer too.
    @Sendable private func undoStatement(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try request.number(context, .statement)
        let bytes = try await request.bytes()
        let note = try StatementUndos.note(bytes.isEmpty ? [:] : try Request.json(bytes))
        let statement = try await records.find(id)
        try await jurisdiction.authorize(account: statement.account, for: caller)
        return .json(try await undos.undo(id, note: note, by: caller.person).json)
    }
}
