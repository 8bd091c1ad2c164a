import Collection
import Console
import Foundation
import Hummingbird
import Identity
import Values

/// Statements: dropped, previewed, imported and reconciled, confirmed, undone.
struct ConsoleStatementRoutes {
    let door: ConsoleFrontDoor
    let imports: StatementImport
    let previews: StatementPreviews
    let records: StatementRecords
    let confirmations: RecoveryConfirmations
    let undos: StatementUndos
    let reconciliation: Reconciliation
    let overviews: Overviews
    let jurisdiction: Jurisdiction
    let pace: UploadPace
    let uploads: PendingUploads
    let works: StatementWorks
    /// What was found in files that were dropped, until somebody has decided about them.
    let dropped: KeptForPersons<[StatementPreviewPage.Dropped]>

    private static let pageSize = 50
    private static let previewPath = "/console/statements/preview"

    func add(to routes: RouteTable) {
        door.get(routes, "/console/statements", .readCases, list)
        door.get(routes, "/console/statements/:id", .readCases, showing: .statement) { call in
            .page(try await page(call))
        }
        door.upload(
            routes,
            "/console/statements/preview",
            .importStatement,
            back: ConsoleSection.statements.path,
            preview
        )
        door.get(routes, Self.previewPath + "/:token", .importStatement, showing: .statement, showPreview)
        let toList: @Sendable (KhopContext) -> String = { _ in ConsoleSection.statements.path }
        door.post(routes, "/console/statements/look", .importStatement, back: toList, lookAgain)
        door.post(routes, "/console/statements/import", .importStatement, back: toList, importFile)
        door.post(routes, "/console/statements/:id/run", .reconcile, back: Self.back, run)
        door.post(routes, "/console/statements/:id/confirm", .confirmRecoveries, back: Self.back, confirm)
        door.post(routes, "/console/statements/:id/undo", .confirmRecoveries, back: Self.back, undo)
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        "/console/statements/" + (context.parameters.get("id") ?? "").percentEncoded()
    }

    @Sendable private func list(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let accounts = try await jurisdiction.accounts(for: call.caller)
        let isAwaiting = try call.flag("awaiting")
        let statements = try await records.list(
            within: accounts,
            awaiting: isAwaiting,
            before: try call.request.cursor { Int64($0) },
            limit: Self.pageSize
        )
        return .page(
            StatementsPage(
                statements,
                days: try await overviews.calendars(accounts: accounts, through: Instant.now().day),
                accounts: try await overviews.accounts(accounts),
                next: statements.count == Self.pageSize ? statements.last?.id : nil,
                awaiting: isAwaiting,
                for: call.caller,
                in: call.language
            )
        )
    }

    private func page(_ call: ConsoleCall, fault: ServiceError? = nil) async throws -> StatementPage {
        let shown = try await records.show(try call.number(.statement))
        try await jurisdiction.authorize(account: shown.statement.account, for: call.caller)
        return StatementPage(
            shown,
            for: call.caller,
            done: ConsoleStatementRoutes.told(call),
            fault: fault?.told(in: call.language),
            in: call.language
        )
    }

    private static func told(_ call: ConsoleCall) -> String? {
        let phrase: Phrase? =
            switch call.parameter("done") {
            case "imported": Phrase(vi: "Đã nhập và đối soát.", en: "Imported and reconciled.")
            case "run": Phrase(vi: "Đã đối soát.", en: "Reconciled.")
            case "confirmed": Phrase(vi: "Đã xác nhận và ghi sổ.", en: "Confirmed and booked.")
            case "undone": Phrase(vi: "Đã hoàn tác.", en: "Undone.")
            default: nil
            }
        return phrase.map { $0[call.language] }
    }

    // MARK: Dropped files

