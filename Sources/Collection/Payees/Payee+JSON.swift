public import Casework
import Values
import Workflow

extension Beneficiary {
    var json: JSON { ["bank_bin": .string(bankBIN), "account_number": .string(account), "name": .string(name)] }

    init(stored json: JSON) throws {
        let stored = StoredJSON(json: json, what: "the beneficiary")
        self.init(
            bankBIN: try stored.text("bank_bin"),
            account: try stored.text("account_number"),
            name: try stored.text("name")
        )
    }
}

extension RefundPayee {
    /// `nil` if nobody stated how it is to be paid.
    init?(_ beneficiary: Beneficiary?, isByHand: Bool) {
        if isByHand {
            self = .byHand(beneficiary)
        } else if let beneficiary {
            self = .transfer(beneficiary)
        } else {
            return nil
        }
    }
}

extension BodyReader {
    /// Reads the members `beneficiary: {bank_bin, account_number, name}` and `paid_by_hand: true`; `nil` if neither is
    /// given.
    public mutating func payee() -> RefundPayee? {
        let beneficiary = beneficiary()
        return RefundPayee(beneficiary, isByHand: flag("paid_by_hand"))
    }

    private mutating func beneficiary() -> Beneficiary? {
        guard let object = optionalObject("beneficiary") else { return nil }
        let before = faults.count
        let found = Beneficiary(
            bankBIN: text("bank_bin", 1...20, in: object, under: "/beneficiary"),
            account: text("account_number", 1...40, in: object, under: "/beneficiary"),
            name: text("name", 1...70, in: object, under: "/beneficiary")
        )
        guard faults.count == before else { return nil }
        do { try found.requirePayable() } catch {
            if case .field(let pointer) = error.kind { fault(pointer, error.reason.phrase) }
            return nil
        }
        return found
    }
}
