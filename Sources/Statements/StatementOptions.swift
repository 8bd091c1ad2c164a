/// What a statement must satisfy.
public struct StatementOptions: Sendable {
    /// The currency required for every amount. If `nil`, any single currency is accepted and amounts are in its minor
    /// units, which is meant for trying a reader on files that will not be booked.
    public var acceptedCurrency: String?
    /// The account required if the file names accounts. Spaces, dots and dashes are ignored. In a file with several
    /// accounts the statements of the others are skipped and noted.
    public var account: String?
    /// The BIN of the bank that holds the account: another bank's own layout is refused.
    public var bank: String?
    /// Reads the file although it is of another account or another bank, as someone wants it who knows why. A file of
    /// several accounts stays refused unless one of them is the account.
    public var acceptsForeign = false
    /// The most lines accepted in one file.
    public var maximumLines: Int
    /// How many errors are listed before reading ends.
    public var maximumFaults = StatementRejected.maximumFaults
    /// The table layouts of banks, tried in this order.
    public var mappings: [StatementMapping]

    public init(
        acceptedCurrency: String? = "VND",
        account: String? = nil,
        bank: String? = nil,
        maximumLines: Int = 10_000_000,
        mappings: [StatementMapping] = StatementMapping.builtIn
    ) {
        self.acceptedCurrency = acceptedCurrency
        self.account = account
        self.bank = bank
        self.maximumLines = maximumLines
        self.mappings = mappings
    }

    /// Whether an account as written in a file (`BANKBIC/123`, `123 VND`) is the required one; `true` if none is
    /// required.
    func isAccepted(account written: String) -> Bool {
        account == nil || acceptsForeign || isAsked(account: written)
    }

    /// Whether an account as written in a file is the required one; `false` if none is.
    func isAsked(account written: String) -> Bool {
        guard let account else { return false }
        let wanted = Self.normalised(account)
        let whole = Self.normalised(written)
        let afterSlash = written.split(separator: "/").last.map { Self.normalised(String($0)) } ?? ""
        return [whole, afterSlash].contains {
            Self.isSame($0, wanted) || ($0.hasSuffix("VND") && Self.isSame(String($0.dropLast(3)), wanted))
        }
    }

    /// Spreadsheets take the zeros off the front of what looks like a number.
    private static func isSame(_ written: String, _ wanted: String) -> Bool {
        written == wanted || (written.count >= 6 && written.drop { $0 == "0" } == wanted.drop { $0 == "0" })
    }

    static func normalised(_ account: String) -> String {
        String(account.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }
}
