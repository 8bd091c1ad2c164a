import BankCallbacks
import Console
import Documents
import Values

extension LabRecord {
    /// The report on paper, for the bank's engineer.
    func document(in language: Language) -> Document {
        func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[language] }
        let title = say("Kết quả kiểm tra callback", "Report on a callback")
        var blocks: [Block] = [.title(RichText(title.uppercased()))]
        blocks += facts(in: language).map { .field($0.name, RichText($0.value)) }
        blocks += [.space(8), .paragraph(.bold(report.verdict[language]))]
        blocks += report.findings.map { .paragraph(RichText("• \($0.sentence[language]) [\($0.fault.rawValue)]")) }
        if !report.fits.isEmpty {
            let names = report.fits.map(\.rawValue).joined(separator: ", ")
            blocks.append(.paragraph(RichText(say("Đúng với kiểu: \(names)", "It fits the profile: \(names)"))))
        }
        blocks += [
            .heading(RichText(say("Chuỗi phải ký", "What ought to be signed"))),
            .paragraph(RichText("\(report.profile.rawValue): \(report.method[language])")),
            .note(
                RichText(
                    report.signed ?? say("Không dựng được từ thông điệp này.", "It cannot be made of this message.")
                )
            ),
        ]
        if !report.readings.isEmpty {
            blocks.append(.heading(RichText(say("Các trường đọc được", "The fields as read"))))
            blocks += report.readings.map { .field($0.name, RichText($0.value)) }
        }
        return Document(
            title: title,
            page: .a4,
            language: language,
            madeAt: checkedAt,
            foot: RichText("SHA-256 \(hash.prefix(16))…"),
            blocks: blocks
        )
    }
}
