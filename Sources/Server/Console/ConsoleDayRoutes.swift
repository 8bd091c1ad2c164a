import Collection
import Console
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Spreadsheets
import Values
import Workflow

/// The days of the accounts, each explained to the đồng, and their sign-off.
struct ConsoleDayRoutes {
    let door: ConsoleFrontDoor
    let reports: Reports
    let overviews: Overviews
    let jurisdiction: Jurisdiction
    let papers: PaperDesk
    /// Who keeps the books, as records are headed; `nil` leaves it to the pen.
    let agency: String?

    func add(to routes: RouteTable) {
        door.get(routes, "/console/days", .readReports, list)
        door.get(routes, "/console/days/:account/:day", .readReports) { call in
            .page(try await page(call, note: call.kept["note"] ?? ""))
        }
        door.get(routes, "/console/days/:account/:day/record.xlsx", .readReports, record)
        door.get(routes, "/console/days/:account/:day/record.pdf", .readReports, printed)
        door.post(routes, "/console/days/:account/:day/sign", .signOffReconciliation, back: Self.back) { call, form in
            try await doing(call, form, "signed") { account, day, note in
                guard try await hasStatements(account) || note != nil else {
                    throw ServiceError(
                        .invalidBody,
                        at: "/note",
                        Phrase(
                            vi: "tài khoản này chưa từng có sao kê: ghi rõ vì sao vẫn ký",
                            en: "this account never had a statement: say why you sign all the same"
                        )
                    )
                }
                _ = try await reports.signOff(account: account, day: day, by: call.caller.person, acknowledging: note)
            }
        }
        door.post(
            routes,
            "/console/days/:account/:day/countersign",
            .signOffReconciliation,
            back: Self.back
        ) { call, form in
            try await doing(call, form, "countersigned") { account, day, note in
                _ = try await reports.countersign(account: account, day: day, by: call.caller.person, note: note)
            }
        }
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        ["/console/days", context.parameters.get("account") ?? "", context.parameters.get("day") ?? ""]
            .map { $0.percentEncoded(keeping: "/") }.joined(separator: "/")
    }

    @Sendable private func list(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        var accounts = try await jurisdiction.accounts(for: call.caller)
        if let one = call.parameter("account") {
            try await jurisdiction.authorize(account: one, for: call.caller)
            accounts = [one]
        }
        let names = Dictionary(
            try await overviews.accounts(accounts).map { ($0.number, $0.name) },
            uniquingKeysWith: { first, _ in first }
        )
        let days = try await overviews.calendars(accounts: accounts, through: Instant.now().day)
        return .page(DaysPage(days, names: names, in: call.language))
    }

    private func place(_ call: ConsoleCall) async throws -> (account: String, day: Day) {
        let account = try call.context.parameters.require("account")
        guard let day = call.context.parameters.get("day").flatMap({ Day($0) }) else {
            throw ServiceError(.invalidParameter, at: "day", .existingDay)
        }
        try await jurisdiction.authorize(account: account, for: call.caller)
        return (account, day)
    }

    private func hasStatements(_ account: String) async throws -> Bool {
        try await overviews.hasStatements(account: account)
    }

    /// The place of a record: there is none of a day that has not come.
    private func recorded(_ call: ConsoleCall) async throws -> (account: String, day: Day) {
        let (account, day) = try await place(call)
        let today = Instant.now().day
        guard day <= today else { throw ServiceError(Refusal(.field("/day"), .dayAhead(day, today: today))) }
        return (account, day)
    }

    private func page(_ call: ConsoleCall, fault: ServiceError? = nil, note: String = "") async throws -> DayPage {
        let (account, day) = try await place(call)
        let done: Phrase? =
            switch call.parameter("done") {
            case "signed":
                Phrase(
                    vi: "Đã ký ngày này: chờ chữ ký thứ hai của người khác.",
                    en: "The day is signed off; it awaits another person's second signature."
                )
            case "countersigned": Phrase(vi: "Ngày này đã đủ hai chữ ký.", en: "The day has both signatures.")
            default: nil
            }
        let record = try await reports.reconciliation(account: account, day: day)
        return DayPage(
            record.explanation(limit: 200),
            record,
            accountName: record.accountName,
            hasStatements: try await hasStatements(account),
            for: call.caller,
            done: done.map { $0[call.language] },
            fault: fault?.told(in: call.language),
            note: note,
            in: call.language
        )
    }

    /// Signs; a refusal is told on the page with what was typed.
    private func doing(
        _ call: ConsoleCall,
        _ form: PageForm,
        _ done: String,
        _ sign: (String, Day, String?) async throws -> Void
    ) async throws -> ConsoleFrontDoor.Answer {
        let (account, day) = try await place(call)
        let note = form["note"].trimming()
        do {
            var body = BodyReader(note.isEmpty ? [:] : ["note": .string(note)])
            let words = body.optionalText("note", 2000)
            try body.finish()
            try await sign(account, day, words)
            return .goTo("/console/days/\(account)/\(day)?done=\(done)")
        } catch let error as ServiceError where [.conflict, .invalidBody, .forbidden].contains(error.code) {
            return .refused(try await page(call, fault: error, note: note), error)
        }
    }

    @Sendable private func printed(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let (account, day) = try await recorded(call)
        let report = try await reports.reconciliation(account: account, day: day)
        let bytes = try await papers.draw(report.document(of: agency))
        return .raw(.pdf(bytes, named: "doi-soat-\(account)-\(day).pdf"))
    }

    @Sendable private func record(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let (account, day) = try await recorded(call)
        let report = try await reports.reconciliation(account: account, day: day)
        let bytes = try Workbook.xlsx(report.sheets)
        var headers = HTTPFields()
        headers[.contentType] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        headers[.contentDisposition] = "attachment; filename=\"doi-soat-\(account)-\(day).xlsx\""
        return .raw(Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))))
    }
}
