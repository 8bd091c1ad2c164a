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

    func add(to routes: RouteTable) {
        let back = ConsoleSection.cases.path
        door.get(routes, "/console/cases/sheet.xlsx", .readCases, showing: .cases, workbook)
        door.upload(routes, "/console/cases/sheet", .resolveCases, back: back, look)
        door.post(routes, "/console/cases/sheet/send", .resolveCases, back: { _ in back }, send)
    }

    private func agencies(_ call: ConsoleCall) async throws -> [String]? {
        try await jurisdiction.agencies(under: nil, caller: call.caller)
    }

    @Sendable private func workbook(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        var filter = try Cases.Filter(kind: call.parameter("kind"), state: call.parameter("state"))
        filter.account = call.parameter("account")
        filter.assignee = call.parameter("assignee")
        filter.agencies = try await agencies(call)
        let bytes = try Workbook.xlsx([try await sheets.sheet(filter, seenWith: call.caller.sight)])
        var headers = HTTPFields()
        headers[.contentType] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        headers[.contentDisposition] = "attachment; filename=\"vu-viec-\(Instant.now().day).xlsx\""
        return .raw(Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))))
    }

    @Sendable private func look(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
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
        do {
            let judged = try await sheets.rehearse(
                try CaseSheet.rows(ofFile: file.path),
                by: call.caller.person,
                within: try await agencies(call)
            )
            let upload = PendingUploads.Upload(name: file.name, path: file.path, account: "")
            let token = uploads.keep(upload, of: call.session.person.id)
            return .page(CaseSheetPage(judged, token: token, for: call.caller, in: call.language))
        } catch {
            PendingUploads.remove(file.path)
            throw error
        }
    }

    @Sendable private func send(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        guard let upload = uploads.take(form["token"], of: call.session.person.id) else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Bảng xem trước không còn trên máy chủ này (sau 30 phút, hoặc đã gửi). Hãy tải lên lại.",
                    en: "The previewed table is no longer on this server (after 30 minutes, or sent). Upload it again."
                )
            )
        }
        defer { PendingUploads.remove(upload.path) }
        let judged = try await sheets.send(
            try CaseSheet.rows(ofFile: upload.path),
            by: call.caller.person,
            within: try await agencies(call)
        )
        return .page(CaseSheetPage(judged, token: nil, for: call.caller, in: call.language))
    }
}
