public import Collection
import FeeSchedule
public import Spreadsheets
import Values

/// A table of a report, and where its figures lead.
public struct ReportTable: Sendable {
    /// What a figure leads to.
    enum Target: String, Sendable {
        /// The payments that it counts.
        case payments = "/console/reports/payments"
        /// The dossiers that it counts.
        case dossiers = "/console/reports/dossiers"
        /// The calendar of an account.
        case days = "/console/days"
        /// The story of one payment.
        case story = "/console/payments/"
    }

    public let sheet: Sheet
    /// What the table is called in the names of files; `nil`: the report's name says it.
    public private(set) var file: String?
    var target = Target.payments
    /// Of the columns whose figures lead somewhere, what each adds to the address; by their keys.
    var columns: [String: [String: String]] = [:]
    /// What each row adds to the address; `nil`: it leads nowhere.
    var rows: [[String: String]?] = []
    var subtotals: [Int: [String: String]] = [:]
    var total: [String: String]?
    /// Columns that the page shows besides the brief ones.
    var more: Set<String> = []
    /// Whether the counts are shaded by their size.
    var isShaded = false
    /// Whether its chart shows the share of each row in all payments instead of the chart of the workbook.
    var isMix = false
    /// How many rows the page shows; the files have all.
    var most = 400

    init(_ sheet: Sheet) { self.sheet = sheet }

    /// The rates, by whatever they were asked.
    public static func rates(_ report: NonCashReport) -> ReportTable {
        var table = ReportTable(report.sheet)
        table.columns = [
            "paid_requests": ["counted": "paid"], "non_cash_requests": ["counted": "non_cash"],
            "online_requests": ["counted": "online"], "cash_requests": ["counted": "cash"],
        ]
        table.rows = report.ranked.map { line in
            guard line.figures.paid > 0 else { return nil }
            return switch line.key {
            case .locality(let key): ["row": key.code, "row_valid_from": key.validFrom.description]
            case .procedure(let text): ["row": text]
            // Without a field there is no name to ask for.
            case .field(let text): text.isEmpty ? nil : ["row": text]
            case .channel(let channel): ["row": channel.rawValue]
            case nil: nil
            }
        }
        table.total = [:]
        table.more = ["cash_requests"]
        table.isMix = report.question.by == .channel
        return table
    }

    public static func hours(_ hours: PaymentHours) -> ReportTable {
        var table = ReportTable(hours.sheet)
        for (place, day) in PaymentHours.weekdays.enumerated() {
            table.columns[day.key] = ["weekday": String(place + 1)]
        }
        table.columns["all_days"] = [:]
        table.rows = table.sheet.rows.indices.map { ["hour": String(hours.firstHour + $0)] }
        table.total = [:]
        table.isShaded = true
        return table
    }

    public static func collections(_ report: CollectionsReport) -> ReportTable {
        var table = ReportTable(report.sheet)
        table.columns = ["lines": [:]]
        table.rows = report.lines.map { line in
            ["agency": line.agencyCode, "fee": line.feeCode, "budget_code": line.budgetCode]
        }
        for place in table.sheet.subtotals.keys { table.subtotals[place] = ["agency": report.lines[place].agencyCode] }
        table.total = [:]
        table.more = ["agency_name"]
        return table
    }

    /// What each agency remits for each week.
    public static func remittances(_ report: CollectionsReport) -> ReportTable {
        var table = ReportTable(report.remittanceSheet)
        table.file = "remittances"
        return table
    }

    public static func discounts(_ report: DiscountsReport) -> ReportTable {
        var table = ReportTable(report.sheet)
        table.columns = ["lines": [:]]
        table.rows = report.lines.map { ["rule": $0.rule, "rule_code": $0.code] }
        return table
    }

    public static func exemptions(_ report: ExemptionsReport) -> ReportTable {
        var table = ReportTable(report.sheet)
        table.columns = ["requests": ["exempted": "yes"]]
        table.rows = report.lines.map { line in
            [
                "row": line.unit.code, "row_valid_from": line.unit.validFrom.description, "rule": line.rule,
                "rule_code": line.code,
            ]
        }
        table.total = [:]
        return table
    }

    /// The points of each locality, what to do first, and what each procedure would bring.
    public static func decision766(_ report: Decision766) -> [ReportTable] {
        let sheets = report.sheets
        var (scores, plan, procedures) = (ReportTable(sheets[0]), ReportTable(sheets[1]), ReportTable(sheets[2]))
        (plan.file, procedures.file) = ("plan", "procedures")
        plan.target = .dossiers
        plan.columns = ["procedure_code": [:]]
        plan.rows = report.plan.map { $0.procedure.dossiers > 0 ? ["procedure": $0.procedure.code] : nil }
        plan.more = Set(plan.sheet.columns.map(\.key).filter { $0.hasPrefix("gain_") })
        scores.target = .dossiers
        scores.columns = ["counted_3_6": ["counted": "true"], "of_3_6": [:]]
        scores.rows = report.ranked.map { line in line.unit.map { ["locality": $0.code] } }
        scores.total = [:]
        procedures.target = .dossiers
        procedures.columns = ["dossiers": [:], "paid_online": ["counted": "true"]]
        procedures.rows = report.procedures.map { $0.dossiers > 0 ? ["procedure": $0.code] : nil }
        procedures.more = Set(procedures.sheet.columns.map(\.key).filter { $0.hasPrefix("gain_") })
        procedures.most = 100
        return [scores, plan, procedures]
    }

    public static func receipts(_ summary: ReceiptSummary) -> ReportTable {
        var table = ReportTable(summary.sheet)
        table.target = .story
        table.columns = ["number": [:]]
        table.rows = summary.rows.map { ["id": $0.requestID.text] }
        return table
    }

    public static func days(_ calendars: [StatementDays]) -> ReportTable {
        var table = ReportTable(StatementDays.sheet(of: calendars))
        table.target = .days
        table.columns = ["with_statement": [:], "unsigned": [:], "half": [:], "signed": [:]]
        table.rows = calendars.map { ["account": $0.account] }
        return table
    }

    /// Where a figure leads; `nil`: nowhere.
    ///
    /// - Parameters:
    ///   - key: of the column.
    ///   - row: what the row adds.
    func address(_ key: String, _ row: [String: String]?, from report: ReportAddress, mayOpenStories: Bool) -> String? {
        guard let row, let column = columns[key] else { return nil }
        switch target {
        case .story: return mayOpenStories ? row["id"].map { target.rawValue + $0 } : nil
        case .days: return target.rawValue + ReportAddress(row).query
        case .payments, .dossiers: return target.rawValue + report.with(row).with(column).query
        }
    }
}
