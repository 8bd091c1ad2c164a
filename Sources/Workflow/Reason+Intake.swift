/// What is refused on arrival or accepted with a warning: connections' secrets and statements.
extension Reason {
    /// - Parameter connection: the one that holds the secret already.
    public static func secretHeld(by connection: String) -> Reason {
        Reason(.secretHeld, [.name: .text(connection)])
    }

    /// - Parameters:
    ///   - layout: the layout that the file's headings belong to.
    ///   - bank: whose layout that is.
    ///   - accountBank: the bank that holds the account.
    public static func statementOfOtherBank(
        layout: String,
        bank: String,
        account: String,
        accountBank: String
    ) -> Reason {
        Reason(
            .statementOfOtherBank,
            [.name: .text(layout), .bank: .text(bank), .account: .text(account), .otherBank: .text(accountBank)]
        )
    }

    /// - Parameter stated: the account or accounts that the file names.
    public static func statementOfOtherAccount(stated: String, account: String) -> Reason {
        Reason(.statementOfOtherAccount, [.account: .text(account), .otherAccount: .text(stated)])
    }

    /// - Parameters:
    ///   - found: the credit lines for which a notice, a reference or a payment was found.
    ///   - lines: the credit lines that were looked at.
    public static func statementMatchesLittle(statement: Int64, account: String, found: Int, lines: Int) -> Reason {
        Reason(
            .statementMatchesLittle,
            [
                .statementID: .count(statement), .account: .text(account), .count: .count(Int64(found)),
                .lines: .count(Int64(lines)),
            ]
        )
    }

    /// - Parameter why: in the words of the one who imported it.
    public static func statementForced(by actor: String, why: String) -> Reason {
        Reason(.statementForced, [.actor: .text(actor), .note: .text(why)])
    }

    /// - Parameter run: its id.
    public static func runUnderWay(_ run: Int64, account: String) -> Reason {
        Reason(.runUnderWay, [.runID: .count(run), .account: .text(account)])
    }
}
