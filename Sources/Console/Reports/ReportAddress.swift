import Collection
import Values

/// The filters of a report as they stand in an address, and the addresses that its figures lead to.
public struct ReportAddress: Sendable, Hashable {
    /// By the names of the parameters, in no order; nothing is empty.
    public let values: [String: String]

    /// What is kept of an address: the filters of reports and what narrows a list of payments.
    private static let known =
        ReportFilter.allCases.map(\.rawValue) + [
            "row", "row_valid_from", "fee", "budget_code", "rule", "rule_code", "procedure", "exempted", "exempt",
        ]

    /// - Parameter parameter: the value of a parameter; `nil` if it was not given.
    public init(_ parameter: (String) -> String?) {
        var values: [String: String] = [:]
        for name in Self.known { if let value = parameter(name), !value.isEmpty { values[name] = value } }
        // A form always sends its period; days that somebody named mean more.
        if values["from"] != nil, values["to"] != nil { values["period"] = nil }
        self.values = values
    }

    init(_ values: [String: String]) { self.values = values }

    public subscript(name: String) -> String? { values[name] }

    /// The same with other values; an empty one takes its parameter out.
    public func with(_ others: [String: String]) -> ReportAddress {
        ReportAddress(values.merging(others) { _, other in other }.filter { !$0.value.isEmpty })
    }

    /// With a value where the address has none.
    public func withDefaults(_ others: [String: String]) -> ReportAddress {
        ReportAddress(others.merging(values) { _, own in own })
    }

    /// What the report covers, as the name of its file has it: `2026-10`, `2026-11-03`, `2026-11-01_2026-11-15`; empty if
    /// the address does not say.
    public var span: String {
        let basis = values["basis"].flatMap { $0 == "calendar" || values["period"] == nil ? nil : "_" + $0 } ?? ""
        let days = [values["from"], values["to"]].compactMap { $0 }.joined(separator: "_")
        let span = values["period"] ?? values["month"] ?? values["day"] ?? days
        return String((span + basis).filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
    }

    /// `?period=2026-11&…`, always in the same order; empty without filters.
    public var query: String {
        let pairs = values.sorted { $0.key < $1.key }.map { $0.key + "=" + $0.value.percentEncoded() }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }
}
