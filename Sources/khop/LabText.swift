import BankCallbacks
import Collection
import Values

/// A report of the lab for the terminal.
enum LabText {
    static func text(_ report: LabReport) -> String {
        let language = Language.ofTerminal
        var lines = [report.verdict[language]]
        for finding in report.findings { lines.append("  • \(finding.sentence[language]) [\(finding.fault.rawValue)]") }
        if !report.fits.isEmpty {
            let names = report.fits.map(\.rawValue).joined(separator: ", ")
            lines.append(String(vi: "Đúng với kiểu: \(names)", en: "It fits the profile: \(names)"))
        }
        lines.append("")
        lines.append(
            String(
                vi: "Cách ký của \(report.profile.rawValue): \(report.method[language]). Chuỗi phải ký:",
                en: "How \(report.profile.rawValue) signs: \(report.method[language]). What ought to be signed:"
            )
        )
        lines.append(
            report.signed ?? String(vi: "(không dựng được từ thông điệp này)", en: "(cannot be made of this message)")
        )
        if !report.readings.isEmpty {
            lines.append("")
            lines.append(String(vi: "Các trường đọc được:", en: "The fields as read:"))
            for reading in report.readings { lines.append("  \(reading.name) = \(reading.value)") }
        }
        return lines.joined(separator: "\n")
    }
}
