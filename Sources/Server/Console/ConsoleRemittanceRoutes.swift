import Casework
import Collection
import Console
import FeeSchedule
import Hummingbird
import Identity
import Values
import Workflow

/// What goes to the State Treasury: what is due, the orders, and deciding about one.
struct ConsoleRemittanceRoutes {
    let door: ConsoleFrontDoor
    let remittances: Remittances
    let jurisdiction: Jurisdiction
    let tariff: Tariff

    private static let path = RemittancesPage.path
    private static let pageSize = 50

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readRemittances) { call in .page(try await listed(call)) }
        for isCSV in [true, false] {
            door.get(routes, Self.path + (isCSV ? "/due.csv" : "/due.xlsx"), .readRemittances) { call in
                let outlook = try await remittances.due(within: try await agencies(call))
                return .raw(try RemittanceRoutes.sheet(outlook, isCSV: isCSV))
            }
        }
        door.post(routes, Self.path + "/make", .makeRemittance, back: { _ in Self.path }, make)
        door.get(routes, Self.path + "/:id", .readRemittances) { call in .page(try await page(call)) }
        door.get(routes, Self.path + "/:id/order.pdf", .readRemittances) { call in
            .raw(try RemittanceRoutes.paper(of: try await find(call)))
        }
        door.post(routes, Self.path + "/:id/file", .takeRemittance, back: Self.back) { call, _ in
            let id = try call.number(.remittance)
            let bytes = try await remittances.file(of: id, by: call.caller.person, within: try await agencies(call))
            return .raw(RemittanceRoutes.file(bytes, of: id))
        }
        addDecisions(to: routes)
    }

    private func addDecisions(to routes: RouteTable) {
        door.post(routes, Self.path + "/:id/approve", .approveRemittance, back: Self.back) { call, _ in
            try await doing(call, "approved") { id, agencies in
                _ = try await remittances.approve(id, by: call.caller.person, within: agencies)
            }
        }
        door.post(routes, Self.path + "/:id/send", .takeRemittance, back: Self.back) { call, _ in
            try await doing(call, "sent") { id, agencies in
                _ = try await remittances.send(id, by: call.caller.person, within: agencies)
            }
        }
        door.post(routes, Self.path + "/:id/reject", .takeRemittance, back: Self.back) { call, form in
            try await doing(call, "rejected") { id, agencies in
                let note = try Self.note(form)
                _ = try await remittances.reject(id, note: note, by: call.caller.person, within: agencies)
            }
        }
        door.post(routes, Self.path + "/:id/return", .takeRemittance, back: Self.back) { call, form in
            try await doing(call, "returned") { id, agencies in
                let note = try Self.note(form)
                _ = try await remittances.comeBack(id, note: note, by: call.caller.person, within: agencies)
            }
        }
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        path + "/" + (context.parameters.get("id") ?? "").percentEncoded()
    }

    private static func note(_ form: PageForm) throws -> String {
        var body = BodyReader(["note": .string(form["note"].trimming())])
        let note = body.text("note", 1...500)
        try body.finish()
        return note
    }

    private func agencies(_ call: ConsoleCall) async throws -> [String]? {
        try await jurisdiction.agencies(under: nil, caller: call.caller)
    }

    private func find(_ call: ConsoleCall) async throws -> Remittance {
        let reader = call.session.caller.acting(for: .readRemittances)
        let agencies = try await jurisdiction.agencies(under: nil, caller: reader)
        return try await remittances.find(try call.number(.remittance), within: agencies)
    }

    private func listed(_ call: ConsoleCall, fault: ServiceError? = nil) async throws -> RemittancesPage {
        let reader = call.session.caller.acting(for: .readRemittances)
        let agencies = try await jurisdiction.agencies(under: nil, caller: reader)
        let state: RemittanceState? = try call.code("state")
        let orders = try await remittances.list(
            state: state,
            within: agencies,
            before: try call.request.cursor { Int64($0) },
            limit: Self.pageSize
        )
        let made = call.parameter("made").flatMap { Int($0) }
        let done = made.map { count in
            Phrase(vi: "Đã lập \(count) lệnh; người khác sẽ duyệt.", en: "\(count) made; somebody else approves.")
        }
        return RemittancesPage(
            try await remittances.due(within: agencies),
            orders: orders,
            state: state,
            next: orders.count == Self.pageSize ? orders.last?.id : nil,
            fault: fault,
            done: done.map { $0[call.language] },
            for: call.session.caller,
            in: call.language
        )
    }

    @Sendable private func make(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        do {
            var body = BodyReader(["agency_code": .string(form["agency"]), "due_by": .string(form["due_by"])])
            let agency = body.text("agency_code", 1...64)
            let day = body.day("due_by")
            try body.finish()
            let made = try await remittances.make(
                agency: agency,
                dueBy: day ?? Instant.now().day,
                by: call.caller.person,
                within: try await agencies(call)
            )
            if made.count == 1, let only = made.first { return .goTo("\(Self.path)/\(only.id)?done=made") }
            return .goTo("\(Self.path)?made=\(made.count)")
        } catch let error as ServiceError where Self.told.contains(error.code) {
            return .refused(try await listed(call, fault: error), error)
        }
    }

    private static let told: Set<ServiceError.Code> = [.conflict, .forbidden, .invalidBody, .notFound]

    private func page(_ call: ConsoleCall, fault: ServiceError? = nil) async throws -> RemittancePage {
        let order = try await find(call)
        let agency = try await tariff.current().schedule.agencies[order.key.agencyCode]
        let name = call.language == .vietnamese ? agency?.nameVi : agency?.nameEn
        return RemittancePage(
            order,
            agencyName: name ?? order.key.agencyCode,
            fault: fault,
            done: Self.done(call.parameter("done")).map { $0[call.language] },
            for: call.session.caller,
            in: call.language
        )
    }

    private static func done(_ what: String?) -> Phrase? {
        switch what {
        case "made": Phrase(vi: "Đã lập lệnh; người khác sẽ duyệt.", en: "Made; somebody else approves it.")
        case "approved":
            Phrase(
                vi: "Đã duyệt; người khác sẽ mang đến ngân hàng.",
                en: "Approved; somebody else takes it to the bank."
            )
        case "sent":
            Phrase(
                vi: "Đã ghi sổ; lệnh chờ thấy trên sao kê.",
                en: "Booked; the order awaits its line on the statement."
            )
        case "rejected": Phrase(vi: "Đã từ chối lệnh.", en: "The order is rejected.")
        case "returned":
            Phrase(vi: "Đã ghi nhận; số tiền lại phải nộp.", en: "Recorded; the money is due again.")
        default: nil
        }
    }

    private func doing(_ call: ConsoleCall, _ done: String, _ work: (Int64, [String]?) async throws -> Void)
        async throws -> ConsoleFrontDoor.Answer
    {
        let id = try call.number(.remittance)
        do {
            try await work(id, try await agencies(call))
            return .goTo(Self.path + "/\(id)?done=\(done)")
        } catch let error as ServiceError where Self.told.contains(error.code) {
            return .refused(try await page(call, fault: error), error)
        }
    }
}
