import Cryptography
public import Values

/// Tells the engineer of a bank or gateway what is wrong with a callback: whether it verifies, which bytes ought to be signed,
/// how each field is read, and, where something deviates, what was done instead and what to do.
///
/// It finds out by doing what senders do wrong: signing with other bytes, other keys and other functions until the signature
/// comes out. It never shows a signature that it made, which would sign for whoever asks.
public enum CallbackLab {
    /// Larger messages are tried with fewer deviations at once.
    private static let manyTrialsUpTo = 16_384

    /// Examines a message.
    ///
    /// - Parameters:
    ///   - connection: how it ought to be signed, and for which account.
    ///   - secrets: the connection's secrets as they were handed out.
    ///   - others: secrets of other connections, with their names: one of them may have been taken by mistake.
    public static func examine(
        _ message: SignedMessage,
        connection: ConnectionSettings,
        secrets: [String],
        others: [(name: String, secret: String)] = [],
        now: Instant = .now()
    ) -> LabReport {
        var examination = LabExamination(message, connection, secrets, others, now)
        examination.run()
        return examination.report
    }

    /// The account that a message names; `nil` if it names none.
    public static func namedAccount(_ message: SignedMessage) -> String? {
        let names = ["account_number", "accountNumber", "bankAccount"]
        return LabExamination.readings(message).first { reading in
            names.contains(reading.name.split(separator: "/").last.map(String.init) ?? "")
        }?.value
    }

    /// The deviation of a signature, with the fewest faults; `nil` if none was found.
    static func deviation(
        _ model: LabModel,
        _ codes: [LabTrial<[UInt8]>],
        keys: [LabTrial<MACKey>],
        publicKeys: [RSAKey] = []
    ) -> (faults: [LabFault], field: String)? {
        var best: (faults: [LabFault], field: String)?
        let isLarge = (model.expected?.count ?? 0) > manyTrialsUpTo
        for content in model.contents {
            for proof in model.proofs {
                for key in keys {
                    let count = content.faults.count + proof.faults.count + key.faults.count
                    if isLarge && count > 1 { continue }
                    if let best, best.faults.count <= count { continue }
                    let made = proof.value.code(of: content.value, key.value)
                    for code in codes where made.map({ areEqual($0, code.value) }) ?? false {
                        let faults = content.faults + proof.faults + key.faults + code.faults
                        if best.map({ faults.count < $0.faults.count }) ?? true { best = (faults, content.field) }
                    }
                }
                guard case .rsa(let hash) = proof.value else { continue }
                for code in codes where publicKeys.contains(where: { $0.verifies(code.value, of: content.value, hash) })
                {
                    let faults = content.faults + proof.faults + code.faults
                    if best.map({ faults.count < $0.faults.count }) ?? true { best = (faults, content.field) }
                }
            }
        }
        return best
    }
}
