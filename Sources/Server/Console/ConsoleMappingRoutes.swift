import Collection
import Console
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Statements
import Values

/// Tables that no layout reads: dropped, described, stored as a mapping, accepted by another person, ended.
struct ConsoleMappingRoutes {
    let door: ConsoleFrontDoor
    let mappings: StatementMappings
    let previews: StatementPreviews
    let overviews: Overviews
    let jurisdiction: Jurisdiction
    let pace: UploadPace
    /// Those of the statements' pages: what is not recognised there is described here.
    let uploads: PendingUploads
    let dropped: KeptForPersons<[StatementPreviewPage.Dropped]>

    private static let path = MappingsPage.path

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readCases) { call in
            let stored = try await mappings.list(within: try await jurisdiction.accounts(for: call.caller))
            return .page(MappingsPage(stored, for: call.caller, in: call.language))
        }
        door.upload(routes, Self.path + "/look", .mapStatements, back: Self.path) { call in
            .goTo(Self.path + "/new/" + (try await receive(call)))
        }
        door.get(routes, Self.path + "/new/:token", .mapStatements, showing: .statement) { call in
            // A form that was sent by GET: what it encodes as one is read as one.
            guard let fields = PageForm.read(Array((call.request.uri.query ?? "").utf8)) else {
                throw ServiceError(
                    .invalidParameter,
                    Phrase(vi: "Lựa chọn không được mã hóa đúng.", en: "The choices are not encoded as a form.")
                )
            }
            return .page(try await draft(call, fields))
        }
        let toDraft: @Sendable (KhopContext) -> String = { context in
            Self.path + "/new/" + (context.parameters.get("token") ?? "").percentEncoded()
        }
        door.post(routes, Self.path + "/new/:token", .mapStatements, back: toDraft, save)
        door.get(routes, Self.path + "/:id", .readCases, showing: .statement) { call in
            .page(try await page(call))
        }
        door.get(routes, Self.path + "/:id/mapping.json", .readCases, file)
        door.upload(routes, Self.path + "/:id/try", .acceptMapping, back: Self.path) { call in
            let stored = try await stored(call)
            return .goTo(MappingsPage.path + "/\(stored.id)?file=" + (try await receive(call)))
        }
        door.post(routes, Self.path + "/:id/accept", .acceptMapping, back: Self.back, accept)
        // Whoever made it may withdraw it.
        door.post(routes, Self.path + "/:id/end", .readCases, back: Self.back, end)
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        path + "/" + (context.parameters.get("id") ?? "").percentEncoded()
    }

    // MARK: Files

    /// Keeps the file that a form brings; returns its token.
    private func receive(_ call: ConsoleCall) async throws -> String {
        let (_, files) = try await FileForm(door: door, uploads: uploads, pace: pace)
            .receive(call, maximumBytes: MappingDraft.maximumBytes, Self.tooLarge)
        guard let file = files.first else {
            throw ServiceError(.invalidBody, at: "file", Phrase(vi: "hãy chọn một tệp", en: "choose a file"))
        }
        for other in files.dropFirst() { PendingUploads.remove(other.path) }
        let upload = PendingUploads.Upload(name: file.name, path: file.path, account: "")
        return uploads.keep(upload, of: call.session.person.id)
    }

    private static let tooLarge = Phrase(
        vi: "Để mô tả, tệp tối đa 16 MiB: hãy lấy sao kê ngắn ngày hơn.",
        en: "To be described a file may have at most 16 MiB: take a statement of fewer days."
    )

    private static let gone = ServiceError(
        .notFound,
        Phrase(
            vi: "Tệp không còn trên máy chủ này (sau 30 phút, hoặc đã dùng). Hãy thả tệp lại.",
            en: "The file is no longer on this server (after 30 minutes, or used). Drop it again."
        )
    )

    private func upload(_ token: String, _ call: ConsoleCall) throws -> (file: PendingUploads.Upload, bytes: [UInt8]) {
        guard let upload = uploads.look(token, of: call.session.person.id),
            let handle = FileHandle(forReadingAtPath: upload.path)
        else { throw Self.gone }
        defer { handle.closeFile() }
        let bytes = try handle.read(upToCount: MappingDraft.maximumBytes + 1) ?? Data()
        guard bytes.count <= MappingDraft.maximumBytes else { throw ServiceError(.tooLarge, Self.tooLarge) }
        return (upload, Array(bytes))
    }

    // MARK: A draft

    private func draft(_ call: ConsoleCall, _ fields: [String: String], fault: ServiceError? = nil) async throws
        -> MappingDraftPage
    {
        let token = call.context.parameters.get("token") ?? ""
        let (file, bytes) = try upload(token, call)
        let (accounts, chosen) = try await accounts(fields, file, call)
        let draft = try MappingDraft(bytes, fields: fields, account: chosen?.number, bank: chosen?.bankBIN)
        return MappingDraftPage(
            draft,
            fields: fields,
            file: (file.name, token),
            accounts: accounts,
            fault: fault?.told(in: call.language),
            in: call.language
        )
    }

    /// The accounts that whoever looks works for, and the one that the file is said to be of; the only one if there is
    /// one alone.
    private func accounts(_ fields: [String: String], _ file: PendingUploads.Upload, _ call: ConsoleCall) async throws
        -> (all: [Overview.Account], chosen: Overview.Account?)
    {
        let all = try await overviews.accounts(try await jurisdiction.accounts(for: call.caller))
        let named = fields["account"].flatMap { $0.isEmpty ? nil : $0 } ?? (fields["set"] == nil ? file.account : "")
        let chosen = all.first { $0.number == named }
        guard named.isEmpty || chosen != nil else {
            throw ServiceError(
                .forbidden,
                Phrase(vi: "Bạn không làm việc với tài khoản này.", en: "You do not work with this account.")
            )
        }
        return (all, chosen ?? (all.count == 1 ? all.first : nil))
    }

    @Sendable private func save(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let token = call.context.parameters.get("token") ?? ""
        let (file, bytes) = try upload(token, call)
        let chosen = try await accounts(form.fields, file, call).chosen
        do {
            guard let chosen else {
                throw ServiceError(.invalidBody, at: "/account", .isMissing)
            }
            let isForBank = form["scope"] == "bank"
            if isForBank { try call.caller.requireWholeProvince() }
            guard !form["name"].isEmpty else { throw ServiceError(.invalidBody, at: "/name", .isMissing) }
            let draft = try MappingDraft(bytes, fields: form.fields, account: chosen.number, bank: chosen.bankBIN)
            guard let described = draft.described(name: form["name"], title: form["title"]) else {
                throw ServiceError(.invalidBody, draft.fault ?? .isMissing)
            }
            let stored = try await mappings.save(
                .init(json: described, account: isForBank ? nil : chosen.number, sample: bytes),
                by: call.caller.person
            )
            guard stored.state == .inForce else { return .goTo(Self.path + "/\(stored.id)?done=waits") }
            return .goTo(try await preview(file, token, chosen.number, stored, call))
        } catch let error as ServiceError
            where [.invalidBody, .invalidParameter, .conflict, .statementRejected, .forbidden].contains(error.code)
        {
            return .refused(try await draft(call, form.fields, fault: error), error)
        }
    }

    /// What an import of the described file would do; returns the page that shows it.
    private func preview(
        _ file: PendingUploads.Upload,
        _ token: String,
        _ account: String,
        _ stored: StoredMapping,
        _ call: ConsoleCall
    ) async throws -> String {
        let (person, format) = (call.session.person.id, "\(stored.name)@\(stored.version)")
        let preview = try await previews.preview(path: file.path, account: account, format: format)
        guard uploads.take(token, of: person) != nil else { throw Self.gone }
        let kept = uploads.keep(
            PendingUploads.Upload(name: file.name, path: file.path, account: account, format: format),
            of: person
        )
        let name = UUID().uuidString.lowercased()
        let shown = StatementPreviewPage.Dropped(token: kept, name: file.name, preview: preview)
        _ = dropped.keep([shown], named: name, of: person)
        return "/console/statements/preview/" + name
    }

    // MARK: A stored one

    private func stored(_ call: ConsoleCall) async throws -> StoredMapping {
        let stored = try await mappings.find(try call.number(.statementMapping))
        if let account = stored.account { try await jurisdiction.authorize(account: account, for: call.caller) }
        return stored
    }

    private func page(_ call: ConsoleCall, fault: ServiceError? = nil, note: String = "") async throws -> MappingPage {
        let stored = try await stored(call)
        var trial: (read: MappingTrial, token: String)?
        if let token = call.parameter("file") {
            let bytes = try upload(token, call).bytes
            let mapping = try stored.mapping()
            trial = (MappingTrial(bytes, as: mapping, account: stored.account, today: Instant.now().day), token)
        }
        let done: Phrase? =
            switch call.parameter("done") {
            case "waits":
                Phrase(
                    vi: "Đã lưu. Người khác phải xem mẫu đọc một tệp và chấp nhận.",
                    en: "Stored. Another person must see it read a file and accept it."
                )
            case "accepted": Phrase(vi: "Đã chấp nhận: mẫu đang dùng.", en: "Accepted: it counts now.")
            case "ended": Phrase(vi: "Mẫu không dùng nữa.", en: "It counts no more.")
            default: nil
            }
        return MappingPage(
            stored,
            versions: try await mappings.versions(stored.name),
            trial: trial,
            for: call.caller,
            done: done?[call.language],
            fault: fault?.told(in: call.language),
            note: note,
            in: call.language
        )
    }

    @Sendable private func file(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let stored = try await stored(call)
        var headers = HTTPFields()
        headers[.contentType] = "application/json"
        headers[.contentDisposition] = "attachment; filename=\"\(stored.name).json\""
        let body = ResponseBody(byteBuffer: ByteBuffer(bytes: stored.json.bytes))
        return .raw(Response(status: .ok, headers: headers, body: body))
    }

    @Sendable private func accept(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let stored = try await stored(call)
        // Reads of a whole bank take a person of the whole province.
        if stored.account == nil { try call.caller.requireWholeProvince() }
        let (file, bytes) = try upload(form["file"], call)
        return try await doing(call, "accepted") {
            _ = try await mappings.accept(stored.id, sample: bytes, by: call.caller.person)
            _ = uploads.take(form["file"], of: call.session.person.id)
            PendingUploads.remove(file.path)
        }
    }

    @Sendable private func end(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        if !call.caller.holds(.mapStatements) { try call.caller.require(.acceptMapping) }
        let stored = try await stored(call)
        if stored.account == nil { try call.caller.requireWholeProvince() }
        if stored.made.by != call.caller.person.id { try call.caller.require(.acceptMapping) }
        return try await doing(call, "ended", note: form["note"]) {
            _ = try await mappings.end(stored.id, note: form["note"], by: call.caller.person)
        }
    }

    private func doing(_ call: ConsoleCall, _ done: String, note: String = "", _ work: () async throws -> Void)
        async throws -> ConsoleFrontDoor.Answer
    {
        do {
            try await work()
            return .goTo(Self.path + "/\(try call.number(.statementMapping))?done=\(done)")
        } catch let error as ServiceError
            where [.conflict, .invalidBody, .forbidden, .statementRejected].contains(error.code)
        {
            return .refused(try await page(call, fault: error, note: note), error)
        }
    }
}
