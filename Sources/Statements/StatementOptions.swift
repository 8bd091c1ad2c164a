/// What a reader holds a statement to.
public struct StatementOptions: Sendable {
    /// The currency every amount must be in. With `nil` any one currency is read, and amounts count its minor units: for
    /// trying a reader on files that are not to be booked.
    public var acceptedCurrency: String?
    /// The account the statement must be of, where the file names accounts. Blanks, dots and dashes do not matter; of a file
    /// with several accounts, the statements of the others are passed over and noted.
    public var account: String?
    /// The BIN of the bank that holds the account: another bank's own layout is refused.
    public var bank: String?
    /// Reads the file although it is of another account or another bank, as someone wants it who knows why. A file of
    /// several accounts stays refused unless one of them is the account.
    public var acceptsForeign = false
    /// The most lines accepted of one file.
    public var maximumLines: Int
    /// The banks' own table layouts, tried in this order.
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

    /// Whether an account as a file writes it (`BANKBIC/123`, `123 VND`) is the one asked for; `true` where none was.
    func isAccepted(account written: String) -> Bool {
        guard let account, !acceptsForeign else { return true }
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
