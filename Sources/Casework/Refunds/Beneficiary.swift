import PaymentQR
import Values
public import Workflow

/// The account that a refund is paid to, as the bank wants it in a payment file.
public struct Beneficiary: Sendable, Hashable {
    /// The bank's number at NAPAS: 6 digits.
    public let bankBIN: String
    /// 6 to 19 letters and digits.
    public let account: String
    /// 1 to 70 characters.
    public let name: String

    public init(bankBIN: String, account: String, name: String) {
        self.bankBIN = bankBIN
        self.account = account
        self.name = name
    }

    /// Lengths of an account's number that NAPAS carries.
    public static let accountLengths = 6...19
    public static let nameLengths = 1...70

    /// What people call the bank; `nil` for one that NAPAS does not list.
    public var bankName: String? { BankNames.name(bin: bankBIN) }

    /// Throws why no bank could pay it, with the field that is wrong.
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
        guard Beneficiary.nameLengths.contains(name.unicodeScalars.count), !name.trimming().isEmpty else {
            throw Refusal(.field("/beneficiary/name"), .payeeNameMissing(account: account))
        }
    }
}
