public import Collection
public import Identity
import Values

/// The parts of the console, in the order of its navigation.
public enum ConsoleSection: String, Sendable, CaseIterable {
    case today, counter, cases, statements, days, refunds, rates, reports, operations
    /// Of a test installation alone.
    case testBank = "test-bank"

    /// Where it begins.
    public var path: String { self == .today ? "/console" : "/console/\(rawValue)" }

    /// What lets somebody in, any of it; empty for everybody who is logged in.
    public var permissions: [Permission] {
        switch self {
        case .today: []
        case .counter: [.readShifts]
        case .cases, .statements: [.readCases]
        case .days, .rates, .reports: [.readReports]
        case .refunds: [.readRefunds]
        case .operations: [.readEventEndpoints, .readConnections, .readCatalogue]
        case .testBank: [.tryMessages]
        }
    }

    /// Whether somebody may enter.
    public func isOpen(to caller: Caller) -> Bool { permissions.isEmpty || permissions.contains(where: caller.holds) }

    var name: Phrase {
        switch self {
        case .today: Phrase(vi: "Hôm nay", en: "Today")
        case .counter: Phrase(vi: "Quầy thu", en: "Counter")
        case .cases: Phrase(vi: "Vụ việc", en: "Cases")
        case .statements: Phrase(vi: "Sao kê", en: "Statements")
        case .days: Phrase(vi: "Đối soát ngày", en: "Days")
        case .refunds: Phrase(vi: "Hoàn tiền", en: "Refunds")
        case .rates: Phrase(vi: "Tỷ lệ", en: "Rates")
        case .reports: Phrase(vi: "Báo cáo", en: "Reports")
        case .operations: Phrase(vi: "Vận hành", en: "Operations")
        case .testBank: Phrase(vi: "Ngân hàng thử", en: "Test bank")
        }
    }
}
