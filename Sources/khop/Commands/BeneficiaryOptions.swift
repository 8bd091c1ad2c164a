import ArgumentParser
import Values

/// The account that a refund is paid to.
struct BeneficiaryOptions: ParsableArguments {
    @Option(
        name: .customLong("bank-bin"),
        help: ArgumentHelp(
            vi: "Ngân hàng của người nộp, theo mã NAPAS: 6 chữ số.",
            en: "The payer's bank, as NAPAS numbers it: 6 digits."
        )
    ) var bankBIN: String?
    @Option(
        name: .customLong("to-account"),
        help: ArgumentHelp(vi: "Tài khoản của người nộp.", en: "The payer's account.")
    ) var account: String?
    @Option(name: .customLong("to-name"), help: ArgumentHelp(vi: "Tên người nộp.", en: "The payer's name.")) var name:
        String?

    @Flag(
        name: .customLong("by-hand"),
        help: ArgumentHelp(vi: "Chi tay, ngoài tệp chi trả.", en: "It is paid by hand, outside the payment file.")
    ) var byHand = false

    /// As the API takes it.
    var members: [JSON.Member] {
        let given = [("bank_bin", bankBIN), ("account_number", account), ("name", name)]
            .compactMap { key, value in value.map { JSON.Member(key, .string($0)) } }
        return (given.isEmpty ? [] : [.init("beneficiary", .object(given))])
            + (byHand ? [.init("paid_by_hand", true)] : [])
    }
}
