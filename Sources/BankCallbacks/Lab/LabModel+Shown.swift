import Cryptography
import Values

extension LabModel {
    /// The most of a signed text that is shown.
    private static let shownCharacters = 4000

    var placeName: String {
        switch place {
        case .field(let name), .header(let name): name
        }
    }

    /// The text that ought to be signed, without the secret.
    var shown: String? {
        guard let expected else { return nil }
        let text = String(decoding: expected.prefix(LabModel.shownCharacters), as: UTF8.self)
        let end = expected.count > LabModel.shownCharacters ? "…" : ""
        switch proof {
        case .gluedHash(_, .first(let joint)): return "‹secret›" + joint + text + end
        case .gluedHash(_, .last(let joint)): return text + end + joint + "‹secret›"
        case .hmac, .rsa: return text + end
        }
    }
}

extension Dialect {
    /// Whether amounts are written in hundredths of a đồng.
    var isScaled: Bool { if case .hundredths = meaning.amount { true } else { false } }
}

extension SignedMessage {
    func changing(method: String) -> SignedMessage {
        var other = self
        other.method = method
        return other
    }
}

extension CallbackProfile {
    /// How a message of this profile is signed, in words.
    var methodPhrase: Phrase {
        let scheme = dialect?.scheme
        switch scheme?.proof {
        case .hmac(let hash)?:
            return Phrase(vi: "HMAC-\(hash.rawValue.uppercased())", en: "HMAC-\(hash.rawValue.uppercased())")
        case .gluedHash(let hash, let place)?:
            let name = hash.rawValue.uppercased()
            if case .first = place {
                return Phrase(vi: "băm \(name), khóa đứng trước", en: "plain \(name), the secret first")
            }
            return Phrase(vi: "băm \(name), khóa đứng sau", en: "plain \(name), the secret last")
        case .rsa(let hash)?:
            let name = hash.rawValue.uppercased()
            return Phrase(vi: "RSA với \(name)", en: "RSA with \(name)")
        case nil:
            let name = self == .vnpay || self == .casso ? "HMAC-SHA512" : "HMAC-SHA256"
            return Phrase(vi: name, en: name)
        }
    }
}
