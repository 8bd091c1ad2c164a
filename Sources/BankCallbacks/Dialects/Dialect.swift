import Values

/// A sender's dialect, declared: where its fields stand, how they are signed, what they mean and what it wants to hear.
struct Dialect: Sendable {
    /// Where the fields stand.
    enum Carrier: Sendable, Hashable {
        /// A JSON object.
        case json
        /// The query of a GET, or a form.
        case form
        /// Senders of one name use either.
        case formOrJSON
        /// A form or JSON object with one field that holds a JSON object in base64 (also the form for addresses). What it
        /// holds is read only after its signature was checked.
        case wrapped(field: String)
    }

    var carrier: Carrier
    var scheme: SignatureScheme
    var meaning: Meaning
    var form: SecretForm = .text
    /// What is said to each result.
    var answer: @Sendable (CallbackResult, AnswerContext) -> Acknowledgement = {
        PlainAcknowledgement.make($0, $1.language)
    }

    /// How a secret is written when a connection is set up.
    enum SecretForm: Sendable, Hashable {
        case text
        /// The key's bytes in base64, after a prefix that may be left out.
        case base64(prefix: String)
        /// Hex digits of the key's bytes.
        case hex
        /// `ACCESSKEY:SECRETKEY`.
        case pair
        /// The sender's public key or certificate in PEM, and our own private key after it where answers are signed.
        case pem(signsAnswers: Bool)
    }

    /// What an answer may need to know of the message.
    struct AnswerContext {
        let fields: WrittenFields?
        let secret: CallbackSecret?
        let now: Instant
        let language: Language
    }

    /// Which fields mean what.
    struct Meaning: Sendable {
        /// The fields that make the transaction's id, the first of them that is not empty and not 0.
        var transactionID: [String]
        var amount: Amount
        /// The field that says whether it was paid, and the values that mean yes; `nil` where only payments are told.
        var success: (field: String, values: Set<String>)?
        /// The field that says which way the money went, and its words for in and out; `nil` where all is in.
        var direction: (field: String, credit: Set<String>, debit: Set<String>)?
        var reference: String?
        var memo: String?
        var occurredAt: (field: String, form: TimeForm)?
        var account: String?
        var merchant: String?
        var currency: String?
        /// The bank's own id of the transfer, where the sender has another of its own.
        var bankReference: String?
        /// Fields that are used although no signature covers them, with the reason in the dialect's own file.
        var unsigned: Set<String> = []

        /// Every field that decides something.
        var deciding: Set<String> {
            var names = Set(transactionID).union(amount.fields)
            names.formUnion([success?.field, direction?.field, reference, memo, occurredAt?.field].compactMap(\.self))
            names.formUnion([account, merchant, currency, bankReference].compactMap(\.self))
            return names
        }
    }

    /// How an amount is written.
    enum Amount: Sendable, Hashable {
        case dong(String)
        /// Đồng times 100.
        case hundredths(String)
        /// The sum of several; what is missing is 0.
        case sum([String])

        var fields: [String] {
            switch self {
            case .dong(let name), .hundredths(let name): [name]
            case .sum(let names): names
            }
        }
    }

    /// How a time is written.
    enum TimeForm: Sendable, Hashable {
        /// `20261121093000`, Vietnamese time.
        case compact
        /// `2026-11-21 09:30:00`, Vietnamese time, or RFC 3339.
        case local
        /// Milliseconds since 1970.
        case milliseconds
    }
}
