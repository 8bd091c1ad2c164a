public import BankCallbacks
public import Collection

/// Connections of tests, whoever sets them up.
extension Connections {
    public func add(
        name: String,
        profile: CallbackProfile,
        account: String,
        secret: String,
        signatureHeader: String?,
        commissionPercent: String? = nil,
        merchant: String? = nil
    ) async throws -> Listed {
        try await add(
            name: name,
            profile: profile,
            account: account,
            secret: secret,
            signatureHeader: signatureHeader,
            commissionPercent: commissionPercent,
            merchant: merchant,
            by: .setter
        )
    }

    public func rotate(name: String, secret: String? = nil, merchant: String? = nil, retireOld: Bool) async throws
        -> Listed
    {
        try await rotate(name: name, secret: secret, merchant: merchant, retireOld: retireOld, by: .setter)
    }

    public func setDisabled(_ isDisabled: Bool, name: String) async throws -> Listed {
        try await setDisabled(isDisabled, name: name, by: .setter)
    }

    public func setCommission(_ percent: String?, name: String) async throws -> Listed {
        try await setCommission(percent, name: name, by: .setter)
    }

    public func reseal(from old: SecretBox) async throws -> Int { try await reseal(from: old, by: .setter) }
}
