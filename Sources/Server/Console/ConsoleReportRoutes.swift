import Collection
import Console
import Documents
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Spreadsheets
import Values

/// The reports as pages and as files, and the payments and dossiers behind their figures.
struct ConsoleReportRoutes {
    let door: ConsoleFrontDoor
    let reader: ReportReader
    let reports: Reports
    let jurisdiction: Jurisdiction
    /// Whose papers the forms are where they are about no single area; `nil` leaves it to the pen.
    let agency: String?

    private static let pageSize = 50
    /// In one file; a shorter period has fewer.
    private static let mostExported = 50_000

    func add(to routes: RouteTable) {
        door.get(routes, "/console/reports", .readReports) { call in .page(ReportsPage(in: call.language)) }
        door.get(routes, "/console/reports/payments", .readReports, showing: .payments, payments)
        door.get(routes, "/console/reports/dossiers", .readReports, dossiers)
        door.get(routes, DossierListPage.exportPath, .readReports, exemptDossiers)
        for report in ConsoleReport.allCases {
            door.get(routes, report.path, .readReports) { call in try await show(report, call) }
            door.get(routes, report.path + ".csv", .readReports) { call in
                let answer = try await read(report, call)
                let wanted = call.parameter("table")
                guard let table = answer.tables.first(where: { $0.file == wanted }) else {
                    let known = answer.tables.compactMap(\.file)
                    throw ServiceError(.invalidParameter, at: "table", .oneOf(known))
                }
                let bytes = Array(table.sheet.csv.utf8)
                return file(answer, table: wanted, "csv", "text/csv; charset=utf-8", bytes)
            }
            door.get(routes, report.path + ".xlsx", .readReports) { call in
                let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                let answer = try await read(report, call)
                return file(answer, "xlsx", type, try Workbook.xlsx(sheets(answer)))
            }
            guard report.isForm else { continue }
            door.get(routes, report.path + ".pdf", .readReports) { call in
                // What is signed is the form itself, the first table.
                let answer = try await read(report, call)
                let form = sheets(answer)[0].document(madeAt: .now())
                return file(answer, "pdf", "application/pdf", try form.pdf())
            }
        }
    }

    // MARK: Reports

    private func show(_ report: ConsoleReport, _ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let today = Instant.now().day
        let address = reader.complete(report, ReportAddress { call.parameter($0) }, call.caller, today: today)
        let areas = try await reports.areas(within: call.caller.localities, besides: address["locality"])
        func page(_ answer: ReportPage.Answer, fault: ServiceError? = nil) -> ReportPage {
            ReportPage(
                answer,
                periods: ConsoleRateRoutes.periods(today),
                months: ConsoleReportRoutes.months(today),
                areas: areas,
                for: call.caller,
                fault: fault?.told(in: call.language),
                in: call.language
            )
        }
        do { return .page(page(try await reader.read(report, address, call.caller, today: today))) } catch let error
            as ServiceError where error.code == .invalidParameter
        {
            // The form stays, so that what is wrong can be put right.
            return .refused(page(ReportPage.Answer(report, address, []), fault: error), error)
        }
    }

    private static func months(_ today: Day) -> [String] {
        let (year, month, _) = today.components
        return (0..<13).map { back in
            let number = (year * 12 + month - 1 - back) % 12 + 1
            return "\((year * 12 + month - 1 - back) / 12)-" + (number < 10 ? "0" : "") + "\(number)"
        }
    }

    private func read(_ report: ConsoleReport, _ call: ConsoleCall) async throws -> ReportPage.Answer {
        let today = Instant.now().day
        let address = reader.complete(report, ReportAddress { call.parameter($0) }, call.caller, today: today)
        return try await reader.read(report, address, call.caller, today: today)
    }

    private func sheets(_ answer: ReportPage.Answer) -> [Sheet] {
        answer.tables.map { $0.sheet.issued(by: agency) }
    }

    /// A file named after what it is about, such as `decision766-plan_2026-10.csv`: on whichever day it is taken, it is of
    /// that period.
    private func file(
        _ answer: ReportPage.Answer,
        table: String? = nil,
        _ ending: String,
        _ type: String,
        _ bytes: [UInt8]
    ) -> ConsoleFrontDoor.Answer {
        file(answer.report.rawValue + (table.map { "-" + $0 } ?? ""), of: answer.address, ending, type, bytes)
    }