    @Sendable private func preview(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let (fields, files) = try await FileForm(door: door, uploads: uploads, pace: pace)
            .receive(call, maximumBytes: StatementImport.maximumBytes, .statementTooLarge)
        guard !files.isEmpty else {
            throw ServiceError(
                .invalidBody,
                at: "file",
                Phrase(vi: "hãy chọn ít nhất một tệp sao kê", en: "choose at least one statement")
            )
        }
        let accounts = try await overviews.accounts(try await jurisdiction.accounts(for: call.caller))
        let chosen = fields["account"].flatMap { $0.isEmpty ? nil : $0 }
        if let chosen { try await jurisdiction.authorize(account: chosen, for: call.caller) }
        var dropped: [StatementPreviewPage.Dropped] = []
        for file in files {
            dropped.append(await look(file, accounts.filter { chosen == nil || $0.number == chosen }, call))
        }
        return keep(dropped, as: UUID().uuidString.lowercased(), call)
    }

    /// Keeps what was found under a name, and leads to the page that shows it: that one may be opened again.
    private func keep(_ found: [StatementPreviewPage.Dropped], as token: String, _ call: ConsoleCall)
        -> ConsoleFrontDoor.Answer
    {
        _ = dropped.keep(found, named: token, of: call.session.person.id)
        return .goTo(Self.previewPath + "/" + token)
    }

    private func found(_ token: String, _ call: ConsoleCall) throws -> [StatementPreviewPage.Dropped] {
        guard let found = dropped.look(token, of: call.session.person.id) else {
            throw ConsoleStatementRoutes.previewGone
        }
        return found
    }

    @Sendable private func showPreview(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let token = call.context.parameters.get("token") ?? ""
        let person = call.session.person.id
        let shown = try found(token, call).map { one in
            // What was imported meanwhile, or is too old, is not offered again.
            guard !one.token.isEmpty, uploads.look(one.token, of: person) == nil else { return one }
            return StatementPreviewPage.Dropped(
                token: "",
                name: one.name,
                preview: nil,
                refusal: ConsoleStatementRoutes.previewGone.phrase[call.language]
            )
        }
        let mayMap = call.caller.holds(.mapStatements)
        return .page(StatementPreviewPage(shown, token: token, mayMap: mayMap, in: call.language))
    }

    /// The same of one file, once somebody has said which account it is of; the others stay as they are.
    @Sendable private func lookAgain(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let account = form["account"]
        try await jurisdiction.authorize(account: account, for: call.caller)
        let all = try found(form["preview"], call)
        let upload = try taken(form["token"], call)
        let accounts = try await overviews.accounts([account])
        let file = MultipartReader.File(name: upload.name, path: upload.path)
        let again = await look(file, accounts, call)
        return keep(all.map { $0.token == form["token"] ? again : $0 }, as: form["preview"], call)
    }

    private static let previewGone = ServiceError(
        .notFound,
        Phrase(
            vi: "Tệp xem trước không còn trên máy chủ này (sau 30 phút, hoặc đã nhập). Hãy thả tệp lại.",
            en: "The previewed file is no longer on this server (after 30 minutes, or imported). Drop it again."
        )
    )

    private func taken(_ token: String, _ call: ConsoleCall) throws -> PendingUploads.Upload {
        guard let upload = uploads.take(token, of: call.session.person.id) else {
            throw ConsoleStatementRoutes.previewGone
        }
        return upload
    }

    /// What an import of a file would do, with the account that it is of.
    private func look(_ file: MultipartReader.File, _ accounts: [Overview.Account], _ call: ConsoleCall) async
        -> StatementPreviewPage.Dropped
    {
        func keep(_ account: String) -> String {
            uploads.keep(
                PendingUploads.Upload(name: file.name, path: file.path, account: account),
                of: call.session.person.id
            )
        }
        do {
            if let told = try StatementPreviews.refusal(ofFile: file.path) {
                throw ServiceError(.statementRejected, told)
            }
            let possible = try await recognise(file, accounts)
            guard possible.count == 1, let (account, preview) = possible.first else {
                // Of what is a statement of none of them, nobody is asked whose it is.
                if let told = possible.first?.preview.nothing, possible.allSatisfy({ $0.preview.nothing == told }) {
                    throw ServiceError(.statementRejected, told)
                }
                let isUnknown = possible.allSatisfy(\.preview.isUnrecognised)
                return StatementPreviewPage.Dropped(
                    token: keep(""),
                    name: file.name,
                    preview: nil,
                    accounts: isUnknown ? [] : accounts,
                    isUnknown: isUnknown
                )
            }
            return StatementPreviewPage.Dropped(token: keep(account), name: file.name, preview: preview)
        } catch {
            PendingUploads.remove(file.path)
            let told = ServiceError(unexpected: error)
            return StatementPreviewPage.Dropped(
                token: "",
                name: file.name,
                preview: nil,
                refusal: told.told(in: call.language)
            )
        }
    }

