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
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .target(name: "Values", swiftSettings: strict),
        .target(name: "Cryptography", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "Postgres", dependencies: ["CLibpq", "Values"], swiftSettings: strict),
        .target(name: "Workflow", dependencies: ["Values"], swiftSettings: strict),
        .target(name: "Settlement", dependencies: ["Values", "Workflow"], swiftSettings: strict),
        .target(name: "Matching", dependencies: ["Values", "Workflow"], swiftSettings: strict),
        .target(name: "FeeSchedule", dependencies: ["Values"], swiftSettings: strict),
        .target(name: "PaymentQR", dependencies: ["CPNG", "CQREncode", "Values"], swiftSettings: strict),
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
        .target(name: "Statements", dependencies: ["CXML2", "CZip", "Values"], swiftSettings: strict),
        .target(name: "Spreadsheets", dependencies: ["CXlsxWriter", "Values"], swiftSettings: strict),
        .executableTarget(name: "EmbedSQLTool", path: "Plugins/EmbedSQLTool", swiftSettings: strict),
        .plugin(name: "EmbedSQL", capability: .buildTool(), dependencies: ["EmbedSQLTool"]),
        .target(
            name: "Migrations",
            dependencies: ["Postgres"],
            path: "Migrations",
            exclude: ["schema.sql"],
            swiftSettings: strict,
            plugins: ["EmbedSQL"]
        ),
        .target(
            name: "Collection",
            dependencies: [
                "BankCallbacks", "Casework", "Cryptography", "FeeSchedule", "Matching", "Migrations", "PaymentQR",
                "Postgres", "Settlement", "Spreadsheets", "Statements", "Values", "Workflow",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Server",
            dependencies: [
                "BankCallbacks", "CCurl", "Casework", "Collection", "FeeSchedule", "PaymentQR", "Postgres",
                "Spreadsheets", "Values", "Workflow",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [
                .embedInCode("Documents/openapi.yaml"), .embedInCode("Templates/payment_page.mustache"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "khop",
            dependencies: [
                "BankCallbacks", "Casework", "Collection", "Cryptography", "FeeSchedule", "Migrations", "PaymentQR",
                "Postgres", "Server", "Spreadsheets", "Statements", "Values", "Workflow",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "PureSupport",
            dependencies: ["Values", "Workflow"],
            path: "Tests/PureSupport",
            swiftSettings: strict
        ),
        .target(
            name: "TestSupport",
            dependencies: ["Collection", "Cryptography", "FeeSchedule", "Migrations", "Postgres", "PureSupport"],
            path: "Tests/Support",
            swiftSettings: strict
        ),
        .testTarget(name: "ValuesTests", dependencies: ["TestSupport", "Values"], swiftSettings: relaxed),
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
            dependencies: ["FeeSchedule", "TestSupport", "Values"],
            exclude: ["Oracle"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "PaymentQRTests",
            dependencies: ["PaymentQR", "TestSupport", "Values"],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "BankCallbacksTests",
            dependencies: ["BankCallbacks", "TestSupport", "Values"],
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
                "BankCallbacks", "Casework", "Collection", "Cryptography", "FeeSchedule", "Matching", "Postgres",
                "Settlement",
                "TestSupport", "Values", "Workflow",
            ],
            swiftSettings: relaxed
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "BankCallbacks", "Casework", "Collection", "Cryptography", "Migrations", "PaymentQR", "Postgres",
                "Server",
                "Settlement", "TestSupport", "Values", "Workflow",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: relaxed
        ),
        .testTarget(name: "TidyTests", dependencies: ["TestSupport"], swiftSettings: relaxed),
    ]
)
