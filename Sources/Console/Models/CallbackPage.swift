import BankCallbacks
public import Collection
import Identity
public import Values
import Workflow

/// A callback as it was received, what is wrong with it, and which bytes ought to have been signed.
public struct CallbackPage: ConsolePage {
    public static let template = "callback"
    public static let section: ConsoleSection? = .operations

    struct Finding: Sendable {
        let sentence: String
        let code: String
    }

    public let title: String
    let id: String
    let back: String
    let outcome: Badge
    let facts: [Fact]
    let verdict: String?
    let findings: [Finding]
    let hasFindings: Bool
    let fits: String?
    /// What ought to be signed, with how.
    let method: String?
    let signed: String?
    let readings: [Fact]
    let hasReadings: Bool
    let headers: [String]
    let body: String?
    let isCut: Bool
    /// Who may see the payer for a reason is asked for it.
    let mayUnmask: Bool
    let unmask: String
    let mayReplay: Bool
    let done: String?
    let fault: String?

    /// The address of a callback's page.
    public static func path(_ id: String) -> String { "/console/operations/callbacks/\(id)" }

    public init(
        _ examined: CallbackReplay.Examined,
        for caller: Caller,
        done: String? = nil,
        fault: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        id = examined.id.description
        title = word(vi: "Callback \(id)", en: "Callback \(id)")
        back = ConnectionsPage.path + "/" + examined.connection
        outcome = Badge(word[Vocabulary.outcome[examined.outcome]], examined.id.place == .refused ? .warn : .plain)
        facts = [
            Fact(word(vi: "Kết nối", en: "Connection"), examined.connection, href: back),
            Fact(word(vi: "Nhận lúc", en: "Received"), examined.receivedAt.formatted),
        ].compactMap { $0 }
        let report = examined.report
        let isSeen = examined.body != nil
        verdict = word[CallbackPage.verdict(report)]
        findings = (report?.findings ?? []).map {
            Finding(sentence: word[$0.sentence], code: $0.fault.rawValue)
        }
        hasFindings = !findings.isEmpty
        let names = (report?.fits ?? []).map(\.rawValue).joined(separator: ", ")
        fits = names.isEmpty ? nil : word(vi: "Đúng với kiểu: \(names)", en: "It fits the profile: \(names)")
        method = report.map { "\($0.profile.rawValue): \(word[$0.method])" }
        signed = isSeen ? report?.signed : nil
        readings = isSeen ? (report?.readings ?? []).compactMap { Fact($0.name, $0.value) } : []
        hasReadings = !readings.isEmpty
        headers = examined.headers
        body = examined.body
        isCut = !examined.isWhole
        mayUnmask = !isSeen && !caller.rolesThatCount.isDisjoint(with: PersonalField.unmaskedForAReason)
        unmask = CallbackPage.path(id) + "/unmask"
        mayReplay = caller.holds(.manageEventEndpoints) && examined.isWhole
        self.done = done
        self.fault = fault
    }

    private static func verdict(_ report: LabReport?) -> Phrase {
        guard let report else {
            return Phrase(
                vi: "Kết nối này không còn khóa bí mật nào có hiệu lực, nên không thử lại được chữ ký.",
                en: "The connection has no secret in force, so the signature cannot be tried again."
            )
        }
        if report.isAccepted {
            return Phrase(
                vi: "Với khóa và thiết lập hiện nay, callback này đúng và được nhận: hãy phát lại.",
                en: "With today's secrets and settings this callback is right and would be taken: replay it."
            )
        }
        return report.isVerified
            ? Phrase(
                vi: "Chữ ký đúng, nhưng nội dung không được nhận:",
                en: "The signature holds, but what it says is not taken:"
            )
            : Phrase(vi: "Chữ ký không đúng:", en: "The signature does not hold:")
    }
}

extension CallbackPage {
    /// What became of a callback, in words.
    public static func outcome(_ code: String) -> Phrase { Vocabulary.outcome[code] }
}
