import PaymentQR
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The name of a payment request in a call: its id or its reference.
public enum RequestName: Sendable, Hashable {
    case id(UUID)
    /// In its plain form, `RF` and 14 characters.
    case reference(String)

    /// Reads an id, or a reference in any notation; `nil` if the text is neither.
    public init?(_ text: String) {
        if let id = UUID(uuidString: text) {
            self = .id(id)
        } else if let reference = CreditorReference(text) {
            self = .reference(reference.text)
        } else {
            return nil
        }
    }

    /// The id, or `nil` if the request is named by its reference.
    var id: UUID? {
        guard case .id(let id) = self else { return nil }
        return id
    }

    var reference: String? {
        guard case .reference(let text) = self else { return nil }
        return text
    }

    /// What a field that names a request must be.
    public static let form = Phrase(
        vi: "phải là mã (id) hoặc mã thanh toán (RF…) của một yêu cầu",
        en: "must be the id or the reference (RF…) of a payment request"
    )
}

extension BodyReader {
    /// A member that names a payment request; `nil` only beside a fault.
    mutating func requestName(_ name: String) -> RequestName? {
        let text = text(name, 1...60)
        let read = RequestName(text)
        if read == nil, !text.isEmpty { fault("/\(name)", RequestName.form) }
        return read
    }
}
