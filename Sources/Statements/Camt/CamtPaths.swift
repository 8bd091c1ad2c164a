/// The paths as a tree of nodes, so that each element needs a single lookup.
struct CamtPaths: Sendable {
    struct Node: Sendable {
        var field: CamtField?
        var children: [String: Int] = [:]
    }

    /// The first node is the root, above `Document`.
    private(set) var nodes = [Node()]

    static let shared = CamtPaths()

    private init() {
        for message in ["BkToCstmrStmt/Stmt", "BkToCstmrDbtCdtNtfctn/Ntfctn", "BkToCstmrAcctRpt/Rpt"] {
            add("Document/\(message)", .statement)
            for (path, field) in Self.fields { add("Document/\(message)/\(path)", field) }
            for (path, field) in Self.detailFields { add("Document/\(message)/Ntry/NtryDtls/TxDtls/\(path)", field) }
        }
    }

    private mutating func add(_ path: String, _ field: CamtField) {
        var node = 0
        for name in path.split(separator: "/") {
            if let child = nodes[node].children[String(name)] {
                node = child
            } else {
                nodes.append(Node())
                nodes[node].children[String(name)] = nodes.count - 1
                node = nodes.count - 1
            }
        }
        nodes[node].field = field
    }

    private static let fields: [(String, CamtField)] = [
        ("Acct/Id/IBAN", .account), ("Acct/Id/Othr/Id", .account), ("Acct/Ccy", .accountCurrency),
        ("TxsSummry/TtlCdtNtries/Sum", .creditTotal), ("TxsSummry/TtlDbtNtries/Sum", .debitTotal),
        ("Bal", .balance), ("Bal/Tp/CdOrPrtry/Cd", .balanceKind), ("Bal/Amt", .balanceAmount),
        ("Bal/CdtDbtInd", .balanceMark),
        ("Ntry", .entry), ("Ntry/NtryRef", .entryReference), ("Ntry/Amt", .entryAmount), ("Ntry/CdtDbtInd", .entryMark),
        // Plain text up to .001.07, a nested code from .001.08.
        ("Ntry/Sts", .entryStatus), ("Ntry/Sts/Cd", .entryStatus),
        ("Ntry/BookgDt/Dt", .bookingDate), ("Ntry/BookgDt/DtTm", .bookingDate),
        ("Ntry/ValDt/Dt", .valueDate), ("Ntry/ValDt/DtTm", .valueDate),
        ("Ntry/AcctSvcrRef", .servicerReference), ("Ntry/AddtlNtryInf", .entryInformation),
        ("Ntry/NtryDtls/TxDtls", .details),
    ]

    private static let detailFields: [(String, CamtField)] = [
        ("Refs/AcctSvcrRef", .detailServicerReference), ("Refs/TxId", .transactionID), ("Refs/EndToEndId", .endToEndID),
        ("Amt", .detailAmount), ("AmtDtls/TxAmt/Amt", .transactionAmount), ("CdtDbtInd", .detailMark),
        // From .001.08 the party is nested in another element.
        ("RltdPties/Dbtr/Nm", .debtorName), ("RltdPties/Dbtr/Pty/Nm", .debtorName),
        ("RltdPties/DbtrAcct/Id/IBAN", .debtorAccount), ("RltdPties/DbtrAcct/Id/Othr/Id", .debtorAccount),
        ("RltdPties/Cdtr/Nm", .creditorName), ("RltdPties/Cdtr/Pty/Nm", .creditorName),
        ("RltdPties/CdtrAcct/Id/IBAN", .creditorAccount), ("RltdPties/CdtrAcct/Id/Othr/Id", .creditorAccount),
        // The first that is there: the BIC, the clearing member's number (NAPAS's BIN), or the name.
        ("RltdAgts/DbtrAgt/FinInstnId/ClrSysMmbId/MmbId", .debtorBank),
        ("RltdAgts/DbtrAgt/FinInstnId/BICFI", .debtorBank), ("RltdAgts/DbtrAgt/FinInstnId/BIC", .debtorBank),
        ("RltdAgts/DbtrAgt/FinInstnId/Nm", .debtorBank),
        ("RltdAgts/CdtrAgt/FinInstnId/ClrSysMmbId/MmbId", .creditorBank),
        ("RltdAgts/CdtrAgt/FinInstnId/BICFI", .creditorBank), ("RltdAgts/CdtrAgt/FinInstnId/BIC", .creditorBank),
        ("RltdAgts/CdtrAgt/FinInstnId/Nm", .creditorBank),
        ("RmtInf/Ustrd", .unstructured), ("RmtInf/Strd/CdtrRefInf/Ref", .creditorReference),
        ("RmtInf/Strd/AddtlRmtInf", .unstructured), ("AddtlTxInf", .detailInformation),
    ]
}
