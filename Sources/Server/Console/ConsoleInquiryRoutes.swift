import Collection
import Console
import Documents
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Values

/// Letters to banks about cases, and noting that a bank was asked.
struct ConsoleInquiryRoutes {
    let door: ConsoleFrontDoor
    let cases: Cases
    let batches: CaseBatches
    let jurisdiction: Jurisdiction
    let papers: PaperDesk
    /// Who asks, as letters are headed; `nil` leaves it to the pen.
    let agency: String?

    private static let path = "/console/cases/inquiry"

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readCases) { call in .page(try await page(call)) }
        door.get(routes, Self.path + ".pdf", .readCases, showing: .inquiry) { call in
            try await letter(call, ConsoleInquiryRoutes.chosen(call))
        }
        door.get(routes, "/console/cases/:id/inquiry.pdf", .readCases, showing: .inquiry) { call in
            try await letter(call, [try call.number(.caseFile)])
        }
        door.post(routes, Self.path, .resolveCases, back: { _ in Self.path }, keepsQuery: true, ask)
    }

    /// The address that shows the letters about cases.
    static func address(_ cases: [Int64], back: String) -> String {
        let ids = cases.map { String($0) }.joined(separator: ".")
        return "\(path)?cases=\(ids)&back=\(back.percentEncoded())"
    }

    private static func chosen(_ call: ConsoleCall) -> [Int64] {
        Set((call.parameter("cases") ?? "").split(separator: ".").compactMap { Int64($0) }).sorted()
    }

    private static func back(_ text: String?) -> String {
        text.flatMap { $0.hasPrefix("/console/cases") ? $0 : nil } ?? ConsoleSection.cases.path
    }

    private func page(_ call: ConsoleCall, note: String? = nil, fault: ServiceError? = nil, back: String? = nil)
        async throws -> CaseInquiryPage
    {
        let (letters, left) = try await cases.letters(
            ConsoleInquiryRoutes.chosen(call),
            within: try await jurisdiction.agencies(under: nil, caller: call.caller),
            seenWith: .none
        )
        return CaseInquiryPage(
            letters,
            left: left,
            back: ConsoleInquiryRoutes.back(back ?? call.parameter("back")),
            note: note,
            fault: fault?.told(in: call.language),
            for: call.caller,
            in: call.language
        )
    }

    /// The letter to one bank about cases.
    private func letter(_ call: ConsoleCall, _ ids: [Int64]) async throws -> ConsoleFrontDoor.Answer {
        let found = try await cases.letters(
            ids,
            within: try await jurisdiction.agencies(under: nil, caller: call.caller),
            seenWith: call.caller.sight
        )
        let bank = call.parameter("bank")
        guard let letter = found.letters.first(where: { bank == nil || $0.bankBIN == bank }) else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Vụ việc này không thuộc tài khoản nào, nên không hỏi ngân hàng nào được.",
                    en: "This case is about no account, so that no bank can be asked."
                )
            )
        }
        let bytes = try await papers.draw(letter.document(of: agency, now: .now()))
        return .raw(.pdf(bytes, named: letter.fileName))
    }

    @Sendable private func ask(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let ids = ConsoleInquiryRoutes.chosen(call)
        let back = ConsoleInquiryRoutes.back(form["back"])
        let note = form["note"].trimming()
        guard !note.isEmpty else {
            let fault = ServiceError(.invalidBody, at: "/note", .isMissing)
            return .refused(try await page(call, note: note, fault: fault, back: back), fault)
        }
        let agencies = try await jurisdiction.agencies(under: nil, caller: call.caller)
        let done = try await batches.ask(ids, note: note, by: call.caller.person, within: agencies)
        return .goTo(ConsoleCaseRoutes.address(back, done))
    }
}

extension Response {
    /// A PDF that is saved under a name.
    static func pdf(_ bytes: [UInt8], named name: String) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "application/pdf"
        headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
