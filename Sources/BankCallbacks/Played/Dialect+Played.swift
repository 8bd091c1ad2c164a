import Cryptography
import Values

/// Writing a message of a declared dialect: the way back from what it means to what is sent.
extension Dialect {
    func play(_ payment: PlayedPayment, _ secret: CallbackSecret, _ now: Instant, in message: inout SignedMessage) {
        var fields = written(payment)
        if case .wrapped(let name) = carrier {
            fields = [(name, base64(Dialect.object(fields).bytes))]
        }
        if let header = scheme.freshness { message.headers.append((header.lowercased(), String(now.unixSeconds))) }
        set(fields, in: &message)
        let outer = WrittenFields(fields.map { WrittenFields.Field(name: $0.name, text: $0.value) })
        let signed: [UInt8]
        do { signed = try signedBytes(outer, message, secret) } catch {
            preconditionFailure("what is written here can be read: \(error)")
        }
        let signature = scheme.spelling.written(scheme.code(of: signed, secret))
        switch scheme.place {
        case .header(let name): message.headers.append((name.lowercased(), signature))
        case .field(let name):
            message.headers.removeAll { $0.name == "content-type" }
            set(fields + [(name, signature)], in: &message)
        }
    }

    private func set(_ fields: [(name: String, value: String)], in message: inout SignedMessage) {
        switch carrier {
        case .json, .formOrJSON: message.setJSON(Dialect.object(fields))
        case .form, .wrapped: message.setForm(fields)
        }
    }

    private static func object(_ fields: [(name: String, value: String)]) -> JSON {
        .object(fields.map { JSON.Member($0.name, .string($0.value)) })
    }

    /// The fields that mean something, as far as the sender has them.
    private func written(_ payment: PlayedPayment) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        func add(_ name: String?, _ value: @autoclosure () -> String) {
            guard let name, !fields.contains(where: { $0.name == name }) else { return }
            fields.append((name, value()))
        }
        add(meaning.reference, payment.reference)
        add(meaning.transactionID.first, payment.transactionID)
        switch meaning.amount {
        case .dong(let name): add(name, String(payment.amount.dong))
        case .hundredths(let name): add(name, String(payment.amount.dong * 100))
        case .sum(let names):
            for (place, name) in names.enumerated() { add(name, place == 0 ? String(payment.amount.dong) : "0") }
        }
        add(meaning.success?.field, meaning.success?.values.min() ?? "")
        add(meaning.direction?.field, meaning.direction?.credit.min() ?? "")
        add(meaning.memo, payment.memo)
        if let time = meaning.occurredAt { add(time.field, time.form.written(payment.occurredAt)) }
        add(meaning.account, payment.accountNumber)
        add(meaning.merchant, payment.merchant)
        add(meaning.currency, "VND")
        add(meaning.bankReference, payment.transactionID)
        return fields
    }
}

extension Dialect.TimeForm {
    fileprivate func written(_ time: Instant) -> String {
        switch self {
        case .compact: time.compactDigits
        case .local: time.localText
        case .milliseconds: String(time.microseconds / 1000)
        }
    }
}

extension SignatureScheme {
    /// The signature of bytes under a secret that both sides have.
    fileprivate func code(of signed: [UInt8], _ secret: CallbackSecret) -> [UInt8] {
        switch proof {
        case .hmac(let hash): secret.key.code(of: signed, hash)
        case .gluedHash(let hash, let place): secret.key.withBytes { hash.hash(place.glue($0, to: signed)) }
        case .rsa: preconditionFailure("nobody but the sender has its private key")
        }
    }
}

extension SignatureScheme.Spelling {
    fileprivate func written(_ code: [UInt8]) -> String {
        switch self {
        case .hex(let prefix): prefix + hexadecimal(code)
        case .base64: Cryptography.base64(code)
        case .hexOrBase64: hexadecimal(code)
        }
    }
}
