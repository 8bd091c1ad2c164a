// swift-tools-version:6.2

import PackageDescription

/// The strictness every target is held to; warnings are errors in our own code.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// Tests may see what comes along with what they import.
let relaxed: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

/// The rooms, from the bottom up. Imports point down only; a test reads them and says so.
let package = Package(
    name: "khop",
    products: [.executable(name: "khop", targets: ["khop"])],
    // Exact, so that every build has the same: a resolved file would name commits that mirrors do not share.
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
        // What those bring along.
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/apple/swift-algorithms", exact: "1.2.1"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-async-algorithms", exact: "1.1.4"),
        .package(url: "https://github.com/apple/swift-atomics", exact: "1.3.0"),
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-structured-headers", exact: "1.7.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-transport-services", exact: "1.28.0"),
        .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
        .package(url: "https://github.com/apple/swift-service-context", exact: "1.5.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(
            name: "CPango",
            pkgConfig: "pangocairo",
            providers: [.apt(["libpango1.0-dev", "libcairo2-dev"])]
        ),
        .systemLibrary(
            name: "CXMLSec",
            pkgConfig: "xmlsec1-openssl",
            providers: [.apt(["libxmlsec1-dev"])]
        ),
        .target(name: "Values", swiftSettings: strict),
        .target(name: "Cryptography", dependencies: ["COpenSSL", "CSodium"], swiftSettings: strict),
        .target(name: "Postgres", dependencies: ["CLibpq", "Values"], swiftSettings: strict),
        .target(name: "Workflow", dependencies: ["Values"], swiftSettings: strict),
        .target(name: "Settlement", dependencies: ["Values", "Workflow"], swiftSettings: strict),
        .target(name: "Matching", dependencies: ["Values", "Workflow"], swiftSettings: strict),
        .target(name: "FeeSchedule", dependencies: ["Values"], swiftSettings: strict),
        .target(name: "PaymentQR", dependencies: ["CPNG", "CQREncode", "Values"], swiftSettings: strict),
        .target(name: "XMLSignatures", dependencies: ["CXMLSec"], swiftSettings: strict),
        .target(name: "Documents", dependencies: ["CPango", "PaymentQR", "Values"], swiftSettings: strict),
        .target(
            name: "Casework",
            dependencies: ["FeeSchedule", "PaymentQR", "Values", "Workflow"],
            swiftSettings: strict
        ),
        .target(
            name: "BankCallbacks",
            dependencies: ["Cryptography", "Values"],
            swiftSettings: strict
        ),
        .target(
            name: "Identity",
            dependencies: ["Cryptography", "Values"],
            resources: [.embedInCode("common-passwords.txt")],
            swiftSettings: strict
        ),
        .target(name: "Sealing", dependencies: ["Cryptography", "Values"], swiftSettings: strict),
        .target(name: "Statements", dependencies: ["CXML2", "CZip", "Values"], swiftSettings: strict),
        .target(
            name: "Spreadsheets",
            dependencies: ["CSQLite", "CXlsxWriter", "CZip", "Values"],
            swiftSettings: strict
        ),
        .executableTarget(name: "EmbedSQLTool", path: "Plugins/EmbedSQLTool", swiftSettings: strict),
        .plugin(name: "EmbedSQL", capability: .buildTool(), dependencies: ["EmbedSQLTool"]),
        .executableTarget(name: "EmbedCommitTool", path: "Plugins/EmbedCommitTool", swiftSettings: strict),
        .plugin(name: "EmbedCommit", capability: .buildTool(), dependencies: ["EmbedCommitTool"]),
        .target(
            name: "Migrations",
            dependencies: ["Postgres"],
            path: "Migrations",
            exclude: ["privileges.txt", "schema.sql"],
            swiftSettings: strict,
            plugins: ["EmbedSQL"]
        ),
        .target(
            name: "Collection",
            dependencies: [
                "BankCallbacks", "Casework", "Cryptography", "Documents", "FeeSchedule", "Identity", "Matching",
                "Migrations", "PaymentQR", "Postgres", "Sealing", "Settlement", "Spreadsheets", "Statements", "Values",
                "Workflow", "XMLSignatures",
            ],
            resources: [.embedInCode("Inspection/verify.py")],
            swiftSettings: strict
        ),
        .target(
            name: "Console",
            dependencies: [
                "BankCallbacks", "Casework", "Collection", "Cryptography", "FeeSchedule", "Identity", "Matching",
                "PaymentQR", "Spreadsheets", "Statements", "Values", "Workflow",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.embedInCode("Assets/console.css"), .embedInCode("Assets/console.js")]
                + [
                    "callback", "case", "case_approval", "case_batch", "case_inquiry", "case_sheet", "cases",
                    "catalogue",
                    "catalogue_proposal", "catalogue_version", "connection", "connections", "day", "days", "doctor",
                    "docs", "dossiers", "event", "events", "find", "found", "frame", "keys", "move", "progress",
                    "statement_progress",
                    "open_rates", "operations", "paid", "payment", "person", "persons", "problem", "rates",
                    "receipt", "refund", "refund_form", "refunds", "report", "reports", "statement",
                    "statement_preview",
                    "statements", "tile", "today", "views",
                    "counter", "counter_payment", "counter_request", "shift", "shifts", "remittance", "remittances",
                    "platform_file", "platform_files", "lab", "lab_report", "test_bank", "mapping", "mapping_draft",
                    "mappings",
                ].map { .embedInCode("Templates/\($0).mustache") },
            swiftSettings: strict
        ),
        .target(
            name: "Server",
            dependencies: [
                "BankCallbacks", "CCurl", "Casework", "Collection", "Console", "Cryptography", "Documents",
                "FeeSchedule",
                "Identity",
                "PaymentQR", "Postgres", "Sealing", "Spreadsheets", "Statements", "Values", "Workflow",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [
                .embedInCode("Assets/pay.css"), .embedInCode("Assets/pay.js"),
                .embedInCode("Assets/site.css"), .embedInCode("Assets/test-mode.css"), .embedInCode("Assets/verify.js"),
                .embedInCode("Documents/bank-apps.csv"), .embedInCode("Documents/openapi.json"),
                .embedInCode("Documents/openapi.yaml"), .embedInCode("Documents/signing-examples.md"),
                .embedInCode("Templates/account.mustache"), .embedInCode("Templates/code.mustache"),
                .embedInCode("Templates/invite.mustache"), .embedInCode("Templates/layout.mustache"),
                .embedInCode("Templates/login.mustache"), .embedInCode("Templates/message.mustache"),
                .embedInCode("Templates/login_link.mustache"), .embedInCode("Templates/onward.mustache"),
                .embedInCode("Templates/lookup.mustache"), .embedInCode("Templates/pay_frame.mustache"),
                .embedInCode("Templates/pay_main.mustache"), .embedInCode("Templates/pay_message.mustache"),
                .embedInCode("Templates/pay_basket.mustache"), .embedInCode("Templates/pay_onward.mustache"),
                .embedInCode("Templates/unsubscribe.mustache"),
                .embedInCode("Templates/pay_page.mustache"), .embedInCode("Templates/receipt_page.mustache"),
                .embedInCode("Templates/recovery.mustache"), .embedInCode("Templates/verify_page.mustache"),
            ]
                + ["paid", "part_paid", "too_much", "refunded", "expires_tomorrow", "foot"].flatMap { kind in
                    ["vi", "en"].map { .embedInCode("Templates/message_\(kind)_\($0).mustache") }
                },
            swiftSettings: strict
        ),
        .executableTarget(
            name: "khop",
            dependencies: [
                "BankCallbacks", "Casework", "Collection", "Cryptography", "FeeSchedule", "Identity", "Migrations",
                "PaymentQR", "Postgres", "Sealing", "Server", "Spreadsheets", "Statements", "Values", "Workflow",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict,
            plugins: ["EmbedCommit"]
        ),
        .target(
            name: "PureSupport",
            dependencies: ["Values", "Workflow"],
            path: "Tests/PureSupport",
            swiftSettings: strict
        ),
        .target(
            name: "TestSupport",
            dependencies: [
                "BankCallbacks", "Collection", "Cryptography", "FeeSchedule", "Identity", "Migrations", "Postgres",
                "PureSupport", "Values",
            ],
            path: "Tests/Support",
            swiftSettings: strict
        ),
        .testTarget(
            name: "ValuesTests",
            dependencies: ["Spreadsheets", "TestSupport", "Values"],
            exclude: ["Oracle"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "SettlementTests",
            dependencies: ["PureSupport", "Settlement", "Values", "Workflow"],
            exclude: ["Oracle"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "MatchingTests",
            dependencies: ["Matching", "PureSupport", "Values", "Workflow"],
            exclude: ["Oracle"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "IdentityTests",
            dependencies: ["Cryptography", "Identity", "PureSupport", "Values"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "WorkflowTests",
            dependencies: ["PureSupport", "Values", "Workflow"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "CaseworkTests",
            dependencies: ["Casework", "FeeSchedule", "TestSupport", "Values", "Workflow"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "PostgresTests",
            dependencies: ["Postgres", "TestSupport", "Values"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "MigrationsTests",
            dependencies: ["Migrations", "Postgres", "TestSupport"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "FeeScheduleTests",
            dependencies: ["FeeSchedule", "PureSupport", "TestSupport", "Values"],
            exclude: ["Oracle"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "PaymentQRTests",
            dependencies: ["PaymentQR", "TestSupport", "Values"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "DocumentsTests",
            dependencies: ["Documents", "PaymentQR", "TestSupport", "Values"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "BankCallbacksTests",
            dependencies: ["BankCallbacks", "Cryptography", "TestSupport", "Values"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "SealingTests",
            dependencies: ["Cryptography", "Sealing", "TestSupport", "Values"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "StatementsTests",
            dependencies: ["Statements", "TestSupport", "Values"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "CollectionTests",
            dependencies: [
                "BankCallbacks", "Casework", "Collection", "Cryptography", "FeeSchedule", "Identity", "Matching",
                "Postgres", "Sealing", "Settlement", "TestSupport", "Values", "Workflow",
            ],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "ConsoleTests",
            dependencies: [
                "BankCallbacks", "Casework", "Collection", "Console", "FeeSchedule", "Identity", "Matching",
                "PureSupport", "Values", "Workflow",
            ],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "BankCallbacks", "Casework", "Collection", "Cryptography", "Identity", "Migrations", "PaymentQR",
                "Postgres", "Server", "Settlement", "Spreadsheets", "Statements", "TestSupport", "Values", "Workflow",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "TidyTests",
            dependencies: ["PaymentQR", "Statements", "TestSupport", "Values"],
            swiftSettings: relaxed
        ),
    ]
)
