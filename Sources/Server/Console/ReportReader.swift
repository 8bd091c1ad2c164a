import Collection
import Console
import FeeSchedule
import Identity
import Values

/// Asks the reports what an address of the console asks, for whoever asks.
struct ReportReader: Sendable {
    let reports: Reports
    let receipts: Receipts
    let overviews: Overviews
    let jurisdiction: Jurisdiction

    private var asking: ReportArea { ReportArea(jurisdiction: jurisdiction) }

    /// The filters of an address with those that a report has where nothing is said: this month, of the caller's own area.
    func complete(_ report: ConsoleReport, _ address: ReportAddress, _ caller: Caller, today: Day) -> ReportAddress {
        let month = String(today.description.prefix(7))
        switch report {
        case .receipts: return address.withDefaults(["day": today.description])
        case .days: return address.withDefaults(["month": month])
        default:
            let hasDays = address["from"] != nil && address["to"] != nil
            let own = caller.localities.flatMap { $0.count == 1 ? $0.first : nil }
            var defaults = hasDays ? [:] : ["period": month]
            defaults["locality"] = own
            return address.withDefaults(defaults)
        }
    }

    /// - Throws: what the API's report of the same filters throws.
    func read(_ report: ConsoleReport, _ address: ReportAddress, _ caller: Caller, today: Day) async throws
        -> ReportPage.Answer
    {
        func question() async throws -> NonCashReport.Question { try await asking.question({ address[$0] }, caller) }
        switch report {
        case .rates:
            let asked = try await question()
            let found = try await reports.nonCash(asked)
            let agencies = try await jurisdiction.agencies(under: asked.locality, caller: caller)
            let trend = try await reports.trend(of: agencies, today: today)
            let tables = [ReportTable.rates(found)]
            return ReportPage.Answer(report, address, tables, trend: trend, target: found.total.target)
        case .hours: return ReportPage.Answer(report, address, [.hours(try await reports.hours(try await question()))])
        case .collections:
            let asked = try await question()
            let found = try await reports.collections(asked.period, locality: asked.locality)
            return ReportPage.Answer(report, address, [.collections(found), .remittances(found)])
        case .discounts:
            let asked = try await question()
            let found = try await reports.discounts(asked.period, locality: asked.locality)
            return ReportPage.Answer(report, address, [.discounts(found)])
        case .exemptions:
            return ReportPage.Answer(report, address, [.exemptions(try await reports.exemptions(try await question()))])
        case .decision766:
            let found = try await reports.decision766(try await question())
            return ReportPage.Answer(report, address, ReportTable.decision766(found))
        case .receipts: return ReportPage.Answer(report, address, [.receipts(try await summary(address, caller))])
        case .days: return ReportPage.Answer(report, address, [.days(try await days(address, caller, today: today))])
        }
    }

    private func summary(_ address: ReportAddress, _ caller: Caller) async throws -> ReceiptSummary {
        guard let day = address["day"].flatMap({ Day($0) }) else {
            throw ServiceError(.invalidParameter, at: "day", .existingDay)
        }
        let agencies = try await jurisdiction.agencies(under: nil, caller: caller)
        return try await receipts.summary(day, agency: address["agency"], within: agencies)
    }

    /// The days of a month, until today.
    private func days(_ address: ReportAddress, _ caller: Caller, today: Day) async throws -> [StatementDays] {
        let month = try ReportPeriod(address["month"] ?? "", basis: .calendar)
        let last = min(month.to, today)
        let count = Int(last.daysSinceEpoch - month.from.daysSinceEpoch) + 1
        guard count > 0 else { return [] }
        let accounts = try await jurisdiction.accounts(for: caller)
        return try await overviews.calendars(accounts: accounts, through: last, count: count)
    }
}
