import Collection
import Console
import FeeSchedule
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Spreadsheets
import Values

/// The leader's page.
struct ConsoleRateRoutes {
    let door: ConsoleFrontDoor
    let reports: Reports
    let jurisdiction: Jurisdiction
    /// Whose papers the forms are where they are about no single area; `nil` leaves it to the pen.
    let agency: String?

    func add(to routes: RouteTable) {
        door.get(routes, "/console/rates", .readReports, show)
        door.get(routes, "/console/rates.xlsx", .readReports, workbook)
    }

    /// The question of the address; without a period, of the year.
    private func question(_ call: ConsoleCall, today: Day) async throws -> NonCashReport.Question {
        let area = ReportArea(jurisdiction: jurisdiction)
        guard call.parameter("period") == nil else {
            var question = try await area.question(call.request, call.caller)
            question.listsQuietCommunes = true
            return question
        }
        return NonCashReport.Question(
            period: try ReportPeriod(String(today.components.year), basis: .calendar),
            level: .province,
            locality: try await area.area(call.request, call.caller),
            asOf: .current
        )
    }

    @Sendable private func show(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let today = Instant.now().day
        let question = try await question(call, today: today)
        let report = try await reports.nonCash(question)
        let agencies = try await jurisdiction.agencies(under: question.locality, caller: call.caller)
        let trend = try await reports.trend(of: agencies, today: today)
        let left = Int(question.period.to.daysSinceEpoch - today.daysSinceEpoch)
        let isRunning = question.period.from <= today && left > 0
        let decision = try await reports.decision766(question)
        let figures = RatesPage.Figures(
            report: report,
            decision: decision,
            trend: trend,
            forecast: isRunning
                ? RateTrend.forecast(
                    paid: report.total.figures.paid,
                    nonCash: report.total.figures.nonCash,
                    days: left,
                    weeks: trend.weeks
                ) : nil,
            points: try await reports.forecast(decision, today: today)
        )
        let isBound = call.caller.localities != nil
        return .page(
            RatesPage(figures, periods: ConsoleRateRoutes.periods(today), isBound: isBound, in: call.language)
        )
    }

    /// The year, its quarters and its months until today, and the year before; the latest first.
    static func periods(_ today: Day) -> [String] {
        let (year, month, _) = today.components
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let months = stride(from: month, to: max(0, month - 4), by: -1).map { "\(year)-\(two($0))" }
        let quarters = stride(from: (month + 2) / 3, to: 0, by: -1).map { "\(year)-Q\($0)" }
        return [String(year)] + months + quarters + [String(year - 1)]
    }

    @Sendable private func workbook(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let question = try await question(call, today: Instant.now().day)
        let sheets = [try await reports.nonCash(question).sheet] + (try await reports.decision766(question).sheets)
        var headers = HTTPFields()
        headers[.contentType] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        headers[.contentDisposition] = "attachment; filename=\"ty-le-\(question.period.label).xlsx\""
        let bytes = ByteBuffer(bytes: try Workbook.xlsx(sheets.map { $0.issued(by: agency) }))
        return .raw(Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes)))
    }
}
