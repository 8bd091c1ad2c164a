import Collection
import Console
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Spreadsheets
import Values

/// Cases decided in a spreadsheet: the list as a workbook, the filled workbook looked at, and what it says done.
struct ConsoleSheetRoutes {
    let door: ConsoleFrontDoor
    let sheets: CaseSheets
    let jurisdiction: Jurisdiction
    let uploads: PendingUploads
    let pace: UploadPace
    /// What became of the rows of tables that were sent, by the tokens of their files.
    private let sent = KeptForPersons<[CaseSheets.Judged]>(mostOfOne: 5, most: 200)

    private static let path = "/console/cases/sheet"

    init(
        door: ConsoleFrontDoor,
        sheets: CaseSheets,
        jurisdiction: Jurisdiction,
        uploads: PendingUploads,
        pace: UploadPace
    ) {
        self.door = door
        self.sheets = sheets
        self.jurisdiction = jurisdiction
        self.uploads = uploads
        self.pace = pace
    }

    func add(to routes: RouteTable) {
        let back = ConsoleSection.cases.path
        door.get(routes, "/console/cases/sheet.xlsx", .readCases, showing: .cases, workbook)
        door.upload(routes, Self.path, .resolveCases, back: back, receive)
        door.get(routes, Self.path + "/:token", .resolveCases, showing: .cases, look)
        door.post(routes, Self.path + "/:token", .resolveCases, back: Self.page, send)
    }

    @Sendable private static func page(_ context: KhopContext) -> String {
        path + "/" + (context.parameters.get("token") ?? "").percentEncoded()
    }

    private func agencies(_ call: ConsoleCall) async throws -> [String]? {
        try await jurisdiction.agencies(under: nil, caller: call.caller)
    }

    @Sendable private func workbook(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        var filter = try ConsoleCaseRoutes.filter(call)
        filter.agencies = try await agencies(call)
        let bytes = try Workbook.xlsx([try await sheets.sheet(filter, seenWith: call.caller.sight)])
        var headers = HTTPFields()
        headers[.contentType] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        headers[.contentDisposition] = "attachment; filename=\"vu-viec-\(Instant.now().day).xlsx\""
        return .raw(Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))))
    }

    /// Takes a table, and leads to what it would do: that page may be opened again.
    @Sendable private func receive(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let tooLarge = Phrase(vi: "Bảng tính tối đa 8 MiB.", en: "A table may have at most 8 MiB.")
        let (_, files) = try await FileForm(door: door, uploads: uploads, pace: pace)
            .receive(call, maximumBytes: CaseSheet.maximumBytes, tooLarge)
        guard let file = files.first else {
            throw ServiceError(
                .invalidBody,
                at: "file",
                Phrase(vi: "hãy chọn bảng đã điền", en: "choose the filled table")
            )
        }
        for other in files.dropFirst() { PendingUploads.remove(other.path) }
        do { _ = try await judged(file.path, call) } catch {
            PendingUploads.remove(file.path)
            throw error
        }
        let upload = PendingUploads.Upload(name: file.name, path: file.path, account: "")
        return .goTo(Self.path + "/" + uploads.keep(upload, of: call.session.person.id))
    }

    private func judged(_ path: String, _ call: ConsoleCall) async throws -> [CaseSheets.Judged] {
        try await sheets.rehearse(
            try CaseSheet.rows(ofFile: path),
            by: call.caller.person,
            within: try await agencies(call)
        )
    }

    /// What a table would do now, or what it did.
    @Sendable private func look(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let token = call.context.parameters.get("token") ?? ""
        if let done = sent.look(token, of: call.session.person.id) {
            return .page(CaseSheetPage(done, token: nil, for: call.caller, in: call.language))
        }
        guard let upload = uploads.look(token, of: call.session.person.id) else { throw Self.gone }
        let judged = try await judged(upload.path, call)
        return .page(CaseSheetPage(judged, token: token, for: call.caller, in: call.language))
    }

    private static let gone = ServiceError(
        .notFound,
        Phrase(
            vi: "Bảng xem trước không còn trên máy chủ này (sau 30 phút, hoặc đã gửi). Hãy tải lên lại.",
            en: "The previewed table is no longer on this server (after 30 minutes, or sent). Upload it again."
        )
    )

    @Sendable private func send(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let token = call.context.parameters.get("token") ?? ""
        guard let upload = uploads.take(token, of: call.session.person.id) else { throw Self.gone }
        defer { PendingUploads.remove(upload.path) }
        let judged = try await sheets.send(
            try CaseSheet.rows(ofFile: upload.path),
            by: call.caller.person,
            within: try await agencies(call)
        )
        _ = sent.keep(judged, named: token, of: call.session.person.id)
        return .goTo(Self.path + "/" + token)
    }
}
