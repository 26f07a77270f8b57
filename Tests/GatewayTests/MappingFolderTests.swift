import Diagnostics
import Foundation
import Gateway
import Mapping
import Testing

/// What of a folder is read.
final class MappingFolderTests {
  private let mappings: EditableMappings

  init() throws { mappings = try EditableMappings() }

  deinit { mappings.remove() }

  private func names() throws -> [String] { try MappingFolder.files(in: mappings.path).map(\.name) }

  @Test("Files of editors and of version control, and those of cases, are passed over")
  func others() throws {
    let before = try names()
    for file in [
      "a/.visit.map.yaml", ".git/a/visit.map.yaml", "a/visit.map.yaml~", "a/visit.map.yaml.orig", "notes.txt",
      "a/cases/one/x.map.yaml",
    ] {
      try mappings.write("- no mapping", to: file)
    }
    try FileManager.default.createSymbolicLink(
      atPath: mappings.path + "/a/.#visit.map.yaml", withDestinationPath: "somebody@somewhere:1")
    #expect(try names() == before)
    _ = try MappingFolder.load(mappings.path)
  }

  @Test("Links to folders are followed, and links in a circle end")
  func links() throws {
    let before = try names()
    let folder = mappings.path
    try FileManager.default.moveItem(atPath: folder + "/b", toPath: folder + "/.b")
    try FileManager.default.createSymbolicLink(atPath: folder + "/b", withDestinationPath: ".b")
    try FileManager.default.createSymbolicLink(atPath: folder + "/a/up", withDestinationPath: "..")
    #expect(try names() == before)
  }

  @Test("Files that look alike but differ in bytes differ")
  func bytes() {
    let composed = ConfigurationFile(path: "a", name: "a", text: "v\u{E5}rd")
    let combined = ConfigurationFile(path: "a", name: "a", text: "va\u{30A}rd")
    #expect(composed != combined && composed == composed)
  }

  @Test("A link that leads nowhere is told")
  func deadLink() throws {
    try FileManager.default.createSymbolicLink(
      atPath: mappings.path + "/a/gone.map.yaml", withDestinationPath: "nowhere")
    let error = #expect(throws: DiagnosticError.self) { try MappingFolder.files(in: mappings.path) }
    #expect(error?.diagnostics.first?.place.file == mappings.path + "/a/gone.map.yaml")
  }

  @Test("A folder that is none is told")
  func noFolder() {
    let error = #expect(throws: DiagnosticError.self) { try MappingFolder.files(in: mappings.path + "/none") }
    #expect(error?.diagnostics.map(\.code.rawValue) == ["SL0408"])
  }
}
