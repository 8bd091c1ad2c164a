import Cryptography
import Values

extension LabModel {
    /// What a sender might have used as its key instead, given the secret as it was handed out.
    static func keys(_ profile: CallbackProfile, _ text: String) -> [LabTrial<MACKey>] {
        var trials: [LabTrial<MACKey>] = []
        do { trials.append(LabTrial(value: try CallbackSecret(profile: profile, text: text).key, faults: [])) } catch {
            return []
        }
        func add(_ bytes: [UInt8]?, _ fault: LabFault) {
            guard let bytes, !bytes.isEmpty else { return }
            trials.append(LabTrial(value: MACKey(bytes), faults: [fault]))
        }
        var plain = text
        var hasPair = false
        if profile.secretForm == .pair, let colon = text.firstIndex(of: ":") {
            hasPair = true
            add(Array(text.utf8), .secretHalf)
            add(Array(text[..<colon].utf8), .secretHalf)
            plain = String(text[text.index(after: colon)...])
        }
        let bare = plain.hasPrefix("whsec_") ? String(plain.dropFirst(6)) : plain
        for end in ["\n", "\r\n", " "] { add(Array((plain + end).utf8), .secretWithLineBreak) }
        switch profile.secretForm {
        case .base64:
            add(Array(plain.utf8), .secretNotDecoded)
            add(Array(bare.utf8), .secretNotDecoded)
        case .hex:
            add(Array(plain.utf8), .secretNotDecoded)
            add(Array(plain.lowercased().utf8), .secretNotDecoded)
            add(Array(plain.uppercased().utf8), .secretNotDecoded)
        case .text, .pair:
            if bare != plain { add(Array(bare.utf8), .secretPrefix) }
            add(bytes(base64: bare), .secretDecoded)
            add(bytes(hex: bare), .secretDecoded)
        case .pem: break
        }
        if hasPair { add(bytes(base64: bare), .secretDecoded) }
        return trials
    }

    /// With what a sender might have signed instead.
    var proofs: [LabTrial<SignatureScheme.Proof>] {
        var trials = [LabTrial(value: proof, faults: [])]
        func add(_ other: SignatureScheme.Proof, _ fault: LabFault) {
            if other != proof { trials.append(LabTrial(value: other, faults: [fault])) }
        }
        let joints = ["", "|", "&", ".", ":"]
        let places = joints.flatMap { [SignatureScheme.SecretPlace.last($0), .first($0)] } + [.last("&key=")]
        for hash in MessageHash.allCases {
            switch proof {
            case .hmac(let own):
                if hash != own { add(.hmac(hash), .wrongHash) }
                for place in places { add(.gluedHash(hash, place), .hashInsteadOfMAC) }
            case .gluedHash(let own, let ownPlace):
                if hash != own { add(.gluedHash(hash, ownPlace), .wrongHash) }
                add(.hmac(hash), .macInsteadOfHash)
                for place in places where hash == own && place != ownPlace {
                    add(
                        .gluedHash(hash, place),
                        place.isFirst == ownPlace.isFirst ? .secretJoinedOtherwise : .secretAtOtherEnd
                    )
                }
            case .rsa(let own):
                if hash != own { add(.rsa(hash), .wrongHash) }
            }
        }
        return trials
    }

    /// The signature's bytes in whatever spelling they are found, and the faults of the spelling.
    func decoded(_ offered: String) -> LabTrial<[UInt8]>? {
        var text = offered
        var faults: [LabFault] = []
        // The model marks what has not the form that stands around a signature.
        if text.hasPrefix("?") {
            text.removeFirst()
            faults.append(.signaturePrefix)
        }
        if case .hex(let prefix) = spelling, !prefix.isEmpty {
            if text.hasPrefix(prefix) { text.removeFirst(prefix.count) } else { faults.append(.signaturePrefix) }
        }
        for prefix in ["sha256=", "sha512=", "sha1=", "hmac-sha256=", "v1,", "v1=", "v0=", "Bearer ", "HMAC "]
        where text.lowercased().hasPrefix(prefix.lowercased()) {
            text.removeFirst(prefix.count)
            if !faults.contains(.signaturePrefix) { faults.append(.signaturePrefix) }
        }
        let trimmed = text.filter { !$0.isWhitespace }
        if let code = bytes(hex: trimmed) {
            return LabTrial(value: code, faults: faults + (spelling == .base64 ? [.signatureEncoding] : []))
        }
        let standard = String(trimmed.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        guard let code = bytes(base64: standard) else { return nil }
        let isExpected = (spelling == .base64 || spelling == .hexOrBase64) && standard == trimmed
        return LabTrial(value: code, faults: faults + (isExpected ? [] : [.signatureEncoding]))
    }
}

extension SignatureScheme.SecretPlace {
    fileprivate var isFirst: Bool { if case .first = self { true } else { false } }
}

extension SignatureScheme.Proof {
    /// The code of a message under a key; `nil` for what only the sender can make.
    func code(of signed: [UInt8], _ key: MACKey) -> [UInt8]? {
        switch self {
        case .hmac(let hash): key.code(of: signed, hash)
        case .gluedHash(let hash, let place): key.withBytes { hash.hash(place.glue($0, to: signed)) }
        case .rsa: nil
        }
    }
}
