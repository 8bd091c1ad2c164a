import PaymentQR
import Values
public import Workflow

/// The account that a refund is paid to, in the form a payment file needs.
public struct Beneficiary: Sendable, Hashable {
    /// The bank's number at NAPAS: 6 digits.
    public let bankBIN: String
    /// 6 to 19 letters and digits.
    public let account: String
    /// 1 to 70 characters, the first a letter or a digit: it stands in files that spreadsheets open, exactly as it is.
    public let name: String

    public init(bankBIN: String, account: String, name: String) {
        self.bankBIN = bankBIN
        self.account = account
        self.name = name
    }

    /// The lengths of account numbers that NAPAS carries.
    public static let accountLengths = 6...19
    public static let nameLengths = 1...70

    /// The bank's common name; `nil` for a bank that NAPAS does not list.
    public var bankName: String? { BankNames.name(bin: bankBIN) }

    /// Throws a refusal that names the invalid field if no bank can pay to this account.
    public func requirePayable() throws(Refusal) {
        guard bankName != nil else {
            throw Refusal(.field("/beneficiary/bank_bin"), .payeeBankUnknown(String(bankBIN.prefix(20))))
        }
        let isAccount = account.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        }
        guard isAccount, Beneficiary.accountLengths.contains(account.utf8.count) else {
            throw Refusal(.field("/beneficiary/account_number"), .payeeAccountMalformed(String(account.prefix(40))))
        }
        let begins = name.first.map { $0.isLetter || $0.isNumber } ?? false
        guard Beneficiary.nameLengths.contains(name.unicodeScalars.count), begins else {
            throw Refusal(.field("/beneficiary/name"), .payeeNameMissing(account: account))
        }
    }
}
