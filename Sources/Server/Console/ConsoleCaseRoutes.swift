import Casework
import Collection
import Console
import Hummingbird
import Identity
import Values
import Workflow

/// The work list of cases, a case, and what is decided about one or many.
struct ConsoleCaseRoutes {
    let door: ConsoleFrontDoor
    let cases: Cases
    let actions: CaseActions
    let desk: CaseDesk
    let batches: CaseBatches
    let overviews: Overviews
    let jurisdiction: Jurisdiction

    private static let pageSize = 50

    func add(to routes: RouteTable) {
        door.get(routes, "/console/cases", .readCases, showing: .cases, list)
        door.get(routes, "/console/cases/:id", .readCases, showing: .caseFile) { call in
            .page(try await page(call, typed: call.kept))
        }
        door.get(routes, "/console/cases/:id/inquiry.csv", .readCases, showing: .inquiry, inquiry)
        door.get(routes, Self.batchPath, .resolveCases, showing: .cases, look)
        door.post(routes, Self.batchPath, .resolveCases, back: { _ in Self.batchPath }, keepsQuery: true, batch)
        door.post(routes, "/console/cases/:id/resolve", .resolveCases, back: Self.back, resolve)
        door.post(routes, "/console/cases/:id/approve", .resolveCases, back: Self.back, noteAs: "approve_note", approve)
        door.post(
            routes,
            "/console/cases/:id/withdraw",
            .resolveCases,
            back: Self.back,
            noteAs: "withdraw_note",
            withdraw
        )
        door.post(routes, "/console/cases/:id/notes", .resolveCases, back: Self.back, noteAs: "work_note", note)
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        "/console/cases/" + (context.parameters.get("id") ?? "").percentEncoded()
    }

    private func agencies(_ call: ConsoleCall) async throws -> [String]? {
        try await jurisdiction.agencies(under: nil, caller: call.caller)
    }

    @Sendable private func list(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        .page(try await listPage(call, done: ConsoleCaseRoutes.batchTold(call)))
    }

    /// What became of a batch, as the address says.
    private static func batchTold(_ call: ConsoleCall) -> String? {
        guard let done = call.parameter("done").flatMap({ Int($0) }) else { return nil }
        let failed = (call.parameter("failed") ?? "").split(separator: ".").prefix(50).compactMap { Int64($0) }
            .map { "#\($0)" }.joined(separator: ", ")
        guard !failed.isEmpty else {
            return Phrase(vi: "Đã xong \(done) vụ việc.", en: "\(done) cases are done.")[call.language]
        }
        return Phrase(
            vi: "Đã xong \(done) vụ việc; chưa xong: \(failed). Mở từng vụ việc để xem vì sao.",
            en: "\(done) cases are done, not these: \(failed). Open each to see why."
        )[call.language]
    }

    /// The filter of an address of the list: what is open, unless the address names a state, `all` of them, or what is
    /// overdue, for a list of work shows work.
    ///
    /// - Throws: `invalid-parameter` for a kind, a state or an amount that there is none of.
    static func filter(_ call: ConsoleCall) throws -> Cases.Filter {
        let state = call.parameter("state")
        var filter = try Cases.Filter(kind: call.parameter("kind"), state: state == "all" ? nil : state)
        (filter.account, filter.agency) = (call.parameter("account"), call.parameter("agency"))
        filter.assignee = call.parameter("assignee")
        filter.isOverdue = try call.flag("overdue")
        if state == nil, !filter.isOverdue { filter.state = .open }
        if let text = call.parameter("amount") {
            guard let amount = Money(printed: text) ?? Money.parse(text) else {
                throw ServiceError(.invalidParameter, at: "amount", .amountAsPrinted)
            }
            filter.amount = amount
        }
        return filter
    }

    private func listPage(_ call: ConsoleCall, done: String? = nil) async throws -> CasesPage {
        var filter = try ConsoleCaseRoutes.filter(call)
        filter.agencies = try await agencies(call)
        let after = try call.request.cursor { Int64($0) } ?? 0
        let found = try await cases.list(filter, after: after, limit: Self.pageSize)
        let waiting = found.filter { $0.state == .awaitingApproval }.map(\.id)
        let shown = CasesPage.Filter(
            kind: filter.kind,
            state: filter.state,
            account: filter.account,
            agency: filter.agency,
            assignee: filter.assignee,
            amount: filter.amount,
            isOverdue: filter.isOverdue
        )
        return CasesPage(
            found,
            shown,
            proposals: waiting.isEmpty ? [:] : try await cases.proposals(of: waiting, within: filter.agencies),
            counts: try await cases.counts(filter),
            choices: try await cases.choices(within: filter.agencies),
            agencyNames: try await jurisdiction.agencyNames(in: call.language),
            after: after,
            next: found.count == Self.pageSize ? found.last?.id : nil,
            for: call.caller,
            done: done,
            in: call.language
        )
    }

    private func page(
        _ call: ConsoleCall,
        done: Phrase? = nil,
        fault: ServiceError? = nil,
        typed: [String: String] = [:]
    ) async throws -> CasePage {
        let id = try call.number(.caseFile)
        let agencies = try await agencies(call)
        let file = try await cases.find(id, within: agencies)
        var filter = Cases.Filter()
        filter.state = .open
        filter.agencies = agencies
        let next = try await cases.list(filter, after: id, limit: 1).first?.id
        let names = try await jurisdiction.agencyNames(in: call.language)
        return CasePage(
            file,
            payer: try await cases.payer(of: file, within: agencies),
            workers: call.caller.holds(.resolveCases) ? try await cases.workers() : [],
            agency: file.head.agencyCode.flatMap { names[$0] },
            for: call.caller,
            next: next,
            done: done.map { $0[call.language] } ?? ConsoleCaseRoutes.told(call),
            fault: fault,
            typed: typed,
            in: call.language
        )
    }

