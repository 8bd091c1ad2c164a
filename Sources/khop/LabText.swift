import BankCallbacks
import Collection
import Values

/// A report of the lab for the terminal.
enum LabText {
    static func text(_ report: LabReport) -> String {
        let language = Language.ofTerminal
        var lines = [verdict(report)[language]]
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

    private static func verdict(_ report: LabReport) -> Phrase {
        if !report.isChecked {
            return Phrase(
                vi: "Chưa kiểm tra chữ ký: không có khóa bí mật.",
                en: "The signature was not checked: there is no secret."
            )
        }
        if report.isAccepted {
            return report.isProbe
                ? Phrase(vi: "Đúng: một thông điệp thử, không có tiền.", en: "Right: a test message without money.")
                : Phrase(vi: "Đúng: callback này được nhận.", en: "Right: this callback would be taken.")
        }
        return report.isVerified
            ? Phrase(
                vi: "Chữ ký đúng, nhưng callback không được nhận:",
                en: "The signature holds, but it would not be taken:"
            )
            : Phrase(vi: "Chữ ký không đúng:", en: "The signature does not hold:")
    }
}
