import PaymentQR
import Statements
import Values
import Workflow

extension ServiceError {
    /// The refusal of a statement, with every fault. If it belongs to another account or bank, that is the reason.
    init(_ refused: StatementRejected, of file: StatementFile) {
        let faults = refused.faults.map { fault in
            Fault(
                "line \(fault.line)" + (fault.field.isEmpty ? "" : ", \(fault.field)"),
                fault.reason.prefixed(by: fault.value.isEmpty ? "" : "“\(fault.value)” ")
            )
        }
        if let foreign = refused.foreign.first {
            self.init(.statementRejected, Reason(foreign, of: file), faults: faults)
            return
        }
        let count = refused.faults.count
        self.init(
            .statementRejected,
            Phrase(
                vi: "Sao kê có \(count) lỗi\(refused.hasMore ? " hoặc nhiều hơn" : ""); chưa nhập gì.",
                en: "The statement has \(count)\(refused.hasMore ? " or more" : "") fault(s); nothing was imported."
            ),
            faults: faults
        )
    }
}

extension Reason {
    /// The refusal of a statement of another account or bank.
    init(_ foreign: ForeignStatement, of file: StatementFile) {
        func name(_ bin: String) -> String { BankNames.name(bin: bin).map { "\($0) (\(bin))" } ?? bin }
        self =
            switch foreign {
            case .layout(let layout, let bank):
                .statementOfOtherBank(
                    layout: layout,
                    bank: name(bank),
                    account: file.account,
                    accountBank: name(file.bank)
                )
            case .account(let stated): .statementOfOtherAccount(stated: stated, account: file.account)
            }
    }
}
