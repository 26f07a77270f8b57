public import Diagnostics
import Foundation
public import Mapping

/// Billing's files on disk: the folder `billing` in that of the mappings.
public enum BillingFolder {
  private static let prices = "prices"

  /// Reads and checks billing's rules; nil when the folder of mappings has none.
  /// - Throws: all errors found.
  public static func load(_ mappings: String, _ library: MappingLibrary) throws(DiagnosticError)
    -> BillingRules?
  {
    let folder = mappings + "/billing"
    guard FileManager.default.fileExists(atPath: "\(folder)/\(BillingRulesReader.rulesFile)") else {
      return nil
    }
    return try BillingRules(try files(in: folder), library.formulas)
  }

  /// Whether a file of the folder of mappings, by its path there, decides about billing.
  public static func holds(_ path: String) -> Bool {
    path.hasPrefix("billing/") && isRule(String(path.dropFirst("billing/".count)))
  }

  /// The texts of billing's files; nil when the folder of mappings has no rules, or while they can't be read.
  public static func texts(_ mappings: String) -> [ConfigurationFile]? {
    (try? files(in: mappings + "/billing"))?.values.sorted { $0.name < $1.name }
  }

  private static func files(in folder: String) throws(DiagnosticError) -> [String: ConfigurationFile] {
    // Either folder may be a symbolic link, as where a cluster mounts configuration.
    let prices = names(in: "\(folder)/\(Self.prices)").map { "\(Self.prices)/\($0)" }
    let found = names(in: folder) + prices
    var files: [String: ConfigurationFile] = [:]
    for name in found.sorted() where isRule(name) {
      let path = "\(folder)/\(name)"
      guard let data = FileManager.default.contents(atPath: path),
        let text = String(data: data, encoding: .utf8)
      else {
        let place = Place(file: path, line: 1, column: 1)
        throw DiagnosticError([Diagnostic(.unreadableFile(reason: "it is not UTF-8 text"), at: place)])
      }
      files[name] = ConfigurationFile(path: path, name: name, text: text)
    }
    return files
  }

  private static func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  /// Tables of codes and cases belong to mappings.
  private static func isRule(_ name: String) -> Bool {
    let folder = name.split(separator: "/").dropLast().joined(separator: "/")
    let file = name.split(separator: "/").last ?? ""
    if file.hasPrefix(".") { return false }
    return name == BillingRulesReader.rulesFile || name == BillingRulesReader.exportsFile
      || name.hasSuffix(".csv") && ["", prices].contains(folder)
  }
}
