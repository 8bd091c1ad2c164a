import BankCallbacks
public import Collection
public import Values

/// The form of the conformance lab: a message as it was written down, and how it ought to be signed.
public struct LabPage: ConsolePage {
    public static let template = "lab"
    public static let section: ConsoleSection? = .operations
    /// Its address.
    public static let path = "/console/lab"

    /// A way to sign that may be chosen.
    struct Option: Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }

    public let title: String
    let connections: [Option]
    let hasConnections: Bool
    let profiles: [Option]
    let message: String
    let account: String
    let at: String
    let fault: String?
    let maximum: String

    /// - Parameters:
    ///   - connections: those whose secrets may be used.
    ///   - kept: what was typed before, by the names of the fields; never a secret.
    public init(
        _ connections: [Connections.Listed],
        kept: [String: String] = [:],
        fault: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Phòng thử callback", en: "The lab for callbacks")
        let chosen = kept["as"] ?? ""
        self.connections = connections.map {
            let value = "connection:" + $0.name
            return Option(
                value: value,
                name: "\($0.name) · \($0.profile) · \($0.accountNumber)",
                isChosen: value == chosen
            )
        }
        hasConnections = !connections.isEmpty
        profiles = CallbackProfile.allCases.map {
            Option(value: "profile:" + $0.rawValue, name: $0.rawValue, isChosen: "profile:" + $0.rawValue == chosen)
        }
        message = kept["message"] ?? ""
        account = kept["account"] ?? ""
        at = kept["at"] ?? ""
        self.fault = fault
        maximum = word(vi: "Tối đa 256 KiB.", en: "At most 256 KiB.")
    }
}
