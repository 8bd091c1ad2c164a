import Casework
import Collection
import PaymentQR
import Values

/// What the templates of messages fill in, as finished strings in one language.
struct MessageWords {
    struct Receipt {
        let name: String
        let number: String
        let amount: String
        let href: String
        let hasLink: Bool
    }

    /// Of the province or portal.
    let name: String
    /// Without accents, for a telephone: a letter beyond the plainest halves what fits into a message.
    let plainName: String
    let amount: String
    let plainAmount: String
    let remaining: String
    let plainRemaining: String
    let reference: String
    let dossier: String
    let link: String
    let expires: String
    let phone: String
    let hasPhone: Bool
    let receipts: [Receipt]
    let hasReceipts: Bool
    let unsubscribe: String

    init(_ message: OutgoingMessage, _ installation: Installation, publicURL: String) {
        let (request, language) = (message.request, message.language)
        let query = "?lang=" + language.rawValue
        name = installation.name?[language] ?? "Khớp"
        plainName = name.foldedToASCII
        amount = message.amount.formatted(in: language)
        plainAmount = MessageWords.plain(message.amount, language)
        remaining = message.remaining.formatted(in: language)
        plainRemaining = MessageWords.plain(message.remaining, language)
        reference = request.reference
        dossier = request.dossierCode
        link = "\(publicURL)/pay/\(request.token)\(query)"
        expires = request.expiresAt.formatted
        phone = installation.helpPhone ?? ""
        hasPhone = !phone.isEmpty
        receipts = PayReceipt.list(request, in: language).map {
            Receipt(
                name: $0.name,
                number: $0.number,
                amount: $0.amount,
                href: $0.hasLinks ? publicURL + $0.href : "",
                hasLink: $0.hasLinks
            )
        }
        hasReceipts = !receipts.isEmpty
        unsubscribe = "\(publicURL)/unsubscribe/\(message.unsubscribeToken)\(query)"
    }

    private static func plain(_ amount: Money, _ language: Language) -> String {
        language == .vietnamese ? amount.grouped + " dong" : "VND " + amount.grouped.replacing(".", with: ",")
    }

    /// What a declared template may name. No address is among them but that of the page.
    var fields: [String: String] {
        [
            "name": name, "amount": amount, "remaining": remaining, "reference": reference, "dossier": dossier,
            "link": link, "expires": expires, "help_phone": phone,
        ]
    }
}
