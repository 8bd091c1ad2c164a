import PaymentQR
import Values

/// What somebody knows of a payment who looks it up without its link.
public enum LookUp: Sendable, Hashable {
    /// The reference (mã thanh toán), in its plain form.
    case reference(String)
    /// The number of a receipt with the code of its address; never the number alone, for numbers can be counted.
    case receipt(ReceiptNumber)
    /// A dossier and the payer's name.
    case dossier(String, payer: String)

    /// The longest text of a field.
    public static let maximumLength = 200

    /// Reads the fields of the form; `nil` if they name nothing. A reference is enough; its notation is free.
    public init?(reference: String, dossier: String, payer: String) {
        let (reference, dossier, payer) = (reference.trimming(), dossier.trimming(), payer.trimming())
        guard [reference, dossier, payer].allSatisfy({ $0.count <= LookUp.maximumLength }) else { return nil }
        if let read = CreditorReference(reference) {
            self = .reference(read.text)
        } else if let number = ReceiptNumber(reference.split(separator: "/").last ?? ""), number.code != nil {
            self = .receipt(number)
        } else if reference.isEmpty, !dossier.isEmpty, !payer.isEmpty {
            self = .dossier(dossier, payer: payer)
        } else {
            return nil
        }
    }
}
