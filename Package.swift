// swift-tools-version: 6.2
import PackageDescription

/// One set of settings for every target: Swift 6 mode, the upcoming features, warnings as errors.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// A target of our own; its folder is `Sources/<name>`.
func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of one target; their folder is `Tests/<name>`.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], data: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["Support"], exclude: data, swiftSettings: settings)
}

let package = Package(
  name: "steward",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Quantities", targets: ["Quantities"]),
    .library(name: "FEEL", targets: ["FEEL"]),
    .library(name: "DMN", targets: ["DMN"]),
    .library(name: "Calculation", targets: ["Calculation"]),
    .executable(name: "steward", targets: ["steward"]),
  ],
  traits: [
    .trait(
      name: "TLS",
      description: "TLS and HTTP/2 in the process itself; compiles a second crypto library.")
  ],
  dependencies: [
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    target("Quantities"),
    target("JSON", ["Quantities"]),
    target("FEEL", ["Quantities"]),
    target("DMN", ["FEEL", "Quantities"]),
    .target(
      name: "Calculation", dependencies: ["Quantities"],
      resources: [
        .embedInCode("Conventions/Calendars/ro.csv"),
        .embedInCode("Conventions/Calendars/ru.csv"),
        .embedInCode("Conventions/Calendars/target.csv"),
        .embedInCode("Conventions/Calendars/uk.csv"),
        .embedInCode("Conventions/Calendars/us.csv"),
        .embedInCode("Insurance/Tables/bonus-malus-belgium-1992.csv"),
        .embedInCode("Insurance/Tables/bonus-malus-kosovo.csv"),
        .embedInCode("Insurance/Tables/bonus-malus-russia-2020.csv"),
        .embedInCode("Insurance/Tables/bonus-malus-russia-2022.csv"),
        .embedInCode("Insurance/Tables/mortality-laws.csv"),
      ], swiftSettings: settings),
    target("Advice", ["Calculation", "DMN", "FEEL", "JSON", "Quantities"]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(
      name: "Vault", dependencies: ["COpenSSL"],
      swiftSettings: settings + [.strictMemorySafety()]),
    target(
      "Storage",
      [
        "Vault", "Quantities", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    target("CRM", ["Advice", "Calculation", "DMN", "JSON", "Quantities", "Storage", "Vault"]),
    .target(
      name: "Web",
      dependencies: [
        "Advice", "Calculation", "CRM", "JSON", "Quantities", "Vault",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(
          name: "HummingbirdHTTP2", package: "hummingbird", condition: .when(traits: ["TLS"])),
        .product(
          name: "HummingbirdTLS", package: "hummingbird", condition: .when(traits: ["TLS"])),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      resources: [
        .embedInCode("Portal/Words/ro.json"), .embedInCode("Portal/Words/ru.json"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "steward",
      dependencies: [
        "Advice", "Calculation", "CRM", "DMN", "FEEL", "JSON", "Quantities", "Storage", "Vault",
        "Web",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings),

    .target(name: "Support", path: "Tests/Support", swiftSettings: settings),
    tests("TidyTests", []),
    tests("QuantitiesTests", ["Quantities"]),
    tests("JSONTests", ["JSON", "Quantities"]),
    tests("FEELTests", ["FEEL", "Quantities"]),
    tests("DMNTests", ["DMN", "FEEL", "Quantities"]),
    .target(
      name: "CalculationProperties", dependencies: ["Calculation", "Quantities"],
      path: "Tests/CalculationProperties", swiftSettings: settings),
    .executableTarget(
      name: "CalculationMeter",
      dependencies: ["Calculation", "CalculationProperties", "Quantities"],
      path: "Tests/CalculationMeter", swiftSettings: settings),
    tests("CalculationTests", ["Calculation", "CalculationProperties", "Quantities"]),
    tests(
      "AdviceTests", ["Advice", "Calculation", "DMN", "FEEL", "JSON", "Quantities"],
      data: ["Golden"]),
    tests("VaultTests", ["Quantities", "Vault"]),
    .executableTarget(
      name: "CrashWriter", dependencies: ["Storage", "Quantities", "Vault"],
      path: "Tests/CrashWriter", swiftSettings: settings),
    tests("StorageTests", ["CrashWriter", "Quantities", "Storage", "Vault"]),
    tests("StewardTests", ["JSON", "Quantities", "steward"]),
    tests("CRMTests", ["Advice", "CRM", "JSON", "Quantities", "Storage", "Vault"]),
    tests(
      "WebTests",
      [
        "Advice", "CRM", "Calculation", "JSON", "Quantities", "Storage", "Vault", "Web",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
  ]
)
