import Cryptography
import Values

/// One examination under way.
struct LabExamination {
    private let message: SignedMessage
    private let connection: ConnectionSettings
    private let secrets: [String]
    private let others: [(name: String, secret: String)]
    private let now: Instant
    private let model: LabModel?
    private var findings: [LabReport.Finding] = []
    private var isVerified = false
    private var isProbe = false
    private var fits: [CallbackProfile] = []

    init(
        _ message: SignedMessage,
        _ connection: ConnectionSettings,
        _ secrets: [String],
        _ others: [(name: String, secret: String)],
        _ now: Instant
    ) {
        self.message = message
        self.connection = connection
        self.secrets = secrets
        self.others = others
        self.now = now
        model = LabModel(connection.profile, message, connection)
    }

    var report: LabReport {
        LabReport(
            profile: connection.profile,
            isChecked: !secrets.isEmpty,
            isVerified: isVerified,
            isProbe: isProbe,
            signed: model.flatMap { $0.shown },
            method: connection.profile.methodPhrase,
            readings: LabExamination.readings(message),
            findings: findings,
            fits: fits
        )
    }

    mutating func run() {
        switch judgement(of: message, now: now) {
        case .success(let content):
            isVerified = true
            isProbe = content == .probe
        case .failure(let refusal):
            if refusal.isUnproved { unproved(refusal) } else { proved(refusal) }
        }
    }

    private func judgement(of message: SignedMessage, now: Instant) -> Result<CallbackContent, CallbackRefusal> {
        do { return .success(try CallbackProfile.verify(message, connection: connection, now: now)) } catch {
            return .failure(error)
        }
    }

    private mutating func add(_ fault: LabFault, _ field: String = "", detail: Phrase? = nil) {
        let finding = LabReport.Finding(fault: fault, field: field, sentence: fault.sentence(field, detail))
        if !findings.contains(where: { $0.fault == fault && $0.field == field }) { findings.append(finding) }
    }

    /// The message is not proved to be the sender's.
    private mutating func unproved(_ refusal: CallbackRefusal) {
        if refusal.reason == .methodNotAllowed {
            add(.method, detail: refusal.message)
            return again(as: message.changing(method: "POST"))
        }
        if refusal.reason == .timestampOutOfWindow { return outOfTime(refusal) }
        guard let model else {
            if let fit = fitting() { return add(.otherProfile, detail: fit) }
            return add(.bodyMalformed, refusal.field, detail: refusal.message)
        }
        if let time = model.time, wholeNumber(time.text) == nil, !model.offered.isEmpty {
            add(.fieldMissing, time.name, detail: refusal.message)
        }
        guard !model.offered.isEmpty else { return missing(model, refusal) }
        let codes = model.offered.compactMap { model.decoded($0) }
        guard !codes.isEmpty else { return add(.signatureEncoding, model.placeName, detail: model.spelling.phrase) }
        explain(model, codes, refusal)
    }

    /// Tries the deviations of keys, functions and bytes.
    private mutating func explain(_ model: LabModel, _ codes: [LabTrial<[UInt8]>], _ refusal: CallbackRefusal) {
        let keys = secrets.flatMap { LabModel.keys(connection.profile, $0) }
        let publicKeys = connection.secrets.compactMap(\.publicKey)
        if let found = CallbackLab.deviation(model, codes, keys: keys, publicKeys: publicKeys) {
            for fault in found.faults { add(fault, fault.isAboutField ? found.field : model.placeName) }
            // Signed as it ought to be, and refused for a text that the signature cannot hold together.
            if found.faults.isEmpty { add(.fieldInvalid, refusal.field, detail: refusal.message) }
            return
        }
        for other in others {
            let keys = LabModel.keys(connection.profile, other.secret).prefix(1)
            if CallbackLab.deviation(model, codes, keys: Array(keys)) != nil {
                return add(.otherConnectionsSecret, other.name)
            }
        }
        if secrets.isEmpty { return }
        if let cut = LabExamination.cut(model, codes, keys) { return add(.signatureCut, model.placeName, detail: cut) }
        if let fit = fitting() { return add(.otherProfile, detail: fit) }
        if codes.allSatisfy({ !$0.faults.isEmpty }) {
            for fault in codes[0].faults { add(fault, model.placeName) }
        }
        add(refusal.field == "content-digest" ? .changedAfterSigning : .wrongSecret, model.placeName)
    }

    /// Whether a signature is the beginning of the right one: half of it at least, which nobody guesses. Who were told of shorter
    /// ones could find out a signature byte by byte.
    private static func cut(
        _ model: LabModel,
        _ codes: [LabTrial<[UInt8]>],
        _ keys: [LabTrial<MACKey>]
    ) -> Phrase? {
        guard let expected = model.expected, let key = keys.first,
            let right = model.proof.code(of: expected, key.value)
        else { return nil }
        for code in codes where code.value.count * 2 >= right.count && code.value.count < right.count {
            guard right.starts(with: code.value) else { continue }
            return Phrase(
                vi: "có \(code.value.count) byte, phải có \(right.count)",
                en: "it has \(code.value.count) bytes instead of \(right.count)"
            )
        }
        return nil
    }

