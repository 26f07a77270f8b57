import Diagnostics
import Foundation
import TestRig
import Testing

/// Every diagnostic code has a folder under Fixtures/diagnostics that shows how it is told.
///
/// `expected.txt` is all that is told; SLUSS_RECORD=1 writes it and fails. ``Overlay`` says what else a
/// folder holds.
struct DiagnosticGoldenTests {
  private static let root = RepositoryFolder.path + "/Fixtures/diagnostics"
  private static let folders = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [])
    .filter { $0.hasPrefix("SL") }.sorted()

  @Test("Each code has a golden", arguments: DiagnosticCode.allCases)
  func everyCode(_ code: DiagnosticCode) {
    #expect(Self.folders.contains { $0.hasPrefix(code.rawValue) }, "no folder for \(code)")
  }

  @Test("What is wrong is told as the golden says", arguments: folders)
  func golden(_ folder: String) throws {
    let overlay = try Overlay(base: Self.root + "/base", over: "\(Self.root)/\(folder)")
    defer { overlay.remove() }
    let diagnostics = try overlay.diagnostics()
    #expect(diagnostics.contains { $0.code.rawValue == folder.prefix(6) }, "the folder's own code is told")
    let told = TerminalRenderer().render(diagnostics).replacing(overlay.folder, with: "Mappings")
    let expected = "\(Self.root)/\(folder)/expected.txt"
    if ProcessInfo.processInfo.environment["SLUSS_RECORD"] == "1" {
      try told.write(toFile: expected, atomically: true, encoding: .utf8)
      Issue.record("recorded: read it, then run again")
    }
    #expect(told == (try? String(contentsOfFile: expected, encoding: .utf8)))
    let json = try JSONSerialization.jsonObject(with: Data(JSONRenderer().render(diagnostics).utf8))
    #expect((json as? [[String: Any]])?.count == diagnostics.count, "tools can read it too")
  }
}
