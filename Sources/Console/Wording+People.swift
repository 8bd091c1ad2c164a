import Collection
import Values
import Workflow

extension Wording {
    /// Who did something; what Khớp did by itself has no person's name.
    func actor(_ name: String) -> String {
        ["system", "khop"].contains(name) ? self(vi: "Khớp (tự động)", en: "Khớp (by itself)") : name
    }

    /// Why money goes back: a code of the rules in words, or what somebody wrote.
    func refundReason(_ reason: String) -> String {
        if let known = RefundFormPage.reasons.first(where: { $0.code == reason && $0.code != "other" }) {
            return self[known.name]
        }
        return CaseKind(rawValue: reason).map { self[Vocabulary.caseKind[$0.rawValue]] } ?? reason
    }
}