    /// No signature stands where it should.
    private mutating func missing(_ model: LabModel, _ refusal: CallbackRefusal) {
        if let fit = fitting() { return add(.otherProfile, detail: fit) }
        let name = model.placeName.lowercased()
        for header in message.headers where header.name != name {
            guard let code = model.decoded(header.value), [20, 32, 64, 256].contains(code.value.count) else { continue }
            return add(.signatureInOtherHeader, header.name, detail: Phrase(vi: model.placeName, en: model.placeName))
        }
        add(.signatureMissing, model.placeName)
        if let time = model.time, time.text.isEmpty { add(.fieldMissing, time.name) }
    }

    /// The time is off; the rest is examined as of that time.
    private mutating func outOfTime(_ refusal: CallbackRefusal) {
        guard let time = model?.time, let number = wholeNumber(time.text) else { return add(.stale, refusal.field) }
        let distance = number - now.unixSeconds
        let isMilliseconds = number > 100_000_000_000
        if isMilliseconds {
            add(.timestampInMilliseconds, time.name)
        } else {
            let far = Phrase(vi: "\(distance.magnitude) giây", en: "\(distance.magnitude) s")
            add(distance > 0 ? .clockAhead : .stale, time.name, detail: far)
        }
        switch judgement(of: message, now: Instant(unixSeconds: min(number, 253_402_300_799))) {
        case .success: isVerified = !isMilliseconds
        case .failure(let other):
            if other.reason == .timestampOutOfWindow { return }
            if other.isUnproved { unproved(other) } else { proved(other) }
        }
    }

    /// Examines a message that was put right in one point.
    private mutating func again(as other: SignedMessage) {
        var next = LabExamination(other, connection, secrets, others, now)
        next.run()
        for finding in next.findings where !findings.contains(finding) { findings.append(finding) }
        fits = next.fits
    }

    /// The signature holds; what it says does not.
    private mutating func proved(_ refusal: CallbackRefusal) {
        isVerified = true
        let value = LabExamination.readings(message).first { reading in
            refusal.field == reading.name || refusal.field.hasSuffix("/" + reading.name)
        }?.value
        let fault: LabFault =
            switch refusal.reason {
            case .currencyUnsupported: .currency
            case .accountMismatch: .otherAccount
            case .merchantMismatch: .otherMerchant
            case .fieldMissing: .fieldMissing
            case .fieldInvalid: LabExamination.invalid(refusal.field, value, connection.profile)
            default: .bodyMalformed
            }
        add(fault, refusal.field, detail: refusal.message)
    }

    /// What is wrong with a value: amounts are wrong in ways of their own.
    private static func invalid(_ field: String, _ value: String?, _ profile: CallbackProfile) -> LabFault {
        guard let value, field.lowercased().contains("amount") || field.contains("SoTien") || field.contains("net_cost")
        else { return .fieldInvalid }
        let digits = value.filter { $0 != "." && $0 != "," && $0 != " " }
        guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return .fieldInvalid }
        if digits.count < value.count { return .amountWithDecimals }
        let isScaled = profile == .vnpay || profile.dialect?.isScaled == true
        return isScaled ? .amountNotScaled : .amountAsText
    }

    /// The profiles under which the message verifies with the same secret, as a phrase; `nil` if there is none.
    private mutating func fitting() -> Phrase? {
        fits = CallbackProfile.allCases.filter { profile in
            guard profile != connection.profile else { return false }
            var other = connection
            other.profile = profile
            other.merchant = nil
            other.secrets = secrets.compactMap { text in
                do { return try CallbackSecret(profile: profile, text: text) } catch { return nil }
            }
            let time = LabModel(profile, message, other)?.time.flatMap { wholeNumber($0.text) }
            let then = time.map { Instant(unixSeconds: $0) } ?? now
            do throws(CallbackRefusal) {
                _ = try CallbackProfile.verify(message, connection: other, now: then)
                return true
            } catch {
                return !error.isUnproved
            }
        }
        let names = fits.map(\.rawValue).joined(separator: ", ")
        return fits.isEmpty ? nil : Phrase(vi: names, en: names)
    }

    /// The fields of a message by name, also those of an object within.
    static func readings(_ message: SignedMessage) -> [LabReport.Reading] {
        let bytes = message.body.isEmpty ? Array(message.query.utf8) : message.body
        if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
            do { return members(try JSON.parse(bytes), "") } catch { return [] }
        }
        return (FormEncoding.parameters(bytes) ?? []).map { LabReport.Reading(name: $0.name, value: $0.value) }
    }

    private static func members(_ object: JSON, _ before: String) -> [LabReport.Reading] {
        (object.members ?? []).prefix(WrittenFields.maximumFields).flatMap { member -> [LabReport.Reading] in
            if case .object = member.value, before.isEmpty { return members(member.value, member.name + "/") }
            let text = member.value.string ?? member.value.serialized
            return [LabReport.Reading(name: before + member.name, value: text)]
        }
    }
}
