// swift-tools-version: 6.2
import PackageDescription

/// Every target is compiled the same way: Swift 6 language mode, warnings are errors.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Debian C library; the one Swift target that imports it is its face.
func system(_ name: String, _ pkgConfig: String, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// Every test target has the rig: what tests of several targets need.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name + "Tests", dependencies: dependencies + ["TestRig"], swiftSettings: strict)
}

let package = Package(
  name: "sluss",
  products: [
    .executable(name: "sluss", targets: ["sluss"]),
    .executable(name: "sluss-bench", targets: ["sluss-bench"]),
  ],
  targets: [
    system("CLibXML2", "libxml-2.0", apt: "libxml2-dev"),
    system("CSQLite", "sqlite3", apt: "libsqlite3-dev"),
    system("CMicroHTTPD", "libmicrohttpd", apt: "libmicrohttpd-dev"),
    system("CYAML", "yaml-0.1", apt: "libyaml-dev"),
    system("CGnuTLS", "gnutls", apt: "libgnutls28-dev"),
    system("CCurl", "libcurl", apt: "libcurl4-gnutls-dev"),
    system("CPQ", "libpq", apt: "libpq-dev"),

    library("Diagnostics"),
    library("Documents", ["Diagnostics"]),
    library("Formats", ["Documents", "Diagnostics", "CLibXML2"]),
    library("FHIRPath", ["Documents", "Diagnostics"]),
    library("YAML", ["Diagnostics", "CYAML"]),
    library("Mapping", ["FHIRPath", "Documents", "YAML", "Diagnostics"]),
    library("Store", ["Cryptography", "CSQLite", "CPQ"]),
    library("Audit", ["Store", "Cryptography", "YAML", "Diagnostics"]),
    library("HTTP", ["Cryptography", "CMicroHTTPD", "CCurl"]),
    library("MLLP", ["Cryptography"]),
    library("Delivery", ["Store", "HTTP", "MLLP"]),
    library("Cryptography", ["CGnuTLS"]),
    library(
      "Gateway",
      [
        "Delivery", "Audit", "Billing", "Booking", "Store", "HTTP", "MLLP", "Cryptography", "Mapping",
        "FHIRPath",
        "Formats",
        "Documents", "YAML", "Diagnostics",
      ]),

    library("Booking", ["Store"]),
    library(
      "Billing",
      ["Store", "Cryptography", "Mapping", "FHIRPath", "Formats", "Documents", "YAML", "Diagnostics"]),

    library("Drafting", ["Mapping", "Formats", "Documents", "YAML", "Diagnostics"]),

    .executableTarget(
      name: "sluss",
      dependencies: [
        "Gateway", "Audit", "Billing", "Store", "Cryptography", "Drafting", "Mapping", "FHIRPath", "Formats",
        "Documents", "Diagnostics",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "sluss-bench",
      dependencies: [
        "Gateway", "Delivery", "Audit", "Billing", "Cryptography", "HTTP", "Store", "Mapping", "FHIRPath",
        "Formats", "Documents", "Diagnostics",
      ],
      swiftSettings: strict),

    .systemLibrary(name: "CSpawn", path: "Tests/CSpawn"),
    .target(
      name: "TestRig", dependencies: ["Cryptography", "CSpawn"], path: "Tests/TestRig", swiftSettings: strict),
    tests("Audit", ["Audit", "Store", "Cryptography", "CSQLite"]),
    tests("Billing", ["Billing", "Store", "Gateway", "Mapping", "Diagnostics"]),
    tests("Booking", ["Booking", "Store"]),
    tests("Cryptography", ["Cryptography"]),
    tests("Delivery", ["Delivery", "Store", "HTTP", "MLLP"]),
    tests("Drafting", ["Drafting", "Gateway", "Mapping", "Formats", "Documents", "Diagnostics"]),
    tests("FHIRPath", ["FHIRPath", "Documents", "Diagnostics"]),
    tests("Formats", ["Formats", "Documents", "Diagnostics"]),
    tests(
      "Gateway",
      [
        "Gateway", "Audit", "Billing", "Booking", "HTTP", "MLLP", "Store", "Cryptography", "Drafting",
        "Mapping",
        "FHIRPath",
        "Formats",
        "Documents", "YAML", "Diagnostics",
      ]),
    tests("HTTP", ["HTTP", "Cryptography"]),
    tests("MLLP", ["MLLP", "Cryptography"]),
    tests("Store", ["Store", "Cryptography", "CSQLite"]),
    tests("TestRig", []),
  ],
  swiftLanguageModes: [.v6]
)
