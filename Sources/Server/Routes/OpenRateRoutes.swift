import Collection
import Console
import FeeSchedule
import HTTPTypes
import Hummingbird
import Spreadsheets
import Synchronization
import Values

/// `/rates`: the figures of the months that are over, for everybody, as a page, CSV and JSON. Asked for once in ten minutes at
/// the most, however many look.
final class OpenRateRoutes: Sendable {
    private let reports: Reports
    private let jurisdiction: Jurisdiction
    private let renderer: ConsoleRenderer
    private let kept = Mutex<[String: (at: Instant, report: NonCashReport)]>([:])
    private let first = Mutex<(at: Instant, day: Day?)?>(nil)

    private static let keptSeconds: Int64 = 600
    private static let months = 13

    init(reports: Reports, jurisdiction: Jurisdiction, renderer: ConsoleRenderer) {
        self.reports = reports
        self.jurisdiction = jurisdiction
        self.renderer = renderer
    }

    func add(to router: RouteTable) {
        router.get("/rates", use: page)
        router.get("/rates.csv") { request, context in
            let report = try await self.report(request)
            var response = Response.text(report.sheet.csv, "text/csv; charset=utf-8")
            response.headers[.contentDisposition] = "inline; filename=\"rates-\(report.question.period.label).csv\""
            return OpenRateRoutes.open(response)
        }
        router.get("/rates.json") { request, _ in OpenRateRoutes.open(.json(try await self.report(request).json)) }
    }

    /// Anybody may keep it for a while.
    private static func open(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "public, max-age=\(keptSeconds)"
        return response
    }

    /// The months that are over and not before the first payment, the latest first; always the last one.
    private func published(_ now: Instant) async throws -> [String] {
        let (year, month, _) = now.day.components
        let began = try await firstDay(now)?.components
        return (1...OpenRateRoutes.months).compactMap { back in
            let index = year * 12 + month - 1 - back
            guard back == 1 || began.map({ $0.year * 12 + $0.month - 1 <= index }) ?? false else { return nil }
            let number = index % 12 + 1
            return "\(index / 12)-" + (number < 10 ? "0" : "") + String(number)
        }
    }

    private func firstDay(_ now: Instant) async throws -> Day? {
        if let known = first.withLock({ $0 }), known.at.adding(seconds: Self.keptSeconds) > now { return known.day }
        let day = try await reports.firstDay()
        first.withLock { $0 = (now, day) }
        return day
    }

    private func report(_ request: Request) async throws -> NonCashReport {
        let now = Instant.now()
        let months = try await published(now)
        let wanted = request.parameter("period") ?? months[0]
        guard months.contains(wanted) else {
            throw ServiceError(.invalidParameter, at: "period", .oneOf(months))
        }
        if let known = kept.withLock({ $0[wanted] }), known.at.adding(seconds: Self.keptSeconds) > now {
            return known.report
        }
        var question = NonCashReport.Question(
            period: try ReportPeriod(wanted, basis: .calendar),
            level: .commune,
            locality: try await jurisdiction.soleProvince(),
            asOf: .recorded
        )
        question.listsQuietCommunes = true
        let report = try await reports.nonCash(question)
        kept.withLock { $0[wanted] = (now, report) }
        return report
    }

    @Sendable private func page(_ request: Request, _ context: KhopContext) async throws -> Response {
        let language = request.parameter("lang").flatMap { Language(rawValue: $0) } ?? context.language
        let months = try await published(.now())
        let page = OpenRatesPage(try await report(request), months: months, in: language)
        var response = Response.text(renderer.html(page, in: language), "text/html; charset=utf-8")
        Pages.secure(&response)
        response.headers[.contentLanguage] = language.rawValue
        response.headers[.vary] = "Accept-Language"
        return OpenRateRoutes.open(response)
    }
}