    /// What was just done, as the address says after a form was sent.
    private static func told(_ call: ConsoleCall) -> String? {
        let phrase: Phrase? =
            switch call.parameter("done") {
            case "proposed":
                Phrase(vi: "Đã gửi đề xuất: người khác sẽ duyệt.", en: "Proposed: somebody else will approve it.")
            case "approved": Phrase(vi: "Đã duyệt và ghi sổ.", en: "Approved and booked.")
            case "withdrawn": Phrase(vi: "Đã rút đề xuất.", en: "The proposal is withdrawn.")
            case "saved": Phrase(vi: "Đã lưu.", en: "Saved.")
            case "ended": Phrase(vi: "Đã ghi nhận.", en: "Done.")
            default: nil
            }
        return phrase.map { $0[call.language] }
    }

    /// Carries out what a form asks; a refusal is told on the page with what was typed.
    ///
    /// - Parameter note: what the page calls the note of this form.
    private func doing(
        _ call: ConsoleCall,
        _ form: PageForm,
        _ done: String,
        noteAs note: String = "note",
        _ work: (Int64, [String]?) async throws -> Void
    ) async throws -> ConsoleFrontDoor.Answer {
        let id = try call.number(.caseFile)
        do {
            try await work(id, try await agencies(call))
            return .goTo("/console/cases/\(id)?done=\(done)")
        } catch let error as ServiceError
            where ![.unauthenticated, .secondFactorNeeded, .notFound, .internalFailure].contains(error.code)
        {
            let typed = form.named(note: note).filter { $0.key != "csrf" }
            return .refused(try await page(call, fault: error, typed: typed), error)
        }
    }

    @Sendable private func resolve(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let action = form["action"]
        let isProposal = CaseAction(rawValue: action)?.movesMoney ?? false
        return try await doing(call, form, isProposal ? "proposed" : "ended") { id, agencies in
            let decision = try CaseDecision(try ConsoleCaseRoutes.body(form))
            _ = try await actions.resolve(
                id,
                decision,
                by: call.caller.person,
                within: agencies,
                onlyProposes: true
            )
        }
    }

    /// The fields of the form as the API takes them; empty ones are left out.
    private static func body(_ form: PageForm) throws -> JSON {
        var members = [JSON.Member("action", .string(form["action"])), JSON.Member("note", .string(form["note"]))]
        let reference = form["reference"].trimming()
        if !reference.isEmpty { members.append(.init("reference", .string(reference))) }
        if let amount = try form.amount("amount") { members.append(.init("amount", .money(amount))) }
        let payee = [("bank_bin", "bank_bin"), ("account_number", "account"), ("name", "name")]
            .map { ($0, form[$1].trimming()) }.filter { !$0.1.isEmpty }
        if !payee.isEmpty {
            members.append(.init("beneficiary", .object(payee.map { JSON.Member($0.0, .string($0.1)) })))
        }
        return .object(members)
    }

    @Sendable private func approve(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try await doing(call, form, "approved", noteAs: "approve_note") { id, agencies in
            let note = form["note"].isEmpty ? nil : form["note"]
            _ = try await actions.approve(
                id,
                note: note,
                shown: Int64(form["proposal"]),
                by: call.caller.person,
                within: agencies
            )
        }
    }

    @Sendable private func withdraw(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try await doing(call, form, "withdrawn", noteAs: "withdraw_note") { id, agencies in
            var body = BodyReader(["note": .string(form["note"])])
            let note = body.text("note", 1...2000)
            try body.finish()
            _ = try await actions.withdraw(id, note: note, by: call.caller.person, within: agencies)
        }
    }

    @Sendable private func note(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try await doing(call, form, "saved", noteAs: "work_note") { id, agencies in
            let head = try await cases.find(id, within: agencies).head
            var members: [JSON.Member] = []
            let assignee = form["assignee"].trimming()
            if assignee != head.assignee ?? "" {
                members.append(.init("assignee", assignee.isEmpty ? .null : .string(assignee)))
            }
            if !form["note"].isEmpty { members.append(.init("note", .string(form["note"]))) }
            if !form["due_on"].isEmpty, form["due_on"] != head.dueOn.description {
                members.append(.init("due_on", .string(form["due_on"])))
            }
            if !form["attachment"].isEmpty {
                members.append(
                    .init(
                        "attachment",
                        ["reference": .string(form["attachment"]), "title": .string(form["attachment_title"])]
                    )
                )
            }
            let entries = try CaseDesk.entries(.object(members))
            _ = try await desk.write(id, entries, by: call.caller.person, within: agencies)
        }
    }

    @Sendable private func inquiry(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let inquiry = try await cases.inquiry(
            try call.number(.caseFile),
            within: try await agencies(call),
            seenWith: call.caller.sight
        )
        var response = Response.text(inquiry.csv, "text/csv; charset=utf-8")
        response.headers[.contentDisposition] = "attachment; filename=\"\(inquiry.fileName)\""
        return .raw(response)
    }
}
