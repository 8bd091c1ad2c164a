/// A collecting agency; its account is what the QR code pays to.
public struct AgencyRow: Sendable, Hashable {
    public var code: String
    public var nameVi: String
    public var nameEn: String
    public var localityCode: String
    public var bankBIN: String
    public var accountNumber: String
    public var accountName: String
}
