import Collection
import Values
import Workflow

extension Wording {
    /// Why a callback was refused, as its connection keeps it (`signature_mismatch: webhook-signature`): the reason in
    /// words, and the field that it is about.
    func refusal(_ kept: String) -> String {
        let parts = kept.split(separator: ": ", maxSplits: 1).map(String.init)
        let reason = self[Vocabulary.outcome[parts.first ?? ""]]
        return parts.count > 1 && !parts[1].isEmpty ? "\(reason) (\(parts[1]))" : reason
    }

    /// What an event tells of, by its type; the type itself where it is of a later version.
    func event(_ type: String) -> String { EventType(rawValue: type).map { self[$0.words] } ?? type }
}
