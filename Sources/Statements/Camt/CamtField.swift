/// The fields read from a camt message and their paths, in the schemas of versions .001.02 to .001.13.
enum CamtField {
    // Containers.
    case statement, balance, entry, details
    // Fields of a statement.
    case account, accountCurrency, creditTotal, debitTotal
    case balanceKind, balanceAmount, balanceMark
    // Fields of an entry.
    case entryReference, entryAmount, entryMark, entryStatus, bookingDate, valueDate, servicerReference,
        entryInformation
    // Fields of one transaction of an entry.
    case detailServicerReference, transactionID, endToEndID, detailAmount, transactionAmount, detailMark
    case debtorName, debtorAccount, debtorBank, creditorName, creditorAccount, creditorBank
    case unstructured, creditorReference, detailInformation
}
