import BankCallbacks
import Collection
public import Values

/// What the lab found out about a message: whether it would be taken, each fault with its cure, what ought to be signed, and the
/// fields as they were read.
public struct LabReportPage: ConsolePage {
    public static let template = "lab-report"
    public static let section: ConsoleSection? = .operations

    struct Finding: Sendable {
        let sentence: String
        let code: String
    }

    public let title: String
    let verdict: Badge
    let sentence: String
    let facts: [Fact]
    let findings: [Finding]
    let hasFindings: Bool
    let fits: String?
    let method: String
    let signed: String?
    let readings: [Fact]
    let hasReadings: Bool
    /// Where it is as PDF and as JSON.
    let pdf: String
    let json: String
    let again: String

    /// - Parameter path: the page's own address.
    public init(_ record: LabRecord, path: String, in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        let report = record.report
        title = word(vi: "Kết quả kiểm tra callback", en: "Report on a callback")
        verdict =
            !report.isChecked
            ? Badge(word(vi: "chưa kiểm tra", en: "not checked"), .plain)
            : report.isAccepted
                ? Badge(word(vi: "được nhận", en: "taken"), .done)
                : Badge(word(vi: "không được nhận", en: "not taken"), .warn)
        sentence = word[report.verdict]
        facts = record.facts(in: language).compactMap { Fact($0.name, $0.value) }
        findings = report.findings.map { Finding(sentence: word[$0.sentence], code: $0.fault.rawValue) }
        hasFindings = !findings.isEmpty
        let names = report.fits.map(\.rawValue).joined(separator: ", ")
        fits = names.isEmpty ? nil : word(vi: "Đúng với kiểu: \(names)", en: "It fits the profile: \(names)")
        method = "\(report.profile.rawValue): \(word[report.method])"
        signed = report.signed
        readings = report.readings.compactMap { Fact($0.name, $0.value) }
        hasReadings = !readings.isEmpty
        (pdf, json, again) = (path + "/report.pdf", path + "/report.json", LabPage.path)
    }
}
