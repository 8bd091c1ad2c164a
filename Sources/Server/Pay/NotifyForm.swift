import Casework
import Collection
import Values

/// The form on a payment page by which a payer asks to be told by e-mail. It stands outside of what changes by itself, so that
/// nothing typed is lost when the money arrives.
struct NotifyForm {
    let told: [String]
    let hasTold: Bool
    let canAdd: Bool
    let action: String
    let typed: String
    let fault: String
    let hasFault: Bool

    /// Where the payer is told already.
    typealias Told = [(channel: ContactChannel, masked: String)]

    init(_ view: PayerView, _ told: Told, typed: String = "", fault: Phrase? = nil, in language: Language) {
        self.told = told.map { "\($0.channel.words[language]): \($0.masked)" }
        hasTold = !told.isEmpty
        canAdd = told.count < Messages.maximumContacts && NotifyForm.isUseful(view.state)
        action = "/pay/\(view.request.token)/notify?lang=\(language.rawValue)"
        self.typed = typed
        self.fault = fault?[language] ?? ""
        hasFault = fault != nil
    }

    /// Whether there may be something to tell.
    private static func isUseful(_ state: PayerState) -> Bool {
        switch state {
        case .waiting, .partPaid, .tooMuch, .late, .expiredInPart, .goingBack: true
        case .paid, .free, .expired, .cancelled, .givenBack, .partlyGivenBack: false
        }
    }

    /// Whether anything of it is shown.
    var isShown: Bool { hasTold || canAdd }
}
