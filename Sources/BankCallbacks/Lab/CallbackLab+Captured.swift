public import Values

extension CallbackLab {
    /// Examines a message that somebody wrote down as one of a profile, without a connection.
    ///
    /// - Parameters:
    ///   - secret: as it was handed out; `nil` for the one that the message names, or none.
    ///   - account: of the connection; without one, whatever the message names is taken as right.
    /// - Throws: why the secret is not one of the profile's.
    public static func examine(
        _ captured: CapturedMessage,
        profile: CallbackProfile,
        secret: String?,
        account: String?,
        now: Instant
    ) throws(CallbackRefusal) -> LabReport {
        let texts = [secret ?? captured.secret].compactMap(\.self)
        var secrets: [CallbackSecret] = []
        for text in texts { secrets.append(try CallbackSecret(profile: profile, text: text)) }
        let settings = ConnectionSettings(
            name: "lab",
            profile: profile,
            secrets: secrets,
            accountNumber: account ?? namedAccount(captured.message) ?? ""
        )
        return examine(captured.message, connection: settings, secrets: texts, now: now)
    }
}