    @Sendable private func importFile(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let upload = try taken(form["token"], call)
        try await jurisdiction.authorize(account: upload.account, for: call.caller)
        let (person, holdsRun) = (call.caller.person, call.caller.holds(.reconcile))
        let (imports, reconciliation) = (imports, reconciliation)
        let bytes = ConsoleStatementRoutes.size(upload.path)
        return try await answer(.importing(upload.name, bytes: bytes), call) { reporter in
            defer { PendingUploads.remove(upload.path) }
            let imported = try await imports.importFile(
                path: upload.path,
                account: upload.account,
                format: upload.format,
                by: person
            ) { reporter.read($0) }
            reporter.stored()
            let page = "/console/statements/\(imported.statement.id)"
            guard holdsRun, let through = imported.statement.lastDay else { return page + "?done=imported" }
            do {
                _ = try await reconciliation.run(account: upload.account, through: through, by: person) {
                    reporter.decided($0)
                }
            } catch let error as ServiceError where error.code == .alreadyRunning {
                // The run that goes on, or the next one, takes its lines.
                return page
            }
            return page + "?done=imported"
        }
    }

    private static func size(_ path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// The page that a work ends with; if that takes long, the one that tells how far it has come.
    private func answer(
        _ progress: StatementProgress,
        _ call: ConsoleCall,
        _ work: @escaping @Sendable (StatementWorks.Reporter) async throws -> String
    ) async throws -> ConsoleFrontDoor.Answer {
        let (token, ended) = try works.begin(progress, by: call.session.person.id, work)
        await works.wait(for: ended)
        switch works.look(token, of: call.session.person.id)?.ended {
        case .done(let path): return .goTo(path)
        case .failed(let error): throw error
        case nil: return .goTo(ConsoleProgressRoutes.address(token))
        }
    }

    // MARK: A statement

    private func doing(_ call: ConsoleCall, _ done: String, _ work: (StoredStatement) async throws -> Void) async throws
        -> ConsoleFrontDoor.Answer
    {
        let id = try call.number(.statement)
        let statement = try await records.find(id)
        try await jurisdiction.authorize(account: statement.account, for: call.caller)
        do {
            try await work(statement)
            return .goTo("/console/statements/\(id)?done=\(done)")
        } catch let error as ServiceError
            where [.conflict, .alreadyRunning, .invalidBody, .forbidden].contains(error.code)
        {
            return .refused(try await page(call, fault: error), error)
        }
    }

    @Sendable private func run(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let id = try call.number(.statement)
        let statement = try await records.find(id)
        try await jurisdiction.authorize(account: statement.account, for: call.caller)
        let (reconciliation, person) = (reconciliation, call.caller.person)
        do {
            return try await answer(.reconciling(statement.account), call) { reporter in
                let through = statement.lastDay ?? Instant.now().day
                _ = try await reconciliation.run(account: statement.account, through: through, by: person) {
                    reporter.decided($0)
                }
                return "/console/statements/\(id)?done=run"
            }
        } catch let error as ServiceError where [.conflict, .alreadyRunning].contains(error.code) {
            return .refused(try await page(call, fault: error), error)
        }
    }

    @Sendable private func confirm(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try await doing(call, "confirmed") { statement in
            _ = try await confirmations.confirm(statement.id, by: call.caller.person)
        }
    }

    @Sendable private func undo(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try await doing(call, "undone") { statement in
            _ = try await undos.undo(statement.id, note: form["note"], by: call.caller.person)
        }
    }
}

extension Phrase {
    static let statementTooLarge = Phrase(
        vi: "Sao kê tối đa 1 GiB. Hãy chia theo ngày.",
        en: "A statement may have at most 1 GiB. Split it by days."
    )
}