    private func file(_ name: String, of address: ReportAddress, _ ending: String, _ type: String, _ bytes: [UInt8])
        -> ConsoleFrontDoor.Answer
    {
        var headers = HTTPFields()
        headers[.contentType] = type
        let full = [name, address.span].filter { !$0.isEmpty }.joined(separator: "_") + "." + ending
        headers[.contentDisposition] = "attachment; filename=\"\(full)\""
        headers[.cacheControl] = "no-store"
        let body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        return .raw(Response(status: .ok, headers: headers, body: body))
    }

    // MARK: Behind the figures

    @Sendable private func payments(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let today = Instant.now().day
        let address = reader.complete(.rates, ReportAddress { call.parameter($0) }, call.caller, today: today)
        let areas = try await reports.areas(within: call.caller.localities, besides: address["locality"])
        func page(_ told: JSON, fault: ServiceError? = nil) -> PaidListPage {
            PaidListPage(
                told,
                address,
                periods: ConsoleRateRoutes.periods(today),
                areas: areas,
                next: told["next_cursor"]?.string.map { next($0, of: "payments", address) },
                fault: fault?.told(in: call.language),
                for: call.caller,
                in: call.language
            )
        }
        do {
            let cell = try await cell(address, call)
            let isExempted = address["exempted"] != nil
            return .page(page(try await isExempted ? reports.exempted(cell).json : reports.payments(cell).json))
        } catch let error as ServiceError where error.code == .invalidParameter {
            // The form stays, so that what is wrong can be put right.
            return .refused(page([:], fault: error), error)
        }
    }

    /// What the list of payments is asked by its address.
    private func cell(_ address: ReportAddress, _ call: ConsoleCall) async throws -> NonCashPayments.Cell {
        NonCashPayments.Cell(
            question: try await ReportArea(jurisdiction: jurisdiction).question({ address[$0] }, call.caller),
            row: address["row"],
            rowValidFrom: try address["row_valid_from"].map { text in
                guard let day = Day(text) else {
                    throw ServiceError(.invalidParameter, at: "row_valid_from", .existingDay)
                }
                return day
            },
            counted: try call.code("counted") ?? .paid,
            limit: Self.pageSize,
            after: try call.parameter("cursor").map { try NonCashPayments.Cursor($0) },
            behind: try PaymentsBehind { address[$0] }
        )
    }

    private func next(_ cursor: String, of list: String, _ address: ReportAddress) -> String {
        let query = address.query
        return "/console/reports/\(list)" + (query.isEmpty ? "?" : query + "&") + "cursor=" + cursor.percentEncoded()
    }

    @Sendable private func dossiers(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let address = ReportAddress { call.parameter($0) }
        let told = try await reports.dossiers(
            try await ReportArea(jurisdiction: jurisdiction).question({ address[$0] }, call.caller),
            procedure: address["procedure"],
            isCounted: address["counted"].map { $0 == "true" },
            areExempt: address["exempt"] == "true",
            after: call.parameter("cursor"),
            limit: Self.pageSize
        )
        return .page(
            DossierListPage(
                told,
                address,
                next: told["next_cursor"]?.string.map { next($0, of: "dossiers", address) },
                for: call.caller,
                in: call.language
            )
        )
    }

    /// All dossiers of the question that were exempted in full, as a portal tells the national portal of them: the pages of the
    /// API as one file.
    @Sendable private func exemptDossiers(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let given = ReportAddress { call.parameter($0) }
        let address = reader.complete(.decision766, given, call.caller, today: Instant.now().day)
        let question = try await ReportArea(jurisdiction: jurisdiction).question({ address[$0] }, call.caller)
        var items: [JSON] = []
        var cursor: String?
        repeat {
            let page = try await reports.dossiers(
                question,
                procedure: address["procedure"],
                isCounted: nil,
                areExempt: true,
                after: cursor,
                limit: 500
            )
            items += page["items"]?.array ?? []
            cursor = page["next_cursor"]?.string
        } while cursor != nil && items.count < Self.mostExported
        let body: JSON = ["items": .array(items), "has_more": .bool(cursor != nil)]
        return file("ho-so-mien", of: address, "json", "application/json", body.bytes)
    }
}
