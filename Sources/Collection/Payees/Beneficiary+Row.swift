import Casework
import Postgres

extension Beneficiary {
    /// Reads three adjacent columns: the bank, the account, the name; `nil` if they are null.
    init?(_ row: Row, from column: Int) throws {
        guard let bin = try row.get(column, as: String?.self) else { return nil }
        self.init(bankBIN: bin, account: try row.get(column + 1), name: try row.get(column + 2))
    }
}
