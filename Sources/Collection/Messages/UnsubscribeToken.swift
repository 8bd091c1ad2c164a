import Cryptography
import Values

/// What a link for unsubscribing ends in: the contact's id and a code that only this service's key makes, so that nobody
/// silences another by counting.
enum UnsubscribeToken {
    static func text(_ contact: Int64, _ box: SecretBox) -> String {
        "\(contact)-\(hexadecimal(box.code(ofContact: contact)))"
    }

    /// The contact of a link; `nil` for a link that this service did not make.
    static func contact(_ text: String, _ box: SecretBox) -> Int64? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count <= 60, parts.count == 2, let id = Int64(parts[0]), id > 0 else { return nil }
        return areEqual(Array(self.text(id, box).utf8), Array(text.utf8)) ? id : nil
    }
}
