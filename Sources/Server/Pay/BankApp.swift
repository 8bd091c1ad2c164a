import Collection
import PaymentQR
import Values

/// An app of a bank that dl.vietqr.io opens, from VietQR's public list (vietqr.io/deeplink.md, 2026).
struct BankApp: Sendable, Hashable {
    let id: String
    let name: String
    /// Of the bank: NAPAS's BIN, and the code by which links name it.
    let bin: String
    let bankCode: String
    /// Whether it takes account, amount and note from the link.
    let fillsIn: Bool

    /// Those that fill in first, then in the order of the list.
    static let all: [BankApp] = {
        let rows: [CSVRow]
        do { rows = try CSV.parse(PackageResources.bank_apps_csv) } catch { return [] }
        let apps = rows.dropFirst().compactMap { row -> BankApp? in
            guard row.fields.count == 5 else { return nil }
            let field = row.fields
            return BankApp(id: field[0], name: field[1], bin: field[2], bankCode: field[3], fillsIn: field[4] == "true")
        }
        return apps.filter(\.fillsIn) + apps.filter { !$0.fillsIn }
    }()

    /// The address that opens it.
    ///
    /// - Parameter transfer: what it is to fill in; `nil` to open it alone, so that nobody else learns of the payment.
    func address(filling transfer: (account: String, bin: String, amount: Money, note: String)?) -> String {
        let alone = "https://dl.vietqr.io/pay?app=" + id.percentEncoded()
        guard let transfer, fillsIn, let bank = BankApp.all.first(where: { $0.bin == transfer.bin }) else {
            return alone
        }
        let payee = transfer.account.percentEncoded() + "@" + bank.bankCode
        return alone + "&ba=\(payee)&am=\(transfer.amount)&tn=" + transfer.note.percentEncoded()
    }
}
