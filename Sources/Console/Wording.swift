import Collection
import Identity
import Values
import Workflow

/// How values are told on the pages, in one language.
struct Wording: Sendable {
    let language: Language
    /// When the page is made; ages are told from it.
    let now: Instant
    /// How much of payers and payees whoever looks sees.
    var sight = PersonalSight.none

    /// For somebody who looks, by the roles that count for the page.
    init(language: Language, now: Instant, for caller: Caller? = nil) {
        self.language = language
        self.now = now
        if let caller { sight = caller.sight }
    }

    /// What is personal, as it is shown to whoever looks.
    func personal(_ text: String?, _ field: PersonalField) -> String? {
        text.map { $0.isEmpty ? $0 : sight.shown($0, field) }
    }

    subscript(phrase: Phrase) -> String { phrase[language] }

    func callAsFunction(vi: String, en: String) -> String { language == .vietnamese ? vi : en }

    /// What was written down in both languages, `tiếng Việt / English`, in this one; other text as it is.
    func half(_ text: String) -> String {
        let halves = text.split(separator: " / ")
        guard halves.count == 2 else { return text }
        return String(halves[language == .vietnamese ? 0 : 1])
    }

    /// An amount that no line breaks before its unit.
    func money(_ amount: Money) -> String { amount.formatted(in: language).unbroken }
    func money(_ amount: Money?) -> String { amount.map { money($0) } ?? "—" }
    func time(_ at: Instant?) -> String { at?.formatted ?? "—" }
    func day(_ day: Day?) -> String { day?.formatted ?? "—" }

    /// The name of a period by its label, such as `2026-11`.
    func period(_ label: String) -> String { self[ReportPeriod.name(of: label)] }

    /// `1.234` in Vietnamese, `1,234` in English.
    func number(_ count: some BinaryInteger) -> String { language.grouped(count) }

    /// How long ago something was, in its largest unit.
    func age(_ at: Instant) -> String {
        let seconds = max(0, now.unixSeconds - at.unixSeconds)
        switch seconds {
        case ..<60: return self(vi: "vừa xong", en: "just now")
        case ..<3600: return self(vi: "\(seconds / 60) phút trước", en: "\(seconds / 60) min ago")
        case ..<172_800: return self(vi: "\(seconds / 3600) giờ trước", en: "\(seconds / 3600) h ago")
        default: return self(vi: "\(seconds / 86_400) ngày trước", en: "\(seconds / 86_400) days ago")
        }
    }

    /// A state with the colour it is told in.
    func badge(_ state: CaseState.Shown) -> Badge {
        let tone: Badge.Tone =
            switch state {
            case .open: .warn
            case .awaitingApproval: .wait
            default: .done
            }
        return Badge(self[Vocabulary.caseState[state.rawValue]], tone)
    }

    func badge(_ state: PaymentRequestState) -> Badge {
        let tone: Badge.Tone =
            switch state {
            case .paid: .done
            case .pending: .wait
            case .expired, .cancelled: .plain
            case .partiallyRefunded, .refunded: .warn
            }
        return Badge(self[state.words], tone)
    }

    func badge(_ state: RefundState) -> Badge {
        let tone: Badge.Tone =
            switch state {
            case .settled: .done
            case .rejected: .plain
            case .requested, .approved, .executed: .wait
            }
        return Badge(self[Vocabulary.refundState[state.rawValue]], tone)
    }
}
