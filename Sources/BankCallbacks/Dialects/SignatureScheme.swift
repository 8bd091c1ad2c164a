import Cryptography

/// How a sender signs: which of its bytes, with what, and how the result is written. The six families of Vietnamese banks and
/// gateways are combinations of these; a new sender is a new combination.
struct SignatureScheme: Sendable, Hashable {
    /// Where the signature stands.
    enum Place: Sendable, Hashable {
        case field(String)
        case header(String)
    }

    /// What is signed.
    enum Part: Sendable, Hashable {
        /// The body, byte for byte.
        case body
        /// The text of a header that holds Unix seconds, a full stop, and the body.
        case timestampedBody(header: String)
        /// One field, as it was received.
        case field(String)
        /// Values in a fixed order.
        case values([Term], separator: String, empty: EmptyValues)
        /// Every field with one of these prefixes (all fields, if there is none) but the signature, by name, as
        /// `name=value` joined with `&`, values as they are.
        case sortedPairs(prefixes: [String], except: Set<String>, empty: EmptyValues)
        /// The values of every field but the signature, by name, with nothing between. Names are not covered, so that a field
        /// of another name than these, or one under another's name, would pass unseen: there may be none.
        case sortedValues(names: Set<String>)
    }

    /// One value of a fixed list.
    enum Term: Sendable, Hashable {
        case field(String)
        /// A whole number, filled up with zeros to so many digits.
        case padded(String, digits: Int)
        /// The public half of the secret, which the message does not repeat.
        case accessKey

        var name: String? {
            switch self {
            case .field(let name), .padded(let name, _): name
            case .accessKey: nil
            }
        }
    }

    /// Whether an empty value leaves its place or vanishes with it.
    enum EmptyValues: Sendable, Hashable {
        case kept, dropped
    }

    /// With what it is signed.
    enum Proof: Sendable, Hashable {
        case hmac(MessageHash)
        /// A plain hash with the secret glued on. Weaker than an HMAC: whoever knows how it is built and finds collisions of
        /// the hash needs no secret, and a length extension may do where the secret stands first.
        case gluedHash(MessageHash, SecretPlace)
        /// The sender's private key; nobody here could have signed it.
        case rsa(MessageHash)
    }

    /// Where the secret is glued on, and what stands between.
    enum SecretPlace: Sendable, Hashable {
        case first(String)
        case last(String)
    }

    /// How the signature is written.
    enum Spelling: Sendable, Hashable {
        /// In hex digits of either case, after a prefix.
        case hex(prefix: String)
        case base64
        /// Senders of one name write either.
        case hexOrBase64
    }

    var place: Place
    var part: Part
    var proof: Proof
    var spelling: Spelling = .hex(prefix: "")
    /// The header whose Unix seconds may not be far from now; `nil` where nothing signed says when it was.
    var freshness: String?

    /// What the signature is worth.
    var strength: SignatureStrength {
        switch proof {
        case .hmac: .messageAuthentication
        case .gluedHash: .gluedHash
        case .rsa: .senderSigned
        }
    }
}
