public import Postgres

/// The schema's history, embedded in the program; forward only, and never changed once released.
public enum Migrations {
    /// All migrations, oldest first. To add one: write `NNNN_what_it_does.sql`, name it in Package.swift and here.
    public static let all: [Migration] = [
        migration("0001_catalogue.sql", PackageResources._001_catalogue_sql),
        migration("0002_books.sql", PackageResources._002_books_sql),
        migration("0003_payment_requests.sql", PackageResources._003_payment_requests_sql),
        migration("0004_settlement.sql", PackageResources._004_settlement_sql),
        migration("0005_reconciliation.sql", PackageResources._005_reconciliation_sql),
        migration("0006_events.sql", PackageResources._006_events_sql),
        migration("0007_refunds_and_cases.sql", PackageResources._007_refunds_and_cases_sql),
        migration("0008_callbacks.sql", PackageResources._008_callbacks_sql),
        migration("0009_reconciliation_report.sql", PackageResources._009_reconciliation_report_sql),
        migration("0010_reconciliation_of_what_is_open.sql", PackageResources._010_reconciliation_of_what_is_open_sql),
        migration("0011_lines_proved_by_hand.sql", PackageResources._011_lines_proved_by_hand_sql),
    ]

    private static func migration(_ name: String, _ bytes: [UInt8]) -> Migration {
        guard let version = Int(name.prefix(4)) else { preconditionFailure("\(name) begins with no number") }
        return Migration(version: version, name: name, sql: String(decoding: bytes, as: UTF8.self))
    }
}
